"""Confidence that means something: a curve from a model's own probability to the share that was right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Curve"]


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight lines between points; flat beyond the first and the last."""

    x: tuple[float, ...] = (0.0, 1.0)
    y: tuple[float, ...] = (0.0, 1.0)

    def at(self, value: float) -> float:
        """The height of the curve, to four decimals."""
        x, y = self.x, self.y
        k = bisect_right(x, value)
        if k == 0 or k == len(x):
            return round(y[0] if k == 0 else y[-1], 4)
        share = (value - x[k - 1]) / (x[k] - x[k - 1])
        return round(y[k - 1] + share * (y[k] - y[k - 1]), 4)

    @staticmethod
    def read(points: Mapping[str, Sequence[float]]) -> Curve:
        """The curve that `points` holds under x and y."""
        return Curve(tuple(points["x"]), tuple(points["y"]))
