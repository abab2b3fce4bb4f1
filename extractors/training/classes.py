"""Counting classes of words on papers without annotation.

Words are compared by the words one and two places before and behind them: positive pointwise mutual information, reduced by singular
values (Levy and Goldberg, "Neural Word Embedding as Implicit Matrix Factorization", 2014), then cut by spherical k-means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix, csr_matrix, hstack
from scipy.sparse.linalg import svds

from extractors.taggers.classes import Arrays, spelling
from extractors.taggers.words import cut
from extractors.training.plan import Plan, read_unlabelled
from kg.model import Text

__all__ = ["LEVELS", "classes_of", "count_classes"]

#: How many classes there are, from coarse to fine.
LEVELS = (64, 400, 1500)
_FILE = "classes.npz"
#: Occurrences in a hundred thousand papers that a word must have.
_LEAST = 12
#: Neighbours that are told apart, and dimensions that are kept.
_NEIGHBOURS, _DIMENSIONS = 12_000, 120
_PLACES = (-2, -1, 1, 2)
_ROUNDS = 25
_BLOCK = 4096

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def classes_of(plan: Plan) -> Arrays:
    """The classes that lie among the checkpoints, else ones counted on the unlabelled papers and kept there; none without them."""
    path = plan.checkpoints / _FILE
    if not plan.unlabelled:
        return {}
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, **count_classes(read_unlabelled(plan)))  # type: ignore[arg-type]
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def count_classes(texts: Sequence[Text]) -> Arrays:
    """The words that are not rare, the commonest first, and the classes of each: what `WordClasses.read` reads."""
    fields = [[spelling(field[a:b]) for a, b in cut(field)] for text in texts for field in (text.title, text.abstract)]
    counts = Counter(chain.from_iterable(fields))
    least = max(2, _LEAST * len(texts) / 100_000)
    words = sorted((word for word, count in counts.items() if count >= least), key=lambda word: (-counts[word], word))
    points = _points(words, fields)
    weights = np.sqrt(np.array([counts[word] for word in words], np.float32))
    classes = np.stack([_clusters(points, weights, min(count, len(words))) for count in LEVELS], axis=1)
    return {"words": np.frombuffer("\n".join(words).encode("utf-8"), np.uint8), "classes": classes.astype(np.uint16)}


def _points(words: Sequence[str], fields: Sequence[Sequence[str]]) -> Floats:
    """A direction for every word: words in like company point alike."""
    number = {word: k for k, word in enumerate(words)}
    gap = [-1] * max(_PLACES)
    flat = np.fromiter(chain.from_iterable(chain(gap, (number.get(word, -1) for word in field)) for field in fields), np.int64)
    company = hstack([_information(*pairs, len(words)) for pairs in _pairs(flat, min(_NEIGHBOURS, len(words)))]).tocsr()
    size = min(_DIMENSIONS, min(company.shape) - 1)
    left, values, _ = svds(company, k=size, v0=np.ones(min(company.shape)))
    points = left * np.sqrt(values)
    made: Floats = (points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return made


def _pairs(flat: Ints, told: int) -> Iterator[tuple[Ints, Ints]]:
    """Words and their neighbours, place by place; neighbours that are not told apart, and the ends of a field, are one."""
    known = flat >= 0
    for place in _PLACES:
        beside = np.roll(flat, -place)
        yield flat[known], np.where((beside >= 0) & (beside < told), beside, told)[known]


def _information(words: Ints, beside: Ints, count: int) -> csr_matrix:
    """Positive pointwise mutual information; rare neighbours count as in word2vec, by the power 3/4."""
    table = coo_matrix((np.ones(len(words), np.float32), (words, beside)), shape=(count, int(beside.max()) + 1))
    table.sum_duplicates()
    total = table.data.sum()
    rows = np.asarray(table.sum(axis=1)).ravel()
    columns = np.asarray(table.sum(axis=0)).ravel() ** 0.75
    columns *= total / columns.sum()
    found = np.maximum(np.log(table.data * total / (rows[table.row] * columns[table.col])), 0)
    return csr_matrix((found, (table.row, table.col)), shape=table.shape)


def _clusters(points: Floats, weights: Floats, count: int) -> Ints:
    """The nearest of so many centres for each point, after rounds that begin with common words as centres."""
    centres = points[np.linspace(0, min(len(points), 4 * count) - 1, count).astype(int)]
    for _ in range(_ROUNDS):
        nearest = np.concatenate([(points[at : at + _BLOCK] @ centres.T).argmax(axis=1) for at in range(0, len(points), _BLOCK)])
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, points * weights[:, None])
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return nearest
