"""What exports take, and the order in which they write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph import Graph, Node, Relationship

__all__ = ["Items", "ordered"]

Items = Iterable[Node | Relationship]


def ordered(items: Items) -> Iterator[Node | Relationship]:
    """A graph's nodes, then its relationships, sorted by identity; any other iterable in its own order, as stores give it sorted."""
    if not isinstance(items, Graph):
        yield from items
        return
    for ref in sorted(items.nodes):
        yield items.nodes[ref]
    for identity in sorted(items.relationships):
        yield items.relationships[identity]
