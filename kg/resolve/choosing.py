"""The representative of many surfaces: a total order that neither counts nor arrival touch."""

from __future__ import annotations

from collections.abc import Iterable

from kg.resolve.forms import form, plain

__all__ = ["best", "rank"]


def rank(label: str, surface: str, *, main: bool) -> tuple[object, ...]:
    """The place of a surface in the order of representatives, the smallest first."""
    found = form(label, surface)
    clean = plain(surface)
    letters = [c for c in surface if c.isalpha()]
    phrase = " " in surface and all(token.kind == "word" for token in found.tokens)
    upper = sum(c.isupper() for c in letters)
    if label in ("Task", "Metric") or (label == "Method" and phrase):
        case = upper if phrase else upper == 0
    else:
        case = 0 if 0 < upper < len(letters) else 1 if upper else 2
    extra = abs(sum(map(len, (t.text for t in found.tokens))) - sum(c.isalnum() for c in clean))
    return (not main, clean != surface, min(extra, 40), len(surface) > 60, case, len(surface), surface)


def best(label: str, surfaces: Iterable[tuple[str, bool]]) -> str:
    """The representative of surfaces, each with whether some paper has it as the name."""
    return min(surfaces, key=lambda each: rank(label, each[0], main=each[1]))[0]
