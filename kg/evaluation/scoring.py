"""Figures of a prediction against gold: precision, recall and F1 over all papers, shares, and intervals by resampling papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.evaluation.gold import GoldPaper
from kg.evaluation.matching import COUNTED, SHARES, Counts, count

__all__ = ["intervals", "score"]

Papers = Mapping[str, GoldPaper]
Figures = dict[str, Any]


def score(gold: Papers, predicted: Papers) -> Figures:
    """The figures over all papers of `gold`; one that is missing from `predicted` counts as predicted empty."""
    total: Counts = {name: [0, 0, 0] for name in COUNTED} | {name: [0, 0] for name in SHARES}
    for key, paper in gold.items():
        for name, numbers in count(paper, predicted.get(key, {})).items():
            total[name] = [a + b for a, b in zip(total[name], numbers, strict=True)]
    figures: Figures = {"papers": len(gold)}
    for name in COUNTED:
        right, wanted, got = total[name]
        precision, recall = right / got if got else 0.0, right / wanted if wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        figures[name] = {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4), "gold": wanted, "predicted": got}
    for name in SHARES:
        right, of = total[name]
        figures[name] = {"accuracy": round(right / of, 4) if of else None, "of": of}
    return figures


def intervals(
    gold: Papers, predicted: Papers, *, samples: int = 1000, seed: int = 1, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """For each figure (F1, or the share) the interval in which it falls when as many papers are drawn again and again."""
    import numpy as np

    counts = [count(paper, predicted.get(key, {})) for key, paper in gold.items()]
    if not counts:
        return {}
    generator = np.random.default_rng(seed)
    weights = generator.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=samples)
    found = {}
    for name in (*COUNTED, *SHARES):
        sums = weights @ np.array([paper[name] for paper in counts], dtype=np.float64)
        whole = sums[:, 1] + sums[:, 2] if name in COUNTED else sums[:, 1]
        known = whole > 0
        if known.any():
            values = (2.0 if name in COUNTED else 1.0) * sums[known, 0] / whole[known]
            low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
            found[name] = (round(float(low), 4), round(float(high), 4))
    return found
