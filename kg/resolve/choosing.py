"""The representative of many surfaces: a total order that neither counts nor arrival touch."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.resolve.forms import form
from kg.resolve.words import common

__all__ = ["best"]


_JOINT = re.compile(r"[ \-]")
_WRITTEN_OUT = re.compile(r"[a-z]{4}")
_DIMENSIONS = frozenset({"2d", "3d", "4d"})
#: Where none belongs: before the number of a maker who writes it so, before v8; a space between capitals and their number.
_LOOSE = re.compile(
    r"(?<=Qwen)[ -](?=\d)|(?<=InternVL)[ -](?=\d)|(?<=Wan)[ -](?=\d)|[ -](?=[vV]\d)|(?<=[A-Z]{3}) (?=\d)|(?<=\d)[ -](?=[BMK]\b)"
)


def _rank(label: str, surface: str) -> tuple[object, ...]:
    """The place of a surface in the order of representatives, the smallest first.

    Clean before marked up, words before the abbreviation where that is two letters or a task, without generic words before with
    them, in the case that fits the label, short before long.
    """
    found = form(label, surface)
    letters = [c for c in surface if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    wordy = label in ("Task", "Metric")
    phrase = all(token.kind == "word" or (wordy and token.text in _DIMENSIONS) for token in found.tokens)
    phrase = phrase and (" " in surface or _usual_words(surface))
    if wordy or (label == "Method" and phrase):
        case = upper if phrase else upper == 0
    elif label == "Benchmark":
        case = 3 if not upper else 1 if upper == len(letters) else 0 if upper > 1 else 2
    else:
        case = 0 if 0 < upper < len(letters) else 1 if upper else 2
    extra = abs(sum(len(token.text) for token in found.tokens) - sum(c.isalnum() for c in found.text))
    unclean = found.text != surface or surface[-1:] in "-_"
    terse = not _WRITTEN_OUT.search(surface) if label == "Task" else len(found.canon) == 2 and found.canon.isalpha()
    if label in ("Model", "Benchmark"):
        return (unclean, terse, min(extra, 40), len(found.canon), case, -_joints(surface), len(surface), surface)
    return (unclean, terse, min(extra, 40), len(surface) > 60, case, len(surface), surface)


def _joints(surface: str) -> int:
    """How many spaces and dashes part words and numbers, where people part them: Gemini 2.5 Pro, GPT-4o, but Qwen2.5, YOLOv8."""
    return len(_JOINT.findall(surface)) - len(_LOOSE.findall(surface))


def _usual_words(surface: str) -> bool:
    """Whether every part of a surface is a common word, so that no capitals belong to it."""
    return all(common(word) for word in surface.lower().replace("-", " ").split())


def best(label: str, surfaces: Iterable[str]) -> str:
    """The representative of surfaces."""
    found = list(surfaces)
    return found[0] if len(found) == 1 else min(found, key=lambda surface: _rank(label, surface))
