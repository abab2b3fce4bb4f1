"""Which appearances of one label are one thing.

Every form is an atom, and so is every sense (abbreviation, expansion) that a paper spells out. A paper that spells an
abbreviation out joins its sense to the long form. A bare abbreviation joins the sense that the table of abbreviations holds
for the usual one, else the only sense there is, unless the table knows it for ambiguous; else it stays by itself, flagged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Appearance
from kg.resolve.naming import Usual, usual
from kg.resolve.profiles import Definition, Profile
from kg.resolve.sets import DisjointSets

__all__ = ["Atom", "Clusters", "cluster"]

#: A form, with the sense where it is one sense of an abbreviation.
Atom = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The atom of every appearance, the sets of atoms, and the forms that may mean several things."""

    atoms: Mapping[Appearance, Atom]
    sets: DisjointSets[Atom]
    ambiguous: frozenset[str]
    senses: Mapping[str, tuple[Definition, ...]]


def cluster(label: str, profiles: Mapping[Appearance, Profile]) -> Clusters:
    """Put the appearances of one label together."""
    sets: DisjointSets[Atom] = DisjointSets()
    senses: defaultdict[str, set[Definition]] = defaultdict(set)
    for profile in profiles.values():
        for each in profile.definitions:
            senses[each.short].add(each)
            sets.join((each.short, each.sense), (each.long, ""))
    atoms = {appearance: _atom(profile, sets) for appearance, profile in profiles.items()}
    ordered = {short: tuple(sorted(found)) for short, found in senses.items()}
    forms = {atom[0] for atom in atoms.values()} | {each.long for found in senses.values() for each in found} | senses.keys()
    links, ambiguous = _bare(label, sorted(forms), ordered, sets)
    for a, b in links:
        sets.join(a, b)
    return Clusters(atoms, sets, ambiguous, ordered)


def _atom(profile: Profile, sets: DisjointSets[Atom]) -> Atom:
    """The atom that an appearance stands for; all that it defines of its own name is one thing."""
    own = profile.own
    if not profile.definitions:
        sets.join((own, ""), (profile.written, ""))
        return (own, "")
    mine = [(each.short, each.sense) if each.short == own else (each.long, "") for each in profile.definitions]
    for each in profile.definitions:
        sets.join(mine[0], (each.short, each.sense))
    return mine[0]


def _bare(
    label: str, forms: Iterable[str], senses: Mapping[str, tuple[Definition, ...]], sets: DisjointSets[Atom]
) -> tuple[list[tuple[Atom, Atom]], frozenset[str]]:
    """What each bare form joins, all decided before any of it is done; and the forms that stay ambiguous."""
    links: list[tuple[Atom, Atom]] = []
    ambiguous: set[str] = set()
    for bare in forms:
        known: Usual = usual(label, bare)
        here = senses.get(bare, ())
        if known.long is not None:
            links.append(((bare, ""), (known.long, "")))
            links += [((bare, ""), (bare, each.sense)) for each in here if each.sense == known.sense]
        elif known.ambiguous or len({sets.find((bare, each.sense)) for each in here}) > 1:
            ambiguous.add(bare)
        elif here:
            links.append(((bare, ""), (bare, here[0].sense)))
    return links, frozenset(ambiguous)
