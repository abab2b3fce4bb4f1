"""Linear models over named features: what the rules cannot weigh. Weights come from `extractors.training`, as plain arrays."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from kg.errors import ExtractorError

__all__ = ["CountedScores", "Weights", "below", "read_linear", "softmax"]

Counts = TypeVar("Counts", bound=Hashable)

#: Sums that `CountedScores` keeps.
_KEPT = 20_000


class Weights:
    """One row of weights for each feature, one column for each class.

    Weights are multiples of 2**-24, as 16-bit floats are: sums of them are exact, so that the order of features does not matter.
    """

    __slots__ = ("_find", "_parts", "_single", "_table", "_under", "classes")

    def __init__(self, classes: Sequence[str], names: Sequence[str], table: npt.NDArray[np.float64]) -> None:
        self.classes = tuple(classes)
        #: The first row stands for features never seen in training, so that 0 can mean none.
        self._table = np.concatenate([np.zeros((1, len(self.classes))), table])
        self._find = dict(zip(names, range(1, len(names) + 1), strict=True))
        self._parts: _Parts | None = None
        self._under: dict[str, tuple[dict[str, int], npt.NDArray[np.float64]]] = {"": (self._find, self._table)}
        self._single: dict[str, dict[str, float]] = {}

    def scores(self, features: Iterable[str], under: str = "") -> list[float]:
        """The score of each class; features never seen in training count nothing.

        With `under`, each feature counts a second time by the name that `below` gives it; none of them has a colon before an equals sign.
        """
        find, table = self._under.get(under) or self._both(under)
        return table.take(list(filter(None, map(find.get, features))), axis=0).sum(axis=0).tolist()  # type: ignore[no-any-return]

    def score(self, features: Iterable[str], under: str = "") -> float:
        """The score of the only class; `under` as in `scores`, for features that can be read twice."""
        if under not in self._single:
            find, table = self._under.get(under) or self._both(under)
            column = table[:, 0].tolist()
            self._single[under] = {name: column[number] for name, number in find.items() if column[number]}
        return sum(filter(None, map(self._single[under].get, features)), 0.0)

    def rows(self) -> tuple[list[str], npt.NDArray[np.float64]]:
        """The features and their weights."""
        return list(self._find), self._table[1:]

    def _both(self, head: str) -> tuple[dict[str, int], npt.NDArray[np.float64]]:
        """Rows that hold what a feature counts by its own name and under a head, so that each is looked up once.

        All heads share one table of names, and no name in it has a head: the smaller it is, the more of it stays in the processor's cache.
        """
        self._parts = self._parts or _taken_apart(self._find)
        table = self._table[list(self._parts.rows)]
        places, rows = zip(*self._parts.headed.get(head, [(0, 0)]), strict=True)
        table[list(places)] += self._table[list(rows)]
        self._under[head] = self._parts.places, table
        return self._under[head]


@dataclass(frozen=True, slots=True)
class _Parts:
    """Names taken apart: the place of each feature, the row of what it counts by itself, and the places and rows of names by their head."""

    places: dict[str, int]
    rows: Sequence[int]
    headed: Mapping[str, Sequence[tuple[int, int]]]


def _taken_apart(find: Mapping[str, int]) -> _Parts:
    places: dict[str, int] = {}
    headed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, row in find.items():
        head, sign, tail = name.partition(":")
        if sign and "=" not in head:
            headed[head].append((places.setdefault(tail, len(places) + 1), row))
        else:
            places.setdefault(name, len(places) + 1)
    return _Parts(places, [0, *(find.get(name, 0) for name in places)], dict(headed))


class CountedScores(Generic[Counts]):
    """Scores of examples of which much is counted and the rest is words: what is counted is alike in many examples, so it is summed once.

    Sums of weights are exact, so those of parts are too. Counts are keys: named tuples, whose hash is quick.
    """

    def __init__(self, weights: Weights, features: Callable[[Counts], Iterable[str]]) -> None:
        self._weights = weights
        self._counted = lru_cache(maxsize=_KEPT)(lambda counts, under: weights.score(features(counts), under))

    def score(self, counts: Counts, further: Iterable[str], under: str = "") -> float:
        """The score of what is counted and of further features; `under` as in `Weights.scores`."""
        return self._counted(counts, under) + self._weights.score(further, under)


def below(head: str, features: Iterable[str]) -> list[str]:
    """The features by the names that they have under a head; neither it nor what stands before their equals sign has a colon."""
    return [f"{head}:{name}" for name in features]


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def read_linear(content: bytes, names: Iterable[str]) -> dict[str, Weights]:
    """The models in the bytes that `extractors.training.linear.pack` wrote. Raises ExtractorError."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return {name: _one(file[f"{name}:features"], file[f"{name}:classes"], file[f"{name}:weights"]) for name in names}
    except (OSError, ValueError, KeyError) as error:
        raise ExtractorError("the weights of the linear models cannot be read; install the package again or train them anew") from error


def _one(features: npt.NDArray[np.uint8], classes: npt.NDArray[np.uint8], table: npt.NDArray[np.float16]) -> Weights:
    names = features.tobytes().decode().split("\n") if len(table) else []
    if len(names) != len(table):
        raise ValueError("features and weights differ in number")
    return Weights(classes.tobytes().decode().split("\n"), names, table.astype(np.float64))
