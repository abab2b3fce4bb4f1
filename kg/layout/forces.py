"""Positions of points by numpy: a force layout for small sets, filling a disc evenly, pushing apart what touches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["Points", "fill_disc", "force_layout", "push_apart"]

Points = NDArray[np.float64]
_TINY = 1e-9
#: Of so many points all pairs are looked at: cheaper than a grid.
_FEW = 64


def force_layout(edges: NDArray[np.int64], weights: Points, start: Points, *, rounds: int = 60, fixed: bool = False) -> Points:
    """Fruchterman and Reingold's layout with all pairs repelling; `start` holds the first positions, one row a point.

    Costs rounds * points², so callers keep sets small. With `fixed` the centre holds everything a little more tightly.
    """
    place = start.copy()
    count = len(place)
    if count < 2:
        return place
    ideal = 1.0 / np.sqrt(count)
    for turn in range(rounds):
        gap_x = place[:, 0, None] - place[None, :, 0]
        gap_y = place[:, 1, None] - place[None, :, 1]
        push = (ideal * ideal) / np.maximum(gap_x * gap_x + gap_y * gap_y, _TINY)
        move = np.stack(((gap_x * push).sum(axis=1), (gap_y * push).sum(axis=1)), axis=1)
        if len(edges):
            gap = place[edges[:, 0]] - place[edges[:, 1]]
            pull = gap * (weights * np.hypot(gap[:, 0], gap[:, 1]) / ideal)[:, None]
            np.subtract.at(move, edges[:, 0], pull)
            np.add.at(move, edges[:, 1], pull)
        move -= place * (ideal * (2.0 if fixed else 0.6))
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), _TINY)
        step = 0.12 * (1 - turn / rounds) + 0.002
        place += move * (np.minimum(length, step) / length)[:, None]
    return place


def fill_disc(place: Points, radius: float) -> Points:
    """The points moved in and out, angles kept, so that the disc round their middle is filled evenly."""
    middle = place - place.mean(axis=0)
    away = np.hypot(middle[:, 0], middle[:, 1])
    rank = np.empty(len(place))
    rank[np.lexsort((np.arange(len(place)), np.round(away, 9)))] = np.arange(len(place))
    wanted = radius * np.sqrt((rank + 0.5) / len(place))
    angle = np.arctan2(middle[:, 1], middle[:, 0])
    return np.stack((wanted * np.cos(angle), wanted * np.sin(angle)), axis=1)


def push_apart(place: Points, sizes: Points, *, gap: float = 0.0, rounds: int = 40, movable: NDArray[np.bool_] | None = None) -> Points:
    """Points moved until no two discs of `sizes` overlap, or the rounds are over. Uses a grid, so large sets are cheap.

    Only points that are `movable` move (all, where it is None).
    """
    place = place.copy()
    free = np.ones(len(place)) if movable is None else movable.astype(np.float64)
    for _ in range(rounds):
        shift = np.zeros_like(place)
        touched = False
        for first, second in _close_pairs(place, float(sizes.max(initial=0.0)) * 2 + gap):
            between = place[first] - place[second]
            away = np.hypot(between[:, 0], between[:, 1])
            lacking = sizes[first] + sizes[second] + gap - away
            close = lacking > 1e-6
            if not close.any():
                continue
            touched = True
            a, b, away, lacking = first[close], second[close], away[close], lacking[close]
            turn = a * 2.399963 + b  # two points in one place part in a direction of their own
            unit = np.where(
                (away > _TINY)[:, None], between[close] / np.maximum(away, _TINY)[:, None], np.stack((np.cos(turn), np.sin(turn)), axis=1)
            )
            share = free[a] / np.maximum(free[a] + free[b], 1.0)
            np.add.at(shift, a, unit * (lacking * share)[:, None])
            np.subtract.at(shift, b, unit * (lacking * np.where(free[b] > 0, 1 - share, 0.0))[:, None])
        if not touched:
            break
        place += np.clip(shift * 0.6, -3 * sizes.mean(), 3 * sizes.mean())
    return place


def _close_pairs(place: Points, reach: float) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs of points that may be nearer than `reach`, each once: all of a few points, else by the cells of a grid."""
    if len(place) <= _FEW:
        yield np.triu_indices(len(place), 1)
        return
    cell = np.floor(place / max(reach, _TINY)).astype(np.int64)
    cell -= cell.min(axis=0)
    width = int(cell[:, 1].max(initial=0)) + 3
    key = (cell[:, 0] + 1) * width + cell[:, 1] + 1
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    for offset in (0, 1, width - 1, width, width + 1):
        low = np.searchsorted(ordered, ordered + offset, side="left")
        high = np.searchsorted(ordered, ordered + offset, side="right")
        if offset == 0:
            low = np.arange(len(ordered)) + 1
        for step in range(int((high - low).max(initial=0))):
            has = low + step < high
            yield order[np.flatnonzero(has)], order[(low + step)[has]]
