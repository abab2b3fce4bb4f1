"""What one appearance says by itself: its name's form, the abbreviations that its paper spells out, and what else it calls it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.ids import fold, name_key
from kg.model import Appearance
from kg.resolve.families import lineage
from kg.resolve.forms import form
from kg.resolve.initials import abbreviates, resembles
from kg.resolve.naming import canon, preferred, usual

__all__ = ["Definition", "Profile", "bare_profile", "block_keys", "definition", "keys_of", "own_surfaces", "preferred_names", "profile"]

#: Surfaces of one appearance that are looked at for definitions.
_MOST_SURFACES = 64
_WHOLE = re.compile(r"(.{2,160}?)\s*\(([^()]{2,160})\)\Z")


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """An abbreviation with its expansion: forms of both, and the sense by which two expansions are compared."""

    short: str
    long: str
    sense: str


@dataclass(frozen=True, slots=True)
class Profile:
    """`own` is the form of the name; `definitions` what the paper abbreviates; `aliases` all surfaces that can stand for it."""

    own: str
    written: str
    definitions: tuple[Definition, ...]
    aliases: tuple[str, ...]
    families: tuple[str, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """The bare forms that it certainly stands for: of its name, or of what its paper spells its name out as."""
        return frozenset(each.long for each in self.definitions) or frozenset((self.own,))


def bare_profile(label: str, name: str) -> Profile:
    """The profile of a name alone."""
    return Profile(canon(label, name), form(label, name).written, (), (name,), lineage(label, name))


def profile(appearance: Appearance) -> Profile:
    """The profile of an appearance.

    A surface is left out where it names another version, or something else that is well known.
    """
    label, name = appearance.label, appearance.name
    found = bare_profile(label, name)
    surfaces = sorted({each for surface in appearance.surfaces for each in (surface, *spelled_out(surface))} - {name})
    if not surfaces:
        return found
    definitions = {
        each for other in surfaces[:_MOST_SURFACES] for each in (definition(label, other, name), definition(label, name, other)) if each
    }
    if label == "Organization":
        definitions = {Definition(short, found.own, found.own) for each in surfaces if (short := canon(label, each)) != found.own}
    kept = [name, *(each for each in surfaces if each in appearance.surfaces and _fits(label, each, found, definitions))]
    return replace(found, definitions=tuple(sorted(definitions)), aliases=tuple(sorted(kept)))


def spelled_out(surface: str) -> tuple[str, ...]:
    """Both halves of a surface that abbreviates itself: "Chain of Thought (CoT)"."""
    match = _WHOLE.match(surface) if surface.endswith(")") else None
    if not match:
        return ()
    halves = (match[1], match[2])
    return halves if abbreviates(halves[1], halves[0]) or abbreviates(*halves) else ()


def _fits(label: str, surface: str, found: Profile, definitions: Collection[Definition]) -> bool:
    """Whether a surface can stand for the name."""
    other = canon(label, surface)
    if label == "Organization" or other == found.own or any(other in (each.short, each.long) for each in definitions):
        return True
    return form(label, surface).numbers == form(label, found.aliases[0]).numbers and preferred(label, other) is None


def definition(label: str, short: str, long: str) -> Definition | None:
    """What a paper that uses both surfaces for one thing abbreviates with them; None where the one is not short for the other."""
    if len(short) >= len(long) or ("/" in long and "/" not in short) or _marks(short) != _marks(long):
        return None
    a, b = canon(label, short), canon(label, long)
    if a == b:
        return None
    sense = abbreviates(short, long) or (resembles(short, long) if usual(label, a).long is None else None)
    if not sense or (any(c.isdigit() for c in long) and form(label, short).numbers != form(label, long).numbers):
        return None
    return Definition(a, b, sense)


def _marks(text: str) -> str:
    return "".join(sorted(c for c in text if c in "+*@#"))


@lru_cache(maxsize=1 << 16)
def keys_of(label: str, surface: str) -> tuple[str, ...]:
    """The Name keys by which a surface is found: its own first, then those of its form and of its folded form."""
    keys = (
        name_key(label, surface),
        name_key(label, canon(label, surface).replace("|", "")),
        name_key(label, form(label, surface).written.replace("|", "")),
        name_key(label, fold(surface)),
    )
    return tuple(dict.fromkeys(keys))


def preferred_names(label: str, found: Profile) -> set[str]:
    """The usual names of what an appearance certainly stands for."""
    return {name for bare in found.anchors if (name := preferred(label, bare)) is not None}


def own_surfaces(label: str, found: Profile) -> set[str]:
    """The names that find the node of an appearance: its surfaces, what a bare abbreviation usually means, the usual name."""
    surfaces = {*found.aliases, *preferred_names(label, found)}
    if not found.definitions and usual(label, found.own).long is not None:
        surfaces.add(usual(label, found.own).surface)
    return surfaces


def block_keys(label: str, found: Profile) -> set[str]:
    """The Name keys through which an appearance can meet others: its own and those of its families."""
    surfaces = own_surfaces(label, found).union(*(own_surfaces(label, bare_profile(label, name)) for name in found.families))
    return {key for surface in surfaces for key in keys_of(label, surface)}
