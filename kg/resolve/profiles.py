"""What one appearance says by itself: its name's form, the abbreviations that its paper spells out, and what else it calls it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from kg.ids import fold, name_key, squeeze
from kg.model import Appearance
from kg.resolve.families import lineage
from kg.resolve.forms import form
from kg.resolve.initials import abbreviates, resembles
from kg.resolve.naming import canon, preferred

__all__ = ["Definition", "Profile", "keys_of", "profile"]

_MAX_PAIRS = 64


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


def profile(appearance: Appearance) -> Profile:
    """The profile of an appearance. A surface is left out where it names another version, or something else that is well known."""
    label, name = appearance.label, appearance.name
    main, own = form(label, name), canon(label, name)
    families = lineage(label, name)
    if len(appearance.surfaces) <= 1 and appearance.surfaces in ((), (name,)):
        return Profile(own, main.written, (), (name,), families)
    surfaces = sorted({name, *appearance.surfaces})
    definitions: set[Definition] = set()
    for short, long in list(product(surfaces, repeat=2))[: _MAX_PAIRS * 8]:
        if name in (short, long) and len(short) < len(long):
            found = _definition(label, short, long)
            if found:
                definitions.add(found)
    defined = {part for each in definitions for part in (each.short, each.long)}
    kept = [
        surface
        for surface in surfaces
        if (other := canon(label, surface)) in defined
        or other == own
        or (form(label, surface).numbers == main.numbers and preferred(label, other) is None)
    ]
    return Profile(own, main.written, tuple(sorted(definitions)), tuple(kept), families)


def _definition(label: str, short: str, long: str) -> Definition | None:
    a, b = canon(label, short), canon(label, long)
    if a == b:
        return None
    if "/" in long and "/" not in short:
        return None
    sense = abbreviates(short, long) or resembles(short, long)
    if (
        not sense
        or _marks(short) != _marks(long)
        or (any(c.isdigit() for c in long) and form(label, short).numbers != form(label, long).numbers)
    ):
        return None
    return Definition(a, b, sense)


def _marks(text: str) -> str:
    return "".join(sorted(c for c in text if c in "+*@#"))


def keys_of(label: str, surface: str) -> tuple[str, ...]:
    """The Name keys by which a surface is found: its own, that of its form, that of its folded form."""
    own, other = name_key(label, surface), name_key(label, canon(label, surface).replace("|", ""))
    folded = fold(surface)
    keys = [own] if own == other else [own, other]
    if squeeze(folded) != squeeze(surface) and (key := name_key(label, folded)) not in keys:
        keys.append(key)
    return tuple(keys)
