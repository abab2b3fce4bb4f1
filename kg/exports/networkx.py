"""The graph as networkx has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.exports.order import Items, ordered
from kg.graph import Node

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["to_networkx"]


def to_networkx(items: Items) -> nx.MultiDiGraph:
    """Nodes are `(label, key)`, edges keyed by `(type, paper, extractor)`; both carry their properties, label, key or type."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    for item in ordered(items):
        if isinstance(item, Node):
            graph.add_node(item.ref, label=item.label, **{**item.properties, "key": item.key})
        else:
            identity = item.id
            graph.add_edge(item.start, item.end, key=(identity.type, identity.paper, identity.extractor))
            graph.edges[item.start, item.end, (identity.type, identity.paper, identity.extractor)].update(item.properties, type=item.type)
    return graph
