"""Which appearances of one label are one thing.

Every form is an atom, and so is every sense (abbreviation, expansion) that a paper spells out. A paper that spells an
abbreviation out joins its sense to the long form. A bare abbreviation joins the sense that the tables hold for the usual
one, else the only sense there is, unless the tables know it for ambiguous; else it stays by itself, flagged. What people
decided comes before all of it, the latest decision first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.ports import Decision
from kg.resolve.naming import canon, usual
from kg.resolve.profiles import Definition, Profile, definition
from kg.resolve.sets import DisjointSets

__all__ = ["Atom", "Choices", "Clusters", "choices", "cluster"]

#: A form, with the sense where it is one sense of an abbreviation.
Atom = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What people decided under one label, the latest first; `own` gives surfaces of one form that are two things forms of their own."""

    decisions: tuple[Decision, ...]
    own: Mapping[str, str]

    def atom(self, label: str, surface: str) -> Atom:
        """The atom of a bare surface."""
        return self.own.get(surface) or canon(label, surface), ""

    @property
    def same(self) -> tuple[Decision, ...]:
        """The decisions that join."""
        return tuple(each for each in self.decisions if each.kind == "same")


@dataclass(frozen=True, slots=True)
class Clusters:
    """The atom of every member, the sets of atoms, the forms that may mean several things, the senses by short form."""

    atoms: Sequence[Atom]
    sets: DisjointSets[Atom]
    ambiguous: frozenset[str]
    senses: Mapping[str, tuple[Definition, ...]]


def choices(label: str, decisions: Iterable[Decision]) -> Choices:
    """The decisions of one label that hold: of several on one pair, however it is spelled, the latest."""
    last: dict[frozenset[str], Decision] = {}
    for each in sorted((each for each in decisions if each.label == label), key=lambda each: each.number):
        forms = frozenset((canon(label, each.a), canon(label, each.b)))
        last[forms if len(forms) == 2 else frozenset((each.a, each.b))] = each
    held = tuple(sorted(last.values(), key=lambda each: -each.number))
    alike = [each for each in held if each.kind == "apart" and each.a != each.b and canon(label, each.a) == canon(label, each.b)]
    return Choices(held, {surface: f"{canon(label, surface)}={surface}" for each in alike for surface in (each.a, each.b)})


def cluster(label: str, names: Sequence[str], profiles: Sequence[Profile], chosen: Choices) -> Clusters:
    """Put together what has these names and profiles under one label."""
    sets: DisjointSets[Atom] = DisjointSets()
    for each in chosen.decisions:
        join = sets.join if each.kind == "same" else sets.forbid
        join(chosen.atom(label, each.a), chosen.atom(label, each.b))
    senses: defaultdict[str, set[Definition]] = defaultdict(set)
    atoms: list[Atom] = []
    links: list[tuple[Atom, Atom]] = []
    for name, profile in zip(names, profiles, strict=True):
        if name in chosen.own:
            atoms.append(chosen.atom(label, name))
            continue
        atoms.append(atom := _atom(profile))
        if profile.definitions or profile.written != profile.own:
            links += _links(profile, atom)
        for found in profile.definitions:
            senses[found.short].add(found)
    _join(sets, links)
    ordered = {short: tuple(sorted(found)) for short, found in senses.items()}
    decided = {chosen.atom(label, short)[0] for short in _spelled_out(label, chosen)}
    forms = {form for atom in atoms if (form := atom[0]) not in decided}
    forms.update(form for each in senses.values() for found in each for form in (found.short, found.long) if form not in decided)
    links, ambiguous = _bare(label, forms, ordered, sets)
    _join(sets, links)
    return Clusters(atoms, sets, ambiguous, ordered)


def _spelled_out(label: str, chosen: Choices) -> Iterable[str]:
    """The abbreviations for which people chose the expansion: no rule looks for another."""
    for each in chosen.same:
        for short, long in ((each.a, each.b), (each.b, each.a)):
            if definition(label, short, long):
                yield short


def _join(sets: DisjointSets[Atom], links: list[tuple[Atom, Atom]]) -> None:
    for a, b in sorted(links) if sets.constrained else links:
        sets.join(a, b)


def _atom(profile: Profile) -> Atom:
    """The atom that an appearance stands for: the sense that its paper gives its name, else the bare form."""
    if not profile.definitions:
        return profile.own, ""
    first = profile.definitions[0]
    return (first.short, first.sense) if first.short == profile.own else (profile.own, "")


def _links(profile: Profile, atom: Atom) -> Iterable[tuple[Atom, Atom]]:
    """What an appearance joins: its name's form and its spelling; the senses that it gives and their long forms."""
    if not profile.definitions:
        if profile.written != profile.own:
            yield atom, (profile.written, "")
        return
    for each in profile.definitions:
        yield (each.short, each.sense), (each.long, "")
        yield atom, (each.short, each.sense)


def _bare(
    label: str, forms: Iterable[str], senses: Mapping[str, Sequence[Definition]], sets: DisjointSets[Atom]
) -> tuple[list[tuple[Atom, Atom]], frozenset[str]]:
    """What each bare form joins, all decided before any of it is done; and the forms that stay ambiguous."""
    links: list[tuple[Atom, Atom]] = []
    ambiguous: set[str] = set()
    for bare in forms:
        known, here = usual(label, bare), senses.get(bare, ())
        if known.long is not None:
            links.append(((bare, ""), (known.long, "")))
            links += [((bare, ""), (bare, each.sense)) for each in here if each.sense == known.sense]
        elif known.ambiguous or len({sets.find((bare, each.sense)) for each in here}) > 1:
            ambiguous.add(bare)
        elif here:
            links.append(((bare, ""), (bare, here[0].sense)))
    return links, frozenset(ambiguous)
