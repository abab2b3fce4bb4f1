"""Which papers speak of the same things, by their words: what holds a map together where papers share few names."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["alike"]

_WORD = re.compile(r"[^\W\d_]{3,}")
#: Words that more of the texts hold than this say nothing.
_COMMON = 0.25
#: Each text is joined to this many others at most, if they are this alike.
_NEAREST = 4
_LEAST = 0.1
_FEWEST = 8

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


def alike(texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs of texts with their likeness between 0 and 1, each pair once; nothing where there are too few texts."""
    if len(texts) < _FEWEST:
        return []
    rows = _weights([Counter(word.lower() for word in _WORD.findall(text)) for text in texts])
    holders = _holders(rows)
    pairs: dict[tuple[int, int], float] = {}
    for row, (words, weights) in enumerate(rows):
        if not len(words):
            continue
        # only texts that share a word are looked at: few, as common words are left out
        others = np.concatenate([holders[word][0] for word in words])
        shares = np.concatenate([holders[word][1] * weight for word, weight in zip(words, weights, strict=True)])
        near = np.round(np.bincount(others, shares, minlength=len(texts)), 3)
        near[row] = 0
        found = np.flatnonzero(near >= _LEAST)
        for other in found[np.argsort(-near[found], kind="stable")][:_NEAREST].tolist():
            pairs[min(row, other), max(row, other)] = float(near[other])
    return [(a, b, likeness) for (a, b), likeness in sorted(pairs.items())]


def _weights(counts: Sequence[Counter[str]]) -> list[tuple[list[int], Floats]]:
    """The words of each text by number, and a weight for each, rare ones heavier; as a vector of unit length."""
    spread = Counter(word for words in counts for word in words)
    most = max(2, _COMMON * len(counts))
    number = {word: at for at, word in enumerate(sorted(word for word, holding in spread.items() if 1 < holding <= most))}
    rows = []
    for words in counts:
        kept = sorted((number[word], times, spread[word]) for word, times in words.items() if word in number)
        weights = np.array([(1 + math.log(times)) * math.log(len(counts) / holding) for _, times, holding in kept])
        length = math.sqrt(float((weights * weights).sum()))
        rows.append(([word for word, _, _ in kept], weights / max(length, 1e-6)))
    return rows


def _holders(rows: Sequence[tuple[list[int], Floats]]) -> list[tuple[Numbers, Floats]]:
    """For each word the texts that hold it, ascending, and its weight there."""
    found: defaultdict[int, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for row, (words, weights) in enumerate(rows):
        for word, weight in zip(words, weights.tolist(), strict=True):
            found[word][0].append(row)
            found[word][1].append(weight)
    return [(np.array(texts, dtype=np.int64), np.array(weights)) for _, (texts, weights) in sorted(found.items())]
