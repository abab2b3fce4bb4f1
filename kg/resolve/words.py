"""Common words of the field, mined from abstracts by `kg.resolve.mine`: what is none of them is likely a proper name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["WORDS", "common"]

WORDS = Path(__file__).parent / "tables" / "words.txt"


@cache
def _shipped() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())


def common(word: str) -> bool:
    """Whether a word in lower case is a common word, not a name."""
    return word in _shipped() or (word.endswith("s") and word[:-1] in _shipped())
