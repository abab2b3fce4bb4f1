"""Linear models over named features: what the rules cannot weigh. Weights come from `extractors.training`, as plain arrays."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from kg.errors import ExtractorError

__all__ = ["Weights", "below", "read_linear", "softmax"]


class Weights:
    """One row of weights for each feature, one column for each class.

    Weights are multiples of 2**-24, as 16-bit floats are: sums of them are exact, so that the order of features does not matter.
    """

    __slots__ = ("_find", "_single", "_single_under", "_table", "_under", "classes")

    def __init__(self, classes: Sequence[str], names: Sequence[str], table: npt.NDArray[np.float64]) -> None:
        self.classes = tuple(classes)
        #: The first row stands for features never seen in training, so that 0 can mean none.
        self._table = np.concatenate([np.zeros((1, len(self.classes))), table])
        self._find = {name: number for number, name in enumerate(names, 1)}
        self._single: dict[str, float] = dict(zip(names, table[:, 0].tolist(), strict=True)) if len(self.classes) == 1 else {}
        self._under: dict[str, dict[str, int]] = {}
        self._single_under: dict[str, dict[str, float]] = {}

    def scores(self, features: Iterable[str], under: str = "") -> list[float]:
        """The score of each class; features never seen in training count nothing.

        With `under`, each feature counts a second time by the name that `below` gives it.
        """
        numbers = list(filter(None, map(self._find.get, features)))
        if under:
            numbers += filter(None, map(self._named_under(under).get, features))
        return self._table.take(numbers, axis=0).sum(axis=0).tolist()  # type: ignore[no-any-return]

    def score(self, features: Iterable[str], under: str = "") -> float:
        """The score of the only class; `under` as in `scores`, for features that can be read twice."""
        found = filter(None, map(self._single.get, features))
        if not under:
            return sum(found, 0.0)
        if under not in self._single_under:
            self._single_under[under] = {name: self._table[number, 0].item() for name, number in self._named_under(under).items()}
        return sum(found, sum(filter(None, map(self._single_under[under].get, features)), 0.0))

    def rows(self) -> tuple[list[str], npt.NDArray[np.float64]]:
        """The features and their weights."""
        return list(self._find), self._table[1:]

    def _named_under(self, head: str) -> dict[str, int]:
        if head not in self._under:
            size, start = len(head) + 1, f"{head}:"
            self._under[head] = {name[size:]: number for name, number in self._find.items() if name.startswith(start)}
        return self._under[head]


def below(head: str, features: Iterable[str]) -> list[str]:
    """The features by the names that they have under a head."""
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
