"""The property graph between the stages: nodes, relationships, their difference and their canonical lines.

Equal graphs give equal lines, on every engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

__all__ = ["Change", "Foreign", "Graph", "Node", "Ref", "Relationship", "RelationshipId", "Value", "difference", "dump_line"]

Value = str | int | float | bool | date | tuple[str, ...]


class Foreign(str):
    """The text of a value that somebody put into a store and the graph has no type for; `kind` names its type."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, value: object) -> Foreign:
        """The value as text."""
        made = super().__new__(cls, value)
        made.kind = type(value).__name__
        return made


class Ref(NamedTuple):
    """What identifies a node."""

    label: str
    key: str


class RelationshipId(NamedTuple):
    """What identifies a relationship; `paper` and `extractor` are empty for one that no extractor made."""

    type: str
    start: Ref
    end: Ref
    paper: str
    extractor: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node; properties without nulls, lists as tuples, `key` not repeated in them."""

    label: str
    key: str
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def ref(self) -> Ref:
        """Its identity."""
        return Ref(self.label, self.key)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A directed relationship; properties as for Node."""

    type: str
    start: Ref
    end: Ref
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def id(self) -> RelationshipId:
        """Its identity: type, ends, paper and extractor."""
        paper, extractor = self.properties.get("paper", ""), self.properties.get("extractor", "")
        return RelationshipId(self.type, self.start, self.end, str(paper), str(extractor))


@dataclass(slots=True)
class Graph:
    """A set of nodes and relationships by identity; the later of two with one identity stands."""

    nodes: dict[Ref, Node] = field(default_factory=dict)
    relationships: dict[RelationshipId, Relationship] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Iterable[Node | Relationship]) -> Graph:
        """The graph of these nodes and relationships."""
        graph = cls()
        graph.add(*items)
        return graph

    def add(self, *items: Node | Relationship) -> None:
        """Put nodes and relationships in."""
        for item in items:
            if isinstance(item, Node):
                self.nodes[item.ref] = item
            else:
                self.relationships[item.id] = item

    def update(self, other: Graph) -> None:
        """Put in all that `other` holds."""
        self.nodes.update(other.nodes)
        self.relationships.update(other.relationships)

    def __iter__(self) -> Iterator[Node | Relationship]:
        yield from self.nodes.values()
        yield from self.relationships.values()


@dataclass(frozen=True, slots=True)
class Change:
    """What turns one graph into another. A node in `doubtful` is deleted if, after the rest, nothing is joined to it."""

    nodes: tuple[Node, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    deleted_nodes: tuple[Ref, ...] = ()
    deleted_relationships: tuple[RelationshipId, ...] = ()
    doubtful: tuple[Ref, ...] = ()

    def __bool__(self) -> bool:
        return any((self.nodes, self.relationships, self.deleted_nodes, self.deleted_relationships, self.doubtful))


def difference(old: Graph, new: Graph, shared: Iterable[str] = ()) -> Change:
    """What turns `old` into `new`, in a total order.

    Nodes whose label is in `shared` may have support outside both graphs: where `new` lacks one, it is doubtful, not deleted.
    """
    kinds = frozenset(shared)
    gone = sorted(old.nodes.keys() - new.nodes.keys())
    return Change(
        nodes=tuple(new.nodes[ref] for ref in sorted(new.nodes) if old.nodes.get(ref) != new.nodes[ref]),
        relationships=tuple(new.relationships[i] for i in sorted(new.relationships) if old.relationships.get(i) != new.relationships[i]),
        deleted_nodes=tuple(ref for ref in gone if ref.label not in kinds),
        deleted_relationships=tuple(sorted(old.relationships.keys() - new.relationships.keys())),
        doubtful=tuple(ref for ref in gone if ref.label in kinds),
    )


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def dump_line(item: Node | Relationship) -> str:
    """The canonical line: one JSON object, keys sorted, no line end."""
    properties = {name: _plain(value) for name, value in item.properties.items()}
    line: dict[str, object] = {"properties": properties}
    if isinstance(item, Node):
        line |= {"kind": "node", "label": item.label, "key": item.key}
    else:
        line |= {"kind": "relationship", "type": item.type, "from": list(item.start), "to": list(item.end)}
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
