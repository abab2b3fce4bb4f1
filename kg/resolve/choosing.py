"""The representative of many surfaces: a total order that neither counts nor arrival touch."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.resolve.forms import form
from kg.resolve.words import common

__all__ = ["best", "rank"]


#: A word in capitals with a version behind: people put a dash between.
_GLUED = re.compile(r"[A-Z]{3,}\d")


def rank(label: str, surface: str) -> tuple[object, ...]:
    """The place of a surface in the order of representatives, the smallest first.

    Clean before marked up, without generic words before with them, in the case that fits the label, short before long.
    """
    found = form(label, surface)
    letters = [c for c in surface if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    phrase = all(token.kind == "word" for token in found.tokens) and (" " in surface or _usual_words(surface))
    if label in ("Task", "Metric") or (label == "Method" and phrase):
        case = upper if phrase else upper == 0
    else:
        case = 0 if 0 < upper < len(letters) else 1 if upper else 2
    extra = abs(sum(len(token.text) for token in found.tokens) - sum(c.isalnum() for c in found.text))
    bare = label == "Model" and _GLUED.match(surface) is not None
    return (found.text != surface, min(extra, 40), bare, len(surface) > 60, case, len(surface), surface)


def _usual_words(surface: str) -> bool:
    """Whether every part of a surface is a common word, so that no capitals belong to it."""
    return all(common(word) for word in surface.lower().replace("-", " ").split())


def best(label: str, surfaces: Iterable[str]) -> str:
    """The representative of surfaces."""
    found = list(surfaces)
    return found[0] if len(found) == 1 else min(found, key=lambda surface: rank(label, surface))
