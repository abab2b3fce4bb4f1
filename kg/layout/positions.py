"""Where each node of a picture stands: communities as discs beside each other, nodes inside them, none touching another.

The same graph gives the same positions: sorted input, a seeded choice of communities, no clock and no hash order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.graph import Graph, Ref
from kg.layout.communities import communities, field_captions
from kg.layout.forces import Points, fill_disc, force_layout, push_apart
from kg.layout.likeness import alike
from kg.layout.links import Skeleton, skeleton

__all__ = ["Community", "Layout", "Place", "place"]

#: Above this many nodes a community is laid out in two levels itself: a force layout costs the square.
_LARGEST = 400
_GAP = 1.6
_GOLDEN = 2.399963
#: The pull of two papers of the same words.
_ALIKE = 4.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands, how large it is drawn, and the number of its community."""

    x: float
    y: float
    size: float
    community: int


@dataclass(frozen=True, slots=True)
class Community:
    """A disc of nodes that belong together, and what the graph itself says it is about; empty where nothing stands out."""

    caption: str
    x: float
    y: float
    radius: float
    nodes: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of all nodes that pictures show; communities from the largest."""

    places: dict[Ref, Place]
    communities: tuple[Community, ...]


def place(graph: Graph, *, seed: int = 7) -> Layout:
    """The layout of a graph in two levels."""
    bones = skeleton(graph)
    if not bones.refs:
        return Layout({}, ())
    degrees = np.zeros(len(bones.refs))
    for a, b, _ in bones.edges:
        degrees[a] += 1
        degrees[b] += 1
    sizes = 2.0 + 1.1 * np.sqrt(np.minimum(degrees, 60.0))
    sizes[bones.core :] = 1.6
    pulls = (*bones.edges, *_likeness(graph, bones))
    groups = communities(bones.core, pulls, seed=seed)
    core, discs = _two_levels(groups, pulls, sizes[: bones.core], seed)
    positions = np.vstack((core, _leaves(bones, core, sizes)))
    member = np.zeros(len(bones.refs), dtype=np.int64)
    for number, group in enumerate(groups):
        member[list(group)] = number
    for at, anchors in enumerate(bones.anchors, bones.core):
        member[at] = member[anchors[0]] if anchors else 0
    captions = field_captions(graph, bones.refs, groups)
    return Layout(
        {
            ref: Place(round(float(x), 1), round(float(y), 1), round(float(size), 1), int(community))
            for ref, (x, y), size, community in zip(bones.refs, positions, sizes, member, strict=True)
        },
        tuple(
            Community(text, round(float(x), 1), round(float(y), 1), round(float(radius), 1), len(group))
            for text, group, (x, y, radius) in zip(captions, groups, discs, strict=True)
        ),
    )


def _likeness(graph: Graph, bones: Skeleton) -> list[tuple[int, int, float]]:
    """Papers of the same words pull each other, less than a shared name does: else papers that share none drift apart."""
    papers = [at for at, ref in enumerate(bones.refs[: bones.core]) if ref.label == "Paper"]
    texts = [f"{said.get('title', '')} {said.get('abstract', '')}" for said in (graph.nodes[bones.refs[at]].properties for at in papers)]
    return [(papers[a], papers[b], _ALIKE * likeness) for a, b, likeness in alike(texts)]


def _two_levels(
    groups: Sequence[Sequence[int]], edges: Sequence[tuple[int, int, float]], sizes: Points, seed: int
) -> tuple[Points, list[tuple[float, float, float]]]:
    """Positions of all nodes in `groups`, and the disc of each group."""
    member = np.full(len(sizes), -1, dtype=np.int64)
    inner = np.zeros(len(sizes), dtype=np.int64)
    for number, group in enumerate(groups):
        member[list(group)] = number
        inner[list(group)] = np.arange(len(group))
    inside: list[list[tuple[int, int, float]]] = [[] for _ in groups]
    between: dict[tuple[int, int], float] = {}
    for a, b, weight in edges:
        one, other = int(member[a]), int(member[b])
        if one == other and one >= 0:
            inside[one].append((int(inner[a]), int(inner[b]), weight))
        elif one >= 0 and other >= 0:
            pair = (min(one, other), max(one, other))
            between[pair] = between.get(pair, 0.0) + weight
    local = [_inside(len(group), inside[number], sizes[list(group)], seed) for number, group in enumerate(groups)]
    radii = np.array([_reach(points, sizes[list(group)]) for points, group in zip(local, groups, strict=True)])
    centres = _discs(radii, between, seed)
    result = np.zeros((len(sizes), 2))
    for points, group, centre in zip(local, groups, centres, strict=True):
        result[list(group)] = points + centre
    return result, [(x, y, r) for (x, y), r in zip(centres.tolist(), radii.tolist(), strict=True)]


def _inside(count: int, edges: Sequence[tuple[int, int, float]], sizes: Points, seed: int) -> Points:
    """Positions of one community's nodes round the origin."""
    if count > _LARGEST:
        parts = communities(count, edges, seed=seed, resolution=2.0)
        if max(len(part) for part in parts) < count:
            points, _ = _two_levels(parts, edges, sizes, seed)
            return push_apart(points - points.mean(axis=0), sizes, gap=_GAP, rounds=12)
    radius = 1.25 * math.sqrt(float(((sizes + _GAP) ** 2).sum()))
    if count > _LARGEST:
        turn = np.arange(count) * _GOLDEN
        away = radius * np.sqrt((np.arange(count) + 0.5) / count)
        return np.stack((away * np.cos(turn), away * np.sin(turn)), axis=1)
    start = np.random.default_rng(seed).uniform(-0.5, 0.5, (count, 2))
    points = force_layout(_pairs(edges), _weights(edges), start)
    return push_apart(fill_disc(points, radius), sizes, gap=_GAP)


def _discs(radii: Points, between: dict[tuple[int, int], float], seed: int) -> Points:
    """Centres of discs: pulled together where communities are linked, then apart until they do not overlap; wider than high."""
    if len(radii) == 1:
        return np.zeros((1, 2))
    most = max(between.values(), default=1.0)
    edges = [(a, b, 0.2 + 0.8 * weight / most) for (a, b), weight in sorted(between.items())]
    start = np.random.default_rng(seed).uniform(-0.5, 0.5, (len(radii), 2))
    spread = math.sqrt(float((radii**2).sum())) * 1.6
    centres = force_layout(_pairs(edges), _weights(edges), start, rounds=150, fixed=True) * spread * (1.35, 0.9)
    gap = float(np.median(radii)) * 0.16 + 4
    for _ in range(150):  # towards the middle, then apart again: a tight picture without empty quarters
        centres = push_apart(centres * (0.985, 0.965), radii, gap=gap, rounds=6)
    return push_apart(centres, radii, gap=gap, rounds=200)


def _leaves(bones: Skeleton, core: Points, sizes: Points) -> Points:
    """Positions of what starts folded: round the core node it hangs on, or between them where it hangs on several."""
    taken: dict[int, int] = {}
    points = np.zeros((len(bones.refs) - bones.core, 2))
    for at, anchors in enumerate(bones.anchors):
        if len(anchors) == 1:
            turn = taken[anchors[0]] = taken.get(anchors[0], 0) + 1
            away = float(sizes[anchors[0]]) + 3.0 + 0.45 * turn
            points[at] = core[anchors[0]] + away * np.array((math.cos(turn * _GOLDEN), math.sin(turn * _GOLDEN)))
        elif anchors:
            points[at] = core[list(anchors)].mean(axis=0) + 2 * np.array((math.cos(at * _GOLDEN), math.sin(at * _GOLDEN)))
        else:
            points[at] = (math.cos(at * _GOLDEN) * 2, math.sin(at * _GOLDEN) * 2)
    if not len(points):
        return points
    movable = np.arange(len(sizes)) >= bones.core
    return push_apart(np.vstack((core, points)), sizes, gap=0.4, rounds=25, movable=movable)[bones.core :]


def _reach(points: Points, sizes: Points) -> float:
    return float((np.hypot(points[:, 0], points[:, 1]) + sizes).max()) + _GAP


def _pairs(edges: Sequence[tuple[int, int, float]]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.array([(a, b) for a, b, _ in edges], dtype=np.int64).reshape(-1, 2)


def _weights(edges: Sequence[tuple[int, int, float]]) -> Points:
    return np.array([weight for _, _, weight in edges], dtype=np.float64)
