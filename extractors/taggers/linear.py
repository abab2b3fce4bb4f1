"""The fast tagger: a linear-chain conditional random field whose scores are looked up by word."""

from __future__ import annotations

import io
import threading
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain, count, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extractors.taggers.calibration import Curve
from extractors.taggers.classes import WordClasses
from extractors.taggers.contract import TaggedSpan
from extractors.taggers.features import PAD, REACH, Paper, codes, of_code, of_word
from extractors.taggers.labels import COUNT
from extractors.taggers.lattice import Transitions, decode
from extractors.taggers.rows import Rows
from extractors.taggers.spans import tagged
from extractors.taggers.weights import read_weights
from extractors.taggers.words import cut
from kg.model import Text

__all__ = ["LinearModel", "LinearTagger"]

Floats = npt.NDArray[np.float32]
Words = list[tuple[int, int]]

_VERSION = "1"
_TOGETHER = 256
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
        self._words: Rows[str] = Rows((2 * REACH + 1) * COUNT, self._word, _WORDS_KEPT)
        self._codes: Rows[int] = Rows(COUNT, self._code, _WORDS_KEPT)
        self._pairs, self._pair_table = _pairs(names, self._table, (range(first, end), range(second, first)))

    @staticmethod
    def read(content: bytes) -> LinearModel:
        """The model in the bytes of an npz file."""
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            names = arrays["names"].tobytes().decode("utf-8").split("\n")
            return LinearModel(names, arrays["scores"], Transitions.of(arrays["between"], arrays["first"]), WordClasses.read(arrays))

    def emissions(self, texts: Sequence[Text], words: Sequence[tuple[Words, Words]]) -> list[Floats]:
        """The scores of the words of every title and abstract, in turn."""
        flat: list[str] = [PAD] * REACH
        lower: list[str] = [PAD] * REACH
        numbers: list[int] = []
        bounds = []
        for text, (title, abstract) in zip(texts, words, strict=True):
            title_words = [text.title[a:b] for a, b in title]
            abstract_words = [text.abstract[a:b] for a, b in abstract]
            paper = Paper(title_words, abstract_words)
            numbers += codes(text.title, title, title_words, paper, title=True)
            numbers += codes(text.abstract, abstract, abstract_words, paper, title=False)
            for field, small in ((title_words, paper.lower[1]), (abstract_words, paper.lower[0])):
                bounds.append((len(flat), len(flat) + len(field)))
                flat += field
                flat += [PAD] * REACH
                lower += small
                lower += [PAD] * REACH
        scores = self._scores(flat, lower)
        own = np.asarray(self._codes.of(numbers), dtype=np.intp)
        made, at = [], 0
        for start, end in bounds:
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

    def _word(self, word: str) -> Floats:
        features = of_word(word, self._classes)
        return np.concatenate([self._sum(features.get(distance, ())) for distance in range(-REACH, REACH + 1)])

    def _code(self, code: int) -> Floats:
        return self._sum(of_code(code))


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


class LinearTagger:
    """The fast engine."""

    version = _VERSION

    def __init__(self, model: LinearModel, curve: Curve, weights: str) -> None:
        self.weights = weights
        self._model = model
        self._curve = curve
        self._lock = threading.Lock()

    @staticmethod
    def load(models: Path | None = None) -> LinearTagger:
        """The tagger with the weights in `models`. Raises ExtractorError."""
        weights = read_weights("fast", models)
        return LinearTagger(LinearModel.read(weights.files["linear.npz"]), Curve.read(weights.settings["confidence"]), weights.digest)

    def tag(self, texts: Sequence[Text]) -> list[list[TaggedSpan]]:
        """The spans of each text."""
        made: list[list[TaggedSpan]] = []
        for start in range(0, len(texts), _TOGETHER):
            some = texts[start : start + _TOGETHER]
            words = [(cut(text.title), cut(text.abstract)) for text in some]
            with self._lock:
                emissions = self._model.emissions(some, words)
            decoded = decode(emissions, self._model.transitions)
            for k, (title, abstract) in enumerate(words):
                spans = tagged(some[k], "title", title, decoded[2 * k], self._curve)
                made.append(spans + tagged(some[k], "abstract", abstract, decoded[2 * k + 1], self._curve))
        return made
