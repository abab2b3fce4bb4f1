"""One change, written in one transaction: what is there already as it should be is read, and not written again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cache
from itertools import groupby

import cypher
from kg.cycles import uncollected
from kg.errors import StoreError, choice
from kg.graph import Change, Node, Ref, Relationship, Value
from kg.schema import LABELS, RELATIONSHIPS, declared
from kg.stores.batches import Identity, Kind, by_label, identity, node_batches, relationship_batches, relationship_id_batches
from kg.stores.bolt_connection import Transaction
from kg.stores.bolt_values import to_properties

__all__ = ["carry_out"]

_NUMBERS = frozenset({bool, int, float})


def carry_out(change: Change, transaction: Transaction) -> None:
    """Deletions first, then nodes, then what joins them, then the doubtful. Raises StoreError where an end is missing."""
    with uncollected(), ThreadPoolExecutor(1) as worker:  # which puts messages together while the engine works on others
        batches = worker.submit(list, relationship_batches(change.relationships))
        _delete(change, transaction)
        new = _write_nodes(change.nodes, transaction)
        _write_relationships(batches.result(), new, transaction, worker)
    for label, keys in by_label(change.doubtful):
        transaction.run(cypher.load("write", "delete_lonely").fill(label=label), keys=keys)


def _delete(change: Change, transaction: Transaction) -> None:
    for (kind, start, end), rows in relationship_id_batches(change.deleted_relationships):
        transaction.run(cypher.load("write", "delete_relationships").fill(type=kind, start=start, end=end), rows=rows)
    for label, keys in by_label(change.deleted_nodes):
        transaction.run(cypher.load("write", "delete_nodes").fill(label=label), keys=keys)


def _is_same(stored: Mapping[str, object], wanted: Mapping[str, object]) -> bool:
    """Whether nothing differs; 1, 1.0 and true do."""
    return stored == wanted and all(type(stored[name]) is type(value) for name, value in wanted.items() if type(value) in _NUMBERS)


@cache
def _places(kind: str) -> dict[str, int]:
    """Where in a row the declared properties of a label or type stand: behind a key."""
    return {one.name: place for place, one in enumerate(declared(LABELS.get(kind) or RELATIONSHIPS[kind]), 1)}


def _row(key: str, properties: Mapping[str, Value], places: Mapping[str, int]) -> list[object]:
    """A key and the properties in their places; engines keep nothing of those that are None. Raises UsageError."""
    if not properties.keys() <= places.keys():
        raise choice(min(properties.keys() - places.keys()), places, "property")
    return [key, *(list(value) if type(value) is tuple else value for value in map(properties.get, places))]


def _write_nodes(nodes: Collection[Node], transaction: Transaction) -> set[Ref]:
    """Write the nodes; those that were not there before."""
    asked = [
        (label, batch, transaction.send(cypher.load("write", "stored_nodes").fill(label=label), keys=[node.key for node in batch]))
        for label, batch in node_batches(nodes)
    ]
    new: set[Ref] = set()
    for label, batch, answer in asked:
        stored = {properties["key"]: properties for properties in answer()[0]["found"]}
        if missing := [node for node in batch if node.key not in stored]:
            places = _places(label)
            statement = cypher.load("write", "new_nodes").fill(label=label, properties={"key": 0} | places)
            transaction.send(statement, rows=[_row(node.key, node.properties, places) for node in missing])
            new.update(node.ref for node in missing)
        wanted = [to_properties(node.properties) | {"key": node.key} for node in batch if node.key in stored]
        if changed := [{"key": one["key"], "properties": one} for one in wanted if not _is_same(stored[one["key"]], one)]:
            transaction.send(cypher.load("write", "changed_nodes").fill(label=label), rows=changed)
    return new


def _write_relationships(
    batches: Iterable[tuple[Kind, list[Relationship]]], new: Collection[Ref], transaction: Transaction, worker: Executor
) -> None:
    """Write relationships; at a node that is new nothing can be there already, so nobody looks."""
    asked = []
    for kind, batch in batches:
        known = [one for one in batch if one.start not in new and one.end not in new]
        asked.append((kind, batch, _ask(kind, known, transaction)))
    made = []
    for kind, batch, stored in asked:
        type_, start, end = kind
        missing, changed = _compare(batch, stored())
        if missing:
            statement = cypher.load("write", "new_relationships").fill(type=type_, start=start, end=end, properties=_places(type_))
            made.append((kind, len(missing), statement, worker.submit(_by_start, missing)))
        if changed:
            statement = cypher.load("write", "changed_relationships").fill(type=type_, start=start, end=end)
            made.append((kind, len(changed), statement, worker.submit(list, changed)))
    sent = [(kind, count, transaction.send(statement, rows=rows.result())) for kind, count, statement, rows in made]
    for (type_, start, end), count, answer in sent:
        if answer()[0]["written"] != count:
            raise StoreError(f"a relationship {type_} leads from or to a {start} or {end} that is not there; nothing was written")


def _ask(kind: Kind, known: Iterable[Relationship], transaction: Transaction) -> Callable[[], Mapping[Identity, dict[str, object]]]:
    """What is there of these relationships, by identity, and perhaps others that the same papers support."""
    rows = [
        {"start": start, "papers": sorted({str(one.properties.get("paper", "")) for one in some})}
        for start, some in groupby(known, key=lambda one: one.start.key)
    ]
    if not rows:
        return dict
    type_, start, end = kind
    answer = transaction.send(cypher.load("write", "stored_relationships").fill(type=type_, start=start, end=end), rows=rows)
    return lambda: {identity(a, b, properties): properties for a, b, properties in answer()[0]["found"]}


def _compare(
    batch: Iterable[Relationship], stored: Mapping[Identity, Mapping[str, object]]
) -> tuple[list[Relationship], list[dict[str, object]]]:
    """Those that are not there, and rows for those that are there otherwise."""
    missing: list[Relationship] = []
    changed: list[dict[str, object]] = []
    for one in batch:
        start, end, paper, extractor = key = identity(one.start.key, one.end.key, one.properties)
        there = stored.get(key)
        if there is None:
            missing.append(one)
        elif not _is_same(there, wanted := to_properties(one.properties)):
            changed.append({"start": start, "end": end, "paper": paper, "extractor": extractor, "properties": wanted})
    return missing, changed


def _by_start(relationships: Iterable[Relationship]) -> list[object]:
    """Keys of starts, each with a row for every relationship from there."""
    return [
        [start, [_row(one.end.key, one.properties, _places(one.type)) for one in some]]
        for start, some in groupby(relationships, key=lambda one: one.start.key)
    ]
