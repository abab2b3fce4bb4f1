"""Classes of words: words that stand in like company share one, so that a word unseen in training is known by its kind.

The idea is of Brown et al., "Class-Based n-gram Models of Natural Language" (1992); that a tagger gains by classes counted on papers
without annotation, of Turian et al., "Word Representations: A Simple and General Method for Semi-Supervised Learning" (2010).
`extractors.training.classes` makes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import eq
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Arrays", "WordClasses", "spelling"]

_DIGIT = re.compile(r"\d")

#: What a file of arrays holds, by name.
Arrays = Mapping[str, npt.NDArray[Any]]


def spelling(word: str) -> str:
    """A word as the classes know it: in lower case, every digit a 0."""
    return _DIGIT.sub("0", word.lower())


class WordClasses:
    """The classes of each word, from coarse to fine; every word has as many."""

    __slots__ = ("_classes", "_rows", "_unknown")

    def __init__(self, words: Sequence[str], classes: npt.NDArray[np.uint16]) -> None:
        self._classes = classes
        self._rows = dict(zip(words, range(len(classes)), strict=True))
        self._unknown = tuple(f"k{level}?" for level in range(classes.shape[1]))

    @staticmethod
    def read(arrays: Arrays) -> WordClasses:
        """The classes among the arrays of an npz file; none where it has none."""
        if "words" not in arrays:
            return WordClasses((), np.zeros((0, 0), np.uint16))
        return WordClasses(arrays["words"].tobytes().decode("utf-8").split("\n"), arrays["classes"])

    def tags(self, word: str) -> tuple[str, ...]:
        """The names of the classes of a word, from coarse to fine."""
        row = self._rows.get(spelling(word))
        if row is None:
            return self._unknown
        return tuple(f"k{level}.{number}" for level, number in enumerate(self._classes[row].tolist()))

    def shared(self, one: str, other: str) -> int:
        """How many classes two words share; -1 where one of them is unknown."""
        a, b = self._rows.get(spelling(one)), self._rows.get(spelling(other))
        if a is None or b is None:
            return -1
        return sum(map(eq, self._classes[a].tolist(), self._classes[b].tolist()))
