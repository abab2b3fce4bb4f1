"""Linear models over named features: what the rules cannot weigh. Weights come from `extractors.training`, as plain arrays."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import ExtractorError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Weights", "read_linear", "softmax"]


@dataclass(frozen=True, slots=True)
class Weights:
    """One row of weights for each feature, one column for each class."""

    classes: tuple[str, ...]
    rows: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The score of each class; features never seen in training count nothing."""
        get = self.rows.get
        found = [row for row in map(get, features) if row is not None]
        if not found:
            return [0.0] * len(self.classes)
        return [sum(column) for column in zip(*found, strict=True)]

    def score(self, features: Iterable[str]) -> float:
        """The score of the only class."""
        get = self.rows.get
        total = 0.0
        for name in features:
            row = get(name)
            if row is not None:
                total += row[0]
        return total


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def read_linear(content: bytes, names: Iterable[str]) -> dict[str, Weights]:
    """The models in the bytes that `extractors.training.linear.pack` wrote. Raises ExtractorError."""
    import numpy as np

    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return {
                name: _one(file[f"{name}:features"], file[f"{name}:classes"], file[f"{name}:weights"].astype(np.float64).tolist())
                for name in names
            }
    except (OSError, ValueError, KeyError) as error:
        raise ExtractorError("the weights of the linear models cannot be read; install the package again or train them anew") from error


def _one(features: npt.NDArray[np.uint8], classes: npt.NDArray[np.uint8], rows: list[list[float]]) -> Weights:
    names = features.tobytes().decode().split("\n") if rows else []
    return Weights(tuple(classes.tobytes().decode().split("\n")), dict(zip(names, map(tuple, rows), strict=True)))
