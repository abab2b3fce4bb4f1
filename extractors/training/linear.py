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
from scipy.sparse import csr_matrix

from extractors.linear import Weights

__all__ = ["Example", "Options", "fit_choice", "fit_classes", "fit_yes", "pack"]

#: Weights are multiples of this, which `Weights` asks for.
_GRAIN = 2.0**-24
#: The score of what has only ever been one way.
_SURE = 8.0

Floats = npt.NDArray[np.float64]
Example = Sequence[str]


@dataclass(frozen=True, slots=True)
class Options:
    """How long and how strictly to fit: features seen less than `least` times are left out."""

    steps: int = 150
    rate: float = 0.05
    penalty: float = 1.0
    least: int = 3


class _Table:
    """Examples as a sparse matrix of ones."""

    def __init__(self, examples: Sequence[Example], least: int) -> None:
        counts = Counter(name for example in examples for name in set(example))
        self.names = sorted(name for name, count in counts.items() if count >= least)
        number = {name: index for index, name in enumerate(self.names)}
        columns = [[number[name] for name in example if name in number] for example in examples]
        ends = np.concatenate([[0], np.cumsum([len(row) for row in columns])])
        flat = np.array([column for row in columns for column in row], np.int32)
        self.matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(examples), len(self.names)))
        self.turned = self.matrix.T.tocsr()


def _adam(gradient: Callable[[Floats], Floats], shape: tuple[int, ...], options: Options) -> Floats:
    weights, mean, square = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for step in range(1, options.steps + 1):
        slope = gradient(weights) + options.penalty * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        rate = options.rate * min(1.0, 2.0 * (1 - step / (options.steps + 1)))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    found: Floats = np.rint(weights / _GRAIN) * _GRAIN
    return found


def fit_classes(examples: Sequence[Example], labels: Sequence[str], options: Options) -> Weights:
    """Multinomial logistic regression; the classes in alphabetical order."""
    classes = sorted(set(labels))
    table = _Table(examples, options.least)
    right = np.zeros((len(labels), len(classes)))
    right[np.arange(len(labels)), [classes.index(label) for label in labels]] = 1.0

    def gradient(weights: Floats) -> Floats:
        scores = table.matrix @ weights
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(table.turned @ (scores / scores.sum(axis=1, keepdims=True) - right))

    found = _adam(gradient, (len(table.names), len(classes)), options)
    return Weights(classes, table.names, found)


def fit_choice(groups: Sequence[Sequence[Example]], chosen: Sequence[int], options: Options) -> Weights:
    """Conditional logit: of the candidates of each group the chosen one should score highest. Without groups, what says `none` wins."""
    if not groups:
        return Weights(("score",), ["none"], np.array([[_SURE]]))
    table = _Table([example for group in groups for example in group], options.least)
    sizes = np.array([len(group) for group in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.zeros(int(sizes.sum()))
    right[starts + np.array(chosen)] = 1.0

    def gradient(weights: Floats) -> Floats:
        scores = table.matrix @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        return np.asarray(table.turned @ (scores / np.repeat(np.add.reduceat(scores, starts), sizes) - right))

    found = _adam(gradient, (len(table.names),), options)
    return Weights(("score",), table.names, found.reshape(-1, 1))


def fit_yes(examples: Sequence[Example], labels: Sequence[str], options: Options) -> Weights:
    """Logistic regression of yes against no as one score: how far yes is ahead. Where one of them never comes, the other always wins."""
    if not {"no", "yes"} <= set(labels):
        return Weights(("score",), ["bias"], np.array([[_SURE if "yes" in labels else -_SURE]]))
    weights = fit_classes(examples, labels, options)
    yes, no = weights.classes.index("yes"), weights.classes.index("no")
    names, table = weights.rows()
    return Weights(("score",), names, (table[:, yes] - table[:, no]).reshape(-1, 1))


def pack(models: Mapping[str, Weights], *, least: float = 0.02) -> bytes:
    """Models as the bytes of an npz file: features by name, 16-bit floats, rows that weigh next to nothing left out."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, weights in sorted(models.items()):
        names, table = weights.rows()
        heavy = np.abs(table).max(axis=1, initial=0.0) >= least
        kept = [number for number, feature in enumerate(names) if heavy[number] and "\n" not in feature]
        arrays[f"{name}:features"] = np.frombuffer("\n".join(names[number] for number in kept).encode(), np.uint8)
        arrays[f"{name}:classes"] = np.frombuffer("\n".join(weights.classes).encode(), np.uint8)
        arrays[f"{name}:weights"] = table[kept].astype(np.float16)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()
