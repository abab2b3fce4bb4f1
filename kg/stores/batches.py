"""A change as batches of rows: one statement each, sized by bytes so that no message grows beyond what engines take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

from kg.graph import Node, Ref, Relationship, RelationshipId, Value
from kg.schema import label, relationship_type

__all__ = ["by_label", "node_batches", "relationship_batches", "relationship_id_batches", "split"]

T = TypeVar("T")
Row = dict[str, Any]
_BYTES = 2_000_000
_ROWS = 5_000
_OVERHEAD = 60


def split(items: Iterable[T], size: Callable[[T], int], *, most_bytes: int = _BYTES, most_rows: int = _ROWS) -> Iterator[list[T]]:
    """Lists of items that together stay within a number of bytes and of rows; an item beyond both comes alone."""
    batch: list[T] = []
    total = 0
    for item in items:
        cost = size(item)
        if batch and (total + cost > most_bytes or len(batch) >= most_rows):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += cost
    if batch:
        yield batch


def _size(properties: Mapping[str, Value]) -> int:
    total = _OVERHEAD
    for name, value in properties.items():
        parts = value if isinstance(value, tuple) else (value,)
        total += len(name) + sum(4 * len(part) if isinstance(part, str) else 10 for part in parts)
    return total


def by_label(refs: Iterable[Ref]) -> Iterator[tuple[str, list[str]]]:
    """Labels, each with its keys in order."""
    for name, group in groupby(sorted(set(refs)), key=lambda ref: ref.label):
        yield label(name), [ref.key for ref in group]


def node_batches(nodes: Sequence[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Labels, each with some of its nodes."""
    for name, group in groupby(sorted(nodes, key=lambda node: node.ref), key=lambda node: node.label):
        for batch in split(group, lambda node: _size(node.properties) + len(node.key)):
            yield label(name), batch


def _kind(found: Relationship) -> tuple[str, str, str, str]:
    carried = "extractor" if "extractor" in found.properties else "paper" if "paper" in found.properties else ""
    return found.type, found.start.label, found.end.label, carried


def relationship_batches(relationships: Sequence[Relationship]) -> Iterator[tuple[tuple[str, str, str, str], list[Relationship]]]:
    """Type, labels of both ends and what tells parallel ones apart ("extractor", "paper" or nothing), each with some of them."""
    ordered = sorted(relationships, key=lambda one: (_kind(one), one.id))
    for (kind, start, end, carried), group in groupby(ordered, key=_kind):
        for batch in split(group, lambda one: _size(one.properties) + len(one.start.key) + len(one.end.key)):
            yield (relationship_type(kind), label(start), label(end), carried), batch


def relationship_id_batches(ids: Sequence[RelationshipId]) -> Iterator[tuple[tuple[str, str, str], list[Row]]]:
    """Type and labels of both ends, each with rows that identify some relationships."""
    for (kind, start, end), group in groupby(sorted(ids, key=_ends), key=lambda one: _ends(one)[:3]):
        rows = ({"start": one.start.key, "end": one.end.key, "paper": one.paper, "extractor": one.extractor} for one in group)
        for batch in split(rows, lambda row: sum(len(value) * 4 for value in row.values())):
            yield (relationship_type(kind), label(start), label(end)), batch


def _ends(one: RelationshipId) -> tuple[str, str, str, RelationshipId]:
    return one.type, one.start.label, one.end.label, one
