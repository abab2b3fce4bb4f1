"""Why an appearance stands for the node that it stands for, in words for people."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.model import Appearance
from kg.ports import Decision
from kg.resolve.abbreviations import senses
from kg.resolve.clusters import choices
from kg.resolve.forms import form
from kg.resolve.naming import canon, usual
from kg.resolve.profiles import profile

__all__ = ["explain", "holding"]

_SHOWN = 5


def holding(label: str, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions of a label that hold, by number: of several on one pair the latest."""
    return tuple(sorted(choices(label, decisions).decisions, key=lambda each: each.number))


def explain(appearance: Appearance, name: str, decisions: Collection[Decision]) -> str:
    """What joins an appearance to the node whose usual name is `name`, given the decisions that hold."""
    if appearance.name == name:
        return "the usual name"
    found = _decided(appearance, decisions) or _said(appearance) or _by_form(appearance.label, appearance.name, name)
    return found or _by_table(appearance) or _spelled_out(appearance, name) or "joined to it through what other papers call it"


def _decided(appearance: Appearance, decisions: Collection[Decision]) -> str | None:
    label, own = appearance.label, profile(appearance).own
    for each in decisions:
        if each.kind == "same" and own in (canon(label, each.a), canon(label, each.b)):
            return f"decision {each.number}: {each.reason}"
    return None


def _said(appearance: Appearance) -> str | None:
    if not profile(appearance).definitions:
        return None
    return "its paper calls it " + ", ".join(sorted({*appearance.surfaces} - {appearance.name})[:_SHOWN]) + " too"


def _by_table(appearance: Appearance) -> str | None:
    label, own = appearance.label, profile(appearance).own
    known = usual(label, own)
    if known.long is None:
        return None
    papers = [each.papers for each in senses(own) if canon(label, each.long) == known.long]
    counted = f", in {papers[0]} of the abstracts that the table was made of" if papers else ""
    return f"usually short for {known.surface}{counted}"


def _spelled_out(appearance: Appearance, name: str) -> str | None:
    label = appearance.label
    known = usual(label, canon(label, name))
    if known.long is not None and known.long == profile(appearance).own:
        return f"what {name} is usually short for"
    return None


def _by_form(label: str, a: str, b: str) -> str | None:
    first, second = form(label, a), form(label, b)
    if first.written == second.written:
        return "the same but for case, spaces and dashes"
    if first.canon == second.canon:
        return "the same but for plural, maker, generic words, order or spelling"
    if canon(label, a) == canon(label, b):
        return "a known spelling of it"
    return None
