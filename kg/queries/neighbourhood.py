"""What is near some nodes, read from the store step by step: a slice of a large store costs what the slice holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kg.graph import Graph, Ref
from kg.ids import repository_key, resource_key
from kg.ports import Store
from kg.queries.library import name_keys, run
from kg.schema import BOOKKEEPING, LABELS

__all__ = ["nearby", "refs_of", "since"]


def refs_of(store: Store, text: str) -> set[Ref]:
    """What a text may stand for: a name or a title in any spelling, a key, an arXiv id, an address. Not all need be there."""
    found = {Ref(str(row[0]), str(row[1])) for row in run(store, "things", {"names": name_keys(store, text)}).rows}
    found |= {Ref("Paper", key) for key in store.papers([text, f"arxiv:{text}"])}
    if "." in text and " " not in text:
        found |= {Ref("Repository", repository_key(text) or text), Ref("Resource", resource_key(text))}
    return found | {Ref(label, text) for label in LABELS}


def nearby(store: Store, refs: Collection[Ref], hops: int) -> Graph:
    """Everything within `hops` steps of these nodes, and one step more, so that all joints between what is near are there.

    A Result is no step of its own: it comes with both its sides.
    """
    graph = Graph()
    known: set[Ref] = set()

    def read(some: Collection[Ref]) -> set[Ref]:
        """Read what is beside these; the nodes that this brings."""
        new = set(some) - known
        known.update(new)
        if not new:
            return set()
        found = store.beside(new)
        graph.update(found)
        ways = (one for one in found.relationships.values() if one.type not in BOOKKEEPING)
        return {ref for one in ways for ref in (one.start, one.end)}

    edge = set(refs)
    for _ in range(hops + 1):
        near = read(edge)
        near |= read({ref for ref in near if ref.label == "Result"})
        edge = near
    return graph


def since(store: Store, day: date) -> Graph:
    """The papers from this day on, with all that they support and the nodes that this leads to."""
    graph = store.owned({str(row["paper"]) for row in run(store, "papers_since", {"from": day.isoformat()}).records()})
    ends = {end for one in graph.relationships.values() for end in (one.start, one.end)}
    graph.update(store.named(ends - graph.nodes.keys()))
    return graph
