"""Cutting a field into words with exact offsets.

Names keep their dots, underscores and at-signs (`nn-JIT.web`, `pass@k`); hyphens and slashes are words of their own, so that
`-based` and `/14B` can stay outside a span.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["SHAPES", "cut", "shape"]

_WORD = re.compile(r"[^\W_]+(?:(?:_+|[@&]|\.(?=[a-z0-9])|(?<=\d),(?=\d{3}(?!\d)))[^\W_]+)*|[^\w\s]|_+")

#: Classes of `shape`: the number is the position.
SHAPES = ("lower", "capital", "upper", "mixed", "digits", "letters and digits", "punctuation", "initial")


def cut(text: str) -> list[tuple[int, int]]:
    """Start and end of every word of the text, ascending; white space belongs to none."""
    return [found.span() for found in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def shape(word: str) -> int:
    """Which of SHAPES the word has."""
    if not word[0].isalnum():
        return 6
    if word.isalpha():
        if word.islower():
            return 0
        if len(word) == 1:
            return 7
        if word.isupper():
            return 2
        return 1 if word[0].isupper() and word[1:].islower() else 3
    return 4 if not any(map(str.isalpha, word)) else 5
