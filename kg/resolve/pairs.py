"""Two names of one label: the same thing, variants of one family, or different things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.errors import UsageError
from kg.model import Appearance
from kg.ports import Decision
from kg.resolve.abbreviations import senses
from kg.resolve.forms import form
from kg.resolve.initials import abbreviates
from kg.resolve.naming import canon, usual
from kg.resolve.profiles import Profile, definition, profile
from kg.resolve.resolver import NameResolver
from kg.schema import ENTITY_LABELS

__all__ = ["Verdict", "decide"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two names are to each other, and why."""

    kind: Literal["same", "variants", "different"]
    why: str

    @property
    def same(self) -> bool:
        """Whether they name one thing."""
        return self.kind == "same"


def decide(a: Appearance, b: Appearance, decisions: Sequence[Decision] = ()) -> Verdict:
    """What two names of one label are to each other, given what their papers call them. Raises UsageError for two labels.

    What would be one node is the same. So is a bare abbreviation and a name whose words give it letter by letter, as long as
    nothing speaks for another expansion: too little to join nodes, enough when somebody asks about these two.
    """
    if a.label != b.label:
        raise UsageError(f"{a.name!r} is a {a.label} and {b.name!r} a {b.label}; only names of one label can be compared")
    label = a.label
    refs = NameResolver().resolve({a, b}, decisions).assignment
    first, second = profile(a), profile(b)
    if refs[a] == refs[b]:
        return Verdict("same", _why_same(label, a, b))
    decided = any({each.a, each.b} == {a.name, b.name} for each in decisions if each.label == label)
    if not decided and not first.definitions and not second.definitions and _letters_fit(label, a.name, b.name):
        return Verdict("same", "the letters of one are those of the words of the other")
    if _related(label, first, second):
        return Verdict("variants", "one family, told apart by version, size or edition")
    return Verdict("different", "a person said so" if decided else _why_different(label, a, b))


def _why_different(label: str, a: Appearance, b: Appearance) -> str:
    if profile(a).own == profile(b).own:
        return "one spelling, two expansions"
    if form(label, a.name).numbers != form(label, b.name).numbers:
        return "other numbers"
    return "nothing joins them"


def _why_same(label: str, a: Appearance, b: Appearance) -> str:
    first, second = form(label, a.name), form(label, b.name)
    if first.written == second.written:
        return "one spelling but for case, spaces and dashes"
    if first.canon == second.canon:
        return "one form: only plural, maker, generic words, order or spelling differ"
    if profile(a).definitions or profile(b).definitions:
        return "a paper spells the abbreviation out"
    if canon(label, a.name) == canon(label, b.name):
        return "known spellings of one name"
    return "the usual expansion of the abbreviation, or a person's decision"


def _letters_fit(label: str, a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    found = definition(label, short, long) if label in ENTITY_LABELS.values() else None
    if found is None or abbreviates(short, long) is None or usual(label, found.short).long is not None:
        return False
    known = [each for each in senses(found.short) if each.long]
    if known:
        return any(canon(label, each.long) == found.long for each in known)
    return sum(c.isalnum() for c in short) > 2


def _related(label: str, a: Profile, b: Profile) -> bool:
    first = {a.own, *(canon(label, name) for name in a.families)}
    second = {b.own, *(canon(label, name) for name in b.families)}
    return not first.isdisjoint(second)
