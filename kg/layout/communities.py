"""Groups of nodes that belong together, and what each group is about in the graph's own words."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import networkx as nx

from kg.graph import Graph, Ref
from kg.layout.kinds import caption, shorten

__all__ = ["communities", "field_captions"]

#: Groups smaller than this share one group: a disc each would scatter them over the picture.
_SMALLEST = 5
#: Which kinds name a field, the best first.
_TELLING = {"Task": 1.0, "Benchmark": 0.5, "Method": 0.45}
#: A second caption needs this share of the score of the first.
_SECOND = 0.6
#: No caption over fewer papers than this.
_PAPERS = 2


def communities(count: int, edges: Sequence[tuple[int, int, float]], *, seed: int, resolution: float = 1.0) -> list[list[int]]:
    """The groups of nodes 0 to count - 1, the largest first, small ones put together at the end."""
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(edges)
    found = [set(group) for group in nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=seed)]
    joined = _joined(found, edges, most=_fields(count))
    groups = sorted((sorted(group) for group in joined if len(group) >= _SMALLEST), key=lambda group: (-len(group), group))
    rest = sorted(node for group in joined if len(group) < _SMALLEST for node in group)
    return [*groups, rest] if rest else groups


def _fields(count: int) -> int:
    """How many groups a reader can take in."""
    return max(6, min(24, round(math.sqrt(count) / 1.8)))


def _joined(groups: Sequence[set[int]], edges: Sequence[tuple[int, int, float]], *, most: int) -> list[set[int]]:
    """The groups with the smallest put into the one that each is joined to most, until at most `most` of them are joined to others."""
    member = {node: number for number, group in enumerate(groups) for node in group}
    weights: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for a, b, weight in edges:
        if (one := member[a]) != (other := member[b]):
            weights[one][other] += weight  # type: ignore[assignment]
            weights[other][one] += weight  # type: ignore[assignment]
    kept = {number: set(group) for number, group in enumerate(groups)}
    size = {number: len(group) for number, group in kept.items()}
    heap = sorted((size[number], min(kept[number]), number) for number in kept if weights[number])
    linked = len(heap)
    while heap and (linked > most or heap[0][0] < _SMALLEST):
        before, _, number = heapq.heappop(heap)
        if number not in kept or size[number] != before or not weights[number]:
            continue
        target = min(weights[number], key=lambda other: (-weights[number][other] / size[other] ** 0.5, other))
        kept[target] |= kept.pop(number)
        size[target] = len(kept[target])
        for other, weight in weights.pop(number).items():
            del weights[other][number]
            if other != target:
                weights[target][other] += weight
                weights[other][target] += weight
        heapq.heappush(heap, (size[target], min(kept[target]), target))
        linked -= 1
    return list(kept.values())


def field_captions(graph: Graph, refs: Sequence[Ref], groups: Sequence[Sequence[int]]) -> list[str]:
    """A caption for each group: the task, else benchmark or method, that many of its papers share and few others do."""
    number = {refs[at]: group for group, members in enumerate(groups) for at in members}
    said: defaultdict[int, Counter[Ref]] = defaultdict(Counter)
    total: Counter[Ref] = Counter()
    pairs = {(r.start, r.end) for r in graph.relationships.values() if r.start.label == "Paper" and r.end.label in _TELLING}
    for paper, named in pairs:
        if paper in number:
            said[number[paper]][named] += 1
            total[named] += 1
    taken: set[Ref] = set()
    captions = []
    for group in range(len(groups)):
        scores = {
            ref: _TELLING[ref.label] * papers / total[ref] ** 0.5
            for ref, papers in said[group].items()
            if papers >= _PAPERS and ref not in taken and ref in graph.nodes
        }
        best = sorted(scores, key=lambda ref: (-scores[ref], ref))[:2]
        if len(best) == 2 and (scores[best[1]] < _SECOND * scores[best[0]] or "Task" not in best[1].label):
            best.pop()
        taken.update(best)
        captions.append(" · ".join(shorten(caption(graph.nodes[ref]), 28) for ref in best))
    return captions
