"""A linear-chain conditional random field whose scores are looked up by word."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count, pairwise

import numpy as np
import numpy.typing as npt

from extractors.taggers.classes import WordClasses
from extractors.taggers.features import REACH, of_code, of_word
from extractors.taggers.labels import COUNT
from extractors.taggers.lattice import Transitions
from extractors.taggers.line import lay
from extractors.taggers.rows import Rows
from kg.model import Text

__all__ = ["LinearModel"]

Floats = npt.NDArray[np.float32]
Words = list[tuple[int, int]]

_WORDS_KEPT = 60_000


class LinearModel:
    """Label scores of features, whose names are sorted, and of transitions; `emissions` gives every word its scores."""

    def __init__(self, names: Sequence[str], scores: npt.NDArray[np.float16], transitions: Transitions, classes: WordClasses) -> None:
        self.transitions = transitions
        self._classes = classes
        #: The first row stands for features without a score, so that 0 can mean none.
        self._table: Floats = np.concatenate([np.zeros((1, COUNT), np.float32), scores.astype(np.float32)])
        second, first, end = (bisect_left(names, side) + 1 for side in ("<", ">", "?"))
        self._find = dict(zip(names[: second - 1], range(1, second), strict=True)) | dict(zip(names[end - 1 :], count(end), strict=False))
        self._words: Rows[str] = Rows((2 * REACH + 1) * COUNT, self._rows_of_words, _WORDS_KEPT)
        self._codes: Rows[int] = Rows(COUNT, self._rows_of_codes, _WORDS_KEPT)
        self._pairs, self._pair_table = _pairs(names, self._table, (range(first, end), range(second, first)))

    @staticmethod
    def read(content: bytes) -> LinearModel:
        """The model in the bytes of an npz file."""
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            names = arrays["names"].tobytes().decode("utf-8").split("\n")
            return LinearModel(names, arrays["scores"], Transitions.of(arrays["between"], arrays["first"]), WordClasses.read(arrays))

    def emissions(self, texts: Sequence[Text], words: Sequence[tuple[Words, Words]]) -> list[Floats]:
        """The scores of the words of every title and abstract, in turn."""
        line = lay(texts, words, REACH)
        scores = self._scores(line.words, line.lower)
        own = np.asarray(self._codes.of(line.codes), dtype=np.intp)
        made, at = [], 0
        for start, end in line.bounds:
            made.append(scores[start:end] + self._codes.table[own[at : at + end - start]])
            at += end - start
        return made

    def _scores(self, flat: list[str], lower: list[str]) -> Floats:
        rows = np.asarray(self._words.of(flat), dtype=np.intp)
        table = self._words.table
        scores: Floats = np.zeros((len(flat), COUNT), dtype=np.float32)
        inner = slice(REACH, len(flat) - REACH)
        for distance in range(-REACH, REACH + 1):
            slot = (distance + REACH) * COUNT
            there = rows[REACH + distance : len(flat) - REACH + distance]
            scores[inner] += table[there, slot : slot + COUNT]
        find = self._pairs.get
        pairs = np.array([find(f"{a} {b}", 0) for a, b in pairwise(lower)], dtype=np.intp)
        both = self._pair_table[pairs]
        scores[:-1] += both[:, :COUNT]
        scores[1:] += both[:, COUNT:]
        return scores

    def _sum(self, names: Iterable[str]) -> Floats:
        """The scores of these features together."""
        found: Floats = self._table.take(list(filter(None, map(self._find.get, names))), axis=0).sum(axis=0)
        return found

    def _rows_of_words(self, words: Sequence[str]) -> Floats:
        return np.stack([self._row(of_word(word, self._classes)) for word in words])

    def _row(self, features: Mapping[int, Sequence[str]]) -> Floats:
        return np.concatenate([self._sum(features.get(distance, ())) for distance in range(-REACH, REACH + 1)])

    def _rows_of_codes(self, codes: Sequence[int]) -> Floats:
        return np.stack([self._sum(of_code(code)) for code in codes])


def _pairs(names: Sequence[str], table: Floats, sides: Sequence[range]) -> tuple[dict[str, int], Floats]:
    """A number for each pair of words, and by it the scores that the pair gives its first and its second word.

    `sides` are the rows of the features of first and of second words.
    """
    found = [[name[1:] for name in names[side.start - 1 : side.stop - 1]] for side in sides]
    numbers = dict(zip(dict.fromkeys(chain(*found)), count(1), strict=False))
    made = np.zeros((len(numbers) + 1, 2, COUNT), np.float32)
    for place, (pairs, side) in enumerate(zip(found, sides, strict=True)):
        made[list(map(numbers.__getitem__, pairs)), place] = table[side.start : side.stop]
    return numbers, made.reshape(-1, 2 * COUNT)
