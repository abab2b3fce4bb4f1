"""Fitting linear models over named features: one of several classes, or one of an example's own candidates.

Full-batch Adam on numpy with L2: the same data gives the same weights, whatever the order of a dictionary.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.linear import Weights

__all__ = ["Example", "Options", "fit_choice", "fit_classes", "pack"]

Floats = npt.NDArray[np.float64]
Example = Sequence[str]


@dataclass(frozen=True, slots=True)
class Options:
    """How long and how strictly to fit: features seen less than `least` times are left out."""

    steps: int = 250
    rate: float = 0.05
    penalty: float = 1.0
    least: int = 3


class _Table:
    """Examples as one flat list of feature numbers."""

    def __init__(self, examples: Sequence[Example], least: int) -> None:
        counts = Counter(name for example in examples for name in set(example))
        self.names = sorted(name for name, count in counts.items() if count >= least)
        number = {name: index for index, name in enumerate(self.names)}
        rows: list[int] = []
        columns: list[int] = []
        for row, example in enumerate(examples):
            known = [number[name] for name in example if name in number]
            columns += known
            rows += [row] * len(known)
        self.rows, self.columns, self.count = np.array(rows, np.int64), np.array(columns, np.int64), len(examples)

    def scores(self, weights: Floats) -> Floats:
        return np.bincount(self.rows, weights[self.columns], self.count).astype(np.float64)

    def gradient(self, errors: Floats) -> Floats:
        return np.bincount(self.columns, errors[self.rows], len(self.names)).astype(np.float64)


def _adam(gradient: Callable[[Floats], Floats], shape: tuple[int, ...], options: Options) -> Floats:
    weights, mean, square = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for step in range(1, options.steps + 1):
        slope = gradient(weights) + options.penalty * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        rate = options.rate * min(1.0, 2.0 * (1 - step / (options.steps + 1)))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_classes(examples: Sequence[Example], labels: Sequence[str], options: Options, weight: Sequence[float] | None = None) -> Weights:
    """Multinomial logistic regression; the classes in alphabetical order."""
    classes = sorted(set(labels))
    table = _Table(examples, options.least)
    right = np.zeros((len(classes), len(labels)))
    right[[classes.index(label) for label in labels], np.arange(len(labels))] = 1.0
    scale = np.ones(len(labels)) if weight is None else np.array(weight)

    def gradient(weights: Floats) -> Floats:
        scores = np.stack([table.scores(row) for row in weights])
        scores = np.exp(scores - scores.max(axis=0))
        errors = (scores / scores.sum(axis=0) - right) * scale
        return np.stack([table.gradient(row) for row in errors])

    found = _adam(gradient, (len(classes), len(table.names)), options)
    return Weights(tuple(classes), dict(zip(table.names, map(tuple, found.T.tolist()), strict=True)))


def fit_choice(groups: Sequence[Sequence[Example]], chosen: Sequence[int], options: Options) -> Weights:
    """Conditional logit: of the candidates of each group the chosen one should score highest."""
    table = _Table([example for group in groups for example in group], options.least)
    sizes = np.array([len(group) for group in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.zeros(table.count)
    right[starts + np.array(chosen)] = 1.0

    def gradient(weights: Floats) -> Floats:
        scores = table.scores(weights)
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        return table.gradient(scores / np.repeat(np.add.reduceat(scores, starts), sizes) - right)

    found = _adam(gradient, (len(table.names),), options)
    return Weights(("score",), {name: (value,) for name, value in zip(table.names, found.tolist(), strict=True)})


def pack(models: Mapping[str, Weights], *, least: float = 0.02) -> bytes:
    """Models as the bytes of an npz file: features by name, 16-bit floats, rows that weigh next to nothing left out."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, weights in sorted(models.items()):
        kept = sorted(feature for feature, row in weights.rows.items() if max(map(abs, row)) >= least and "\n" not in feature)
        values = np.array([weights.rows[feature] for feature in kept], np.float64).reshape(len(kept), len(weights.classes))
        arrays[f"{name}:features"] = np.frombuffer("\n".join(kept).encode(), np.uint8)
        arrays[f"{name}:classes"] = np.frombuffer("\n".join(weights.classes).encode(), np.uint8)
        arrays[f"{name}:weights"] = values.astype(np.float16)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()
