"""Groups of nodes that belong together, and what each group is about in the graph's own words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import networkx as nx

from kg.graph import Graph, Ref
from kg.layout.kinds import caption, shorten

__all__ = ["communities", "field_captions"]

#: Groups smaller than this share one group: a disc each would scatter them over the picture.
_SMALLEST = 5
#: Which kinds name a field, the best first.
_TELLING = {"Task": 1.0, "Benchmark": 0.55, "Method": 0.5, "Model": 0.45}
#: No caption over fewer papers than this.
_PAPERS = 2


def communities(count: int, edges: Sequence[tuple[int, int, float]], *, seed: int, resolution: float = 1.0) -> list[list[int]]:
    """The groups of nodes 0 to count - 1, the largest first, small ones put together at the end."""
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(edges)
    found = [sorted(group) for group in nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=seed)]
    groups = sorted((group for group in found if len(group) >= _SMALLEST), key=lambda group: (-len(group), group))
    rest = sorted(node for group in found if len(group) < _SMALLEST for node in group)
    return [*groups, rest] if rest else groups


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
        best = min(scores, key=lambda ref: (-scores[ref], ref), default=None)
        if best is not None:
            taken.add(best)
        captions.append(shorten(caption(graph.nodes[best]), 30) if best is not None else "")
    return captions
