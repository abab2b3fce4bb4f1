"""A change as batches of rows: one statement each, sized by bytes so that no message grows beyond what engines take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from kg.errors import choice
from kg.graph import Node, Ref, Relationship, RelationshipId, Value
from kg.schema import LABELS, RELATIONSHIPS, declared, label, relationship_type

__all__ = [
    "Identity", "Kind", "by_label", "columns", "identity", "node_batches", "relationship_batches", "relationship_id_batches", "split",
    "values",
]  # fmt: skip

T = TypeVar("T")
Row = dict[str, Any]
Kind = tuple[str, str, str]
Identity = tuple[str, str, str, str]
_BYTES = 2_000_000
_ROWS = 5_000
_OVERHEAD = 60
_SMALL = 24  # the name of a property and a value that is no text


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
    total = _OVERHEAD + _SMALL * len(properties)
    for value in properties.values():
        if isinstance(value, str):
            total += 4 * len(value)
        elif isinstance(value, tuple):
            total += sum(4 * len(part) for part in value)
    return total


@cache
def columns(kind: str) -> dict[str, int]:
    """The declared properties of a label or type, each with its place in a row: behind what the row begins with."""
    return {one.name: place for place, one in enumerate(declared(LABELS.get(kind) or RELATIONSHIPS[kind]), 1)}


def values(kind: str, properties: Mapping[str, Value]) -> Iterator[Value | None]:
    """The declared properties in their order, None where there is none. Raises UsageError for one that is not declared."""
    places = columns(kind)
    if not properties.keys() <= places.keys():
        raise choice(min(properties.keys() - places.keys()), places, "property")
    return map(properties.get, places)


def by_label(refs: Iterable[Ref]) -> Iterator[tuple[str, list[str]]]:
    """Labels, each with its keys in order."""
    for name, group in groupby(sorted(set(refs)), key=lambda ref: ref.label):
        yield label(name), [ref.key for ref in group]


def node_batches(nodes: Iterable[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Labels, each with some of its nodes in the order of their keys."""
    kinds: dict[str, list[Node]] = {}
    for node in nodes:
        kinds.setdefault(node.label, []).append(node)
    for name in sorted(kinds):
        ordered = sorted(kinds[name], key=attrgetter("key"))
        for batch in split(ordered, lambda node: _size(node.properties) + len(node.key)):
            yield label(name), batch


def relationship_batches(relationships: Iterable[Relationship]) -> Iterator[tuple[Kind, list[Relationship]]]:
    """Type and labels of both ends, each with some of the relationships, by start, end, paper and extractor; of equal ones the last."""
    kinds: dict[Kind, dict[Identity, Relationship]] = {}
    for one in relationships:
        kinds.setdefault((one.type, one.start.label, one.end.label), {})[identity(one.start.key, one.end.key, one.properties)] = one
    for kind, start, end in sorted(kinds):
        found = kinds[kind, start, end]
        ordered = (found[each] for each in sorted(found))
        for batch in split(ordered, lambda one: _size(one.properties) + len(one.start.key) + len(one.end.key)):
            yield (relationship_type(kind), label(start), label(end)), batch


def identity(start: str, end: str, properties: Mapping[str, Any]) -> Identity:
    """What identifies a relationship among those of its kind: the keys of its ends, paper and extractor."""
    return start, end, properties.get("paper", ""), properties.get("extractor", "")


def relationship_id_batches(ids: Sequence[RelationshipId]) -> Iterator[tuple[Kind, list[Row]]]:
    """Type and labels of both ends, each with rows that identify some relationships."""
    for (kind, start, end), group in groupby(sorted(ids, key=_ends), key=lambda one: _ends(one)[:3]):
        rows = ({"start": one.start.key, "end": one.end.key, "paper": one.paper, "extractor": one.extractor} for one in group)
        for batch in split(rows, lambda row: sum(len(value) * 4 for value in row.values())):
            yield (relationship_type(kind), label(start), label(end)), batch


def _ends(one: RelationshipId) -> tuple[str, str, str, RelationshipId]:
    return one.type, one.start.label, one.end.label, one
