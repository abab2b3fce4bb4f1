"""Which papers speak of the same things, by their words: what holds a map together where papers share few names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["alike"]

_WORD = re.compile(r"[^\W\d_]{3,}")
#: Words kept at most: the matrix is dense.
_WORDS = 6000
#: Words that more of the texts hold than this say nothing.
_COMMON = 0.25
#: Each text is joined to this many others at most, if they are this alike.
_NEAREST = 4
_LEAST = 0.1
_FEWEST, _MOST = 8, 30_000
_CHUNK = 512


def alike(texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs of texts with their likeness between 0 and 1, each pair once; nothing where there are too few or too many texts."""
    if not _FEWEST <= len(texts) <= _MOST:
        return []
    matrix = _weights([Counter(word.lower() for word in _WORD.findall(text)) for text in texts])
    if not matrix.size:
        return []
    pairs: dict[tuple[int, int], float] = {}
    for start in range(0, len(texts), _CHUNK):
        near = np.round(matrix[start : start + _CHUNK] @ matrix.T, 3)
        near[np.arange(len(near)), np.arange(start, start + len(near))] = 0
        best = np.argsort(-near, axis=1, kind="stable")[:, :_NEAREST]
        for row, others in enumerate(best):
            for other in others.tolist():
                if near[row, other] >= _LEAST:
                    pairs[min(start + row, other), max(start + row, other)] = float(near[row, other])
    return [(a, b, likeness) for (a, b), likeness in sorted(pairs.items())]


def _weights(counts: Sequence[Counter[str]]) -> NDArray[np.float32]:
    """A row of unit length for each text: its words, rare ones heavier."""
    spread = Counter(word for words in counts for word in words)
    known = sorted((word for word, n in spread.items() if 1 < n <= max(2, _COMMON * len(counts))), key=lambda word: (-spread[word], word))
    number = {word: at for at, word in enumerate(known[:_WORDS])}
    matrix = np.zeros((len(counts), len(number)), dtype=np.float32)
    for row, words in enumerate(counts):
        for word, times in words.items():
            if word in number:
                matrix[row, number[word]] = (1 + np.log(times)) * np.log(len(counts) / spread[word])
    lengths = np.sqrt((matrix * matrix).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float32] = matrix / np.maximum(lengths, np.float32(1e-6))
    return scaled
