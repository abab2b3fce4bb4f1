"""What one appearance says by itself: its name's form, the abbreviations that its paper spells out, and what else it calls it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from kg.ids import fold, node_key, squeeze
from kg.model import Appearance
from kg.resolve.aliases import known
from kg.resolve.families import lineage
from kg.resolve.forms import form
from kg.resolve.initials import abbreviates, resembles
from kg.resolve.naming import canon, usual

__all__ = [
    "Definition",
    "Profile",
    "bare_profile",
    "block_keys",
    "definition",
    "keys_of",
    "own_surfaces",
    "profile",
]

#: Surfaces of one appearance that are looked at for definitions.
_MOST_SURFACES = 64
#: Surfaces that folding does not change more than squeezing does.
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _.+-]*[A-Za-z0-9+])?\Z")
_MARK = re.compile(r"[+*@#]")
_WHOLE = re.compile(r"(.{2,160}?)\s*\(([^()]{2,160})\)\Z")


class Definition(NamedTuple):
    """An abbreviation with its expansion: forms of both, and the sense by which two expansions are compared."""

    short: str
    long: str
    sense: str


class Profile(NamedTuple):
    """What an appearance says by itself.

    `own` is the form of its name, `written` its spelling; `definitions` what its paper abbreviates; `aliases` all surfaces that can
    stand for it; `families` what its name is a variant of; `keys` the Name keys that find its node.
    """

    own: str
    written: str
    definitions: tuple[Definition, ...]
    aliases: tuple[str, ...]
    families: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def anchors(self) -> tuple[str, ...]:
        """The bare forms that it certainly stands for: of its name, or of what its paper spells its name out as."""
        return tuple([each.long for each in self.definitions]) if self.definitions else (self.own,)


def bare_profile(label: str, name: str) -> Profile:
    """The profile of a name alone."""
    own, written = canon(label, name), form(label, name).written
    keys = _keys(label, name, own, written)
    more = _more_surfaces(label, own, (own,), (name,))
    if more:
        keys = tuple(dict.fromkeys([*keys, *(key for surface in more for key in keys_of(label, surface))]))
    return Profile(own, written, (), (name,), lineage(label, name), keys)


def profile(appearance: Appearance) -> Profile:
    """The profile of an appearance.

    A surface is left out where it says more or less than the name, or something else: what one paper may call the thing.
    """
    label, name = appearance.label, appearance.name
    if appearance.surfaces == (name,) and name[-1:] != ")":
        return bare_profile(label, name)
    surfaces = sorted({each for surface in appearance.surfaces for each in (surface, *_halves(surface))} - {name})
    if not surfaces:
        return bare_profile(label, name)
    own = canon(label, name)
    if label == "Organization":
        definitions = {Definition(short, own, own) for each in surfaces if (short := canon(label, each)) != own}
    else:
        pairs = [pair for other in surfaces[:_MOST_SURFACES] for pair in ((other, name), (name, other))]
        definitions = _agreeing(label, {each for short, long in pairs if (each := definition(label, short, long))})
    kept = [name, *(each for each in surfaces if each in appearance.surfaces and _fits(label, each, own, definitions))]
    found = Profile(own, form(label, name).written, tuple(sorted(definitions)), tuple(sorted(kept)), lineage(label, name), ())
    keys = dict.fromkeys([key for surface in own_surfaces(label, found) for key in keys_of(label, surface)])
    return found._replace(keys=tuple(keys))


def _agreeing(label: str, definitions: Collection[Definition]) -> set[Definition]:
    """Of several expansions of one abbreviation only one: nobody means two things by it at once.

    That is the usual one, else the longest.
    """
    kept: dict[str, Definition] = {}
    for each in definitions:
        other = kept.get(each.short)
        if other is None or _weight(label, each) > _weight(label, other):
            kept[each.short] = each
    return {each for each in definitions if each.sense == kept[each.short].sense}


def _weight(label: str, found: Definition) -> tuple[bool, int, Definition]:
    return usual(label, found.short).sense == found.sense, len(found.sense), found


def _halves(surface: str) -> tuple[str, ...]:
    """Both halves of a surface that abbreviates itself: "Chain of Thought (CoT)"."""
    match = _WHOLE.match(surface) if surface.endswith(")") else None
    if not match:
        return ()
    halves = (match[1], match[2])
    return halves if abbreviates(halves[1], halves[0]) or abbreviates(*halves) else ()


def _fits(label: str, surface: str, own: str, definitions: Collection[Definition]) -> bool:
    """Whether a surface stands for the name wherever it is: "Federated Transformer" is no other name of the transformer."""
    other = canon(label, surface)
    return label == "Organization" or other == own or any(other in (each.short, each.long) for each in definitions)


def definition(label: str, short: str, long: str) -> Definition | None:
    """What a paper that uses both surfaces for one thing abbreviates with them; None where the one is not short for the other."""
    if len(short) >= len(long) or ("/" in long and "/" not in short) or _marks(short) != _marks(long):
        return None
    a, b = canon(label, short), canon(label, long)
    if a == b:
        return None
    sense = abbreviates(short, long) or (resembles(short, long) if usual(label, a).long is None else None)
    if not sense or (any(map(str.isdigit, long)) and form(label, short).numbers != form(label, long).numbers):
        return None
    return Definition(a, b, sense)


def _marks(text: str) -> str:
    return "".join(sorted(_MARK.findall(text)))


@lru_cache(maxsize=1 << 10)
def keys_of(label: str, surface: str) -> tuple[str, ...]:
    """The Name keys by which a surface is found: its own first, then those of its form and of its folded form."""
    return _keys(label, surface, canon(label, surface), form(label, surface).written)


def _keys(label: str, surface: str, bare: str, written: str) -> tuple[str, ...]:
    own = squeeze(surface)
    others = [bare.replace("|", ""), written.replace("|", "")]
    if not _PLAIN.match(surface):
        others.append(squeeze(fold(surface)))
    elif others == [own, own]:
        return (node_key(f"{label}:{own}"),)
    return tuple([node_key(f"{label}:{text}") for text in dict.fromkeys((own, *others))])


def own_surfaces(label: str, found: Profile) -> tuple[str, ...]:
    """The names that find the node of an appearance: its surfaces, what a bare abbreviation usually means, the usual name."""
    own = None if found.definitions else found.own
    return (*found.aliases, *_more_surfaces(label, own, found.anchors, found.aliases))


def _more_surfaces(label: str, own: str | None, anchors: Iterable[str], aliases: Collection[str]) -> list[str]:
    names = known(label).names
    more = [names[bare] for bare in anchors if bare in names]
    if own is not None and (meant := usual(label, own)).long is not None:
        more.append(meant.surface)
    return sorted(set(more).difference(aliases)) if more else more


def block_keys(label: str, found: Profile) -> frozenset[str]:
    """The Name keys through which an appearance can meet others: its own and those of its families."""
    return frozenset(found.keys).union(*(bare_profile(label, name).keys for name in found.families))
