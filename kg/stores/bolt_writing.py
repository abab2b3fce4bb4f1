"""One change, written in one transaction: what is there already as it should be is read, and not written again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import groupby
from typing import Any

import cypher
from kg.cycles import uncollected
from kg.errors import StoreError
from kg.graph import Change, Node, Ref, Relationship, Value
from kg.stores.batches import (
    Identity,
    Kind,
    by_label,
    columns,
    identity,
    node_batches,
    relationship_batches,
    relationship_id_batches,
    split,
    values,
)
from kg.stores.bolt_connection import Transaction
from kg.stores.bolt_values import to_properties

__all__ = ["carry_out"]

Answer = Callable[[], list[dict[str, Any]]]
Stored = Callable[[], Mapping[Identity, dict[str, object]]]
Rows = list[list[Any]]
_NUMBERS = frozenset({bool, int, float})


def carry_out(change: Change, transaction: Transaction) -> None:
    """Deletions first, then nodes, then what joins them, then the doubtful. Raises StoreError where an end is missing."""
    with uncollected(), ThreadPoolExecutor(1) as worker:  # which puts messages together while the engine works on others
        batches = worker.submit(list, relationship_batches(change.relationships))
        _delete(change, transaction)
        made = _write_nodes(change.nodes, transaction)
        _write_relationships(batches.result(), made, transaction, worker)
    for label, keys in by_label(change.doubtful):
        transaction.run(cypher.load("write", "delete_lonely").fill(label=label), keys=keys)


class _Made:
    """Nodes that are new, and the ids by which the engine finds nodes without an index; they hold as long as the transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self.new: set[Ref] = set()
        self._transaction = transaction
        self._answers: list[tuple[str, Answer]] = []

    def add(self, label: str, nodes: Iterable[Node], answer: Answer) -> None:
        """Nodes with the answer that will tell their ids."""
        self.new.update(node.ref for node in nodes)
        self._answers.append((label, answer))

    def ids(self, ends: Iterable[Ref]) -> dict[Ref, str]:
        """The ids of the new nodes and of those of these ends that are there."""
        statement = cypher.load("write", "ids_of_nodes")
        for label, keys in by_label(end for end in ends if end not in self.new):
            for some in split(keys, len):
                self._answers.append((label, self._transaction.send(statement.fill(label=label), keys=some)))
        return {Ref(label, key): found for label, answer in self._answers for key, found in answer()[0]["ids"]}


def _delete(change: Change, transaction: Transaction) -> None:
    for (kind, start, end), rows in relationship_id_batches(change.deleted_relationships):
        transaction.run(cypher.load("write", "delete_relationships").fill(type=kind, start=start, end=end), rows=rows)
    for label, keys in by_label(change.deleted_nodes):
        transaction.run(cypher.load("write", "delete_nodes").fill(label=label), keys=keys)


def _is_same(stored: Mapping[str, object], wanted: Mapping[str, object]) -> bool:
    """Whether nothing differs; 1, 1.0 and true do."""
    return stored == wanted and all(type(stored[name]) is type(value) for name, value in wanted.items() if type(value) in _NUMBERS)


def _row(begin: object, kind: str, properties: Mapping[str, Value]) -> list[object]:
    """A row; engines keep nothing of properties that are None. Raises UsageError for what the schema does not declare."""
    return [begin, *(list(value) if type(value) is tuple else value for value in values(kind, properties))]


def _properties(kind: str, properties: Mapping[str, Value]) -> dict[str, object]:
    """Properties to be written in place of others. Raises UsageError for what the schema does not declare."""
    values(kind, properties)
    return to_properties(properties)


def _write_nodes(nodes: Collection[Node], transaction: Transaction) -> _Made:
    """Write the nodes; those that were not there before."""
    asked = [
        (label, batch, transaction.send(cypher.load("write", "stored_nodes").fill(label=label), keys=[node.key for node in batch]))
        for label, batch in node_batches(nodes)
    ]
    made = _Made(transaction)
    for label, batch, answer in asked:
        stored = {properties["key"]: properties for properties in answer()[0]["found"]}
        if missing := [node for node in batch if node.key not in stored]:
            statement = cypher.load("write", "new_nodes").fill(label=label, properties={"key": 0} | columns(label))
            made.add(label, missing, transaction.send(statement, rows=[_row(node.key, label, node.properties) for node in missing]))
        there = ((node, stored[node.key]) for node in batch if node.key in stored)
        others = [node for node, found in there if not _is_same(found, to_properties(node.properties) | {"key": node.key})]
        if changed := [{"key": node.key, "properties": _properties(label, node.properties) | {"key": node.key}} for node in others]:
            transaction.send(cypher.load("write", "changed_nodes").fill(label=label), rows=changed)
    return made


def _write_relationships(
    batches: Iterable[tuple[Kind, list[Relationship]]], made: _Made, transaction: Transaction, worker: Executor
) -> None:
    """Write relationships; at a node that is new nothing can be there already, so nobody looks."""
    asked: list[tuple[Kind, list[Relationship], Stored]] = []
    rows: list[tuple[Kind, list[Relationship], Future[Rows]]] = []
    for kind, batch in batches:
        if known := [one for one in batch if one.start not in made.new and one.end not in made.new]:
            asked.append((kind, batch, _ask(kind, known, transaction)))
        else:
            rows.append((kind, batch, worker.submit(_by_start, batch)))
    sent = []
    for kind, batch, stored in asked:
        missing, changed = _compare(batch, stored())
        if missing:
            rows.append((kind, missing, worker.submit(_by_start, missing)))
        if changed:
            type_, start, end = kind
            statement = cypher.load("write", "changed_relationships").fill(type=type_, start=start, end=end)
            sent.append((kind, len(changed), transaction.send(statement, rows=changed)))
    ids = made.ids({end for _, batch, _ in rows for one in batch for end in (one.start, one.end)})
    for kind, batch, starts in rows:
        type_, start, end = kind
        statement = cypher.load("write", "new_relationships").fill(type=type_, start=start, end=end, properties=columns(type_))
        sent.append((kind, len(batch), transaction.send(statement, rows=_placed(starts.result(), ids, kind))))
    for (type_, start, end), count, answer in sent:
        if answer()[0]["written"] != count:
            raise StoreError(f"a relationship {type_} leads from or to a {start} or {end} that is not there; nothing was written")


def _placed(rows: Rows, ids: Mapping[Ref, str], kind: Kind) -> Rows:
    """The same rows with the ids of ends in place of the ends."""
    try:
        for row in rows:
            row[0] = ids[row[0]]
            for one in row[1]:
                one[0] = ids[one[0]]
    except KeyError as error:
        type_, start, end = kind
        raise StoreError(f"a relationship {type_} leads from or to a {start} or {end} that is not there; nothing was written") from error
    return rows


def _ask(kind: Kind, known: Iterable[Relationship], transaction: Transaction) -> Stored:
    """What is there of these relationships, by identity, and perhaps others that the same papers support."""
    rows = [
        {"start": start, "papers": sorted({str(one.properties.get("paper", "")) for one in some})}
        for start, some in groupby(known, key=lambda one: one.start.key)
    ]
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
        elif not _is_same(there, to_properties(one.properties)):
            properties = _properties(one.type, one.properties)
            changed.append({"start": start, "end": end, "paper": paper, "extractor": extractor, "properties": properties})
    return missing, changed


def _by_start(relationships: Iterable[Relationship]) -> Rows:
    """Starts, each with a row for every relationship from there, which begins with its end."""
    return [
        [start, [_row(one.end, one.type, one.properties) for one in some]]
        for start, some in groupby(relationships, key=lambda one: one.start)
    ]
