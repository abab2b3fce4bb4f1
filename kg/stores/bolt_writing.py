"""One change, written in one transaction."""

from __future__ import annotations

import cypher
from kg.errors import StoreError
from kg.graph import Change, Ref
from kg.stores.batches import by_label, node_batches, relationship_batches, relationship_id_batches
from kg.stores.bolt_connection import Transaction
from kg.stores.bolt_values import to_properties

__all__ = ["carry_out"]

_RELATIONSHIPS = {
    "extractor": "relationships",
    "paper": "relationships_of_paper",
    "": "relationships_plain",
    "new": "new_relationships",
}


def carry_out(change: Change, transaction: Transaction) -> None:
    """Deletions first, then nodes, then what joins them, then the doubtful. Raises StoreError where an end is missing."""
    _delete(change, transaction)
    new = _write_nodes(change, transaction)
    for (kind, start, end, told), relationships in relationship_batches(change.relationships, new):
        statement = cypher.load("write", _RELATIONSHIPS[told]).fill(type=kind, start=start, end=end)
        rows: list[dict[str, object]] = [
            {
                "start": one.start.key,
                "end": one.end.key,
                "paper": one.properties.get("paper"),
                "extractor": one.properties.get("extractor"),
                "properties": to_properties(one.properties),
            }
            for one in relationships
        ]
        written = transaction.run(statement, rows=rows)[0]["written"]
        if written != len(rows):
            raise StoreError(f"a relationship {kind} leads from or to a {start} or {end} that is not there; nothing was written")
    for label, keys in by_label(change.doubtful):
        transaction.run(cypher.load("write", "delete_lonely").fill(label=label), keys=keys)


def _write_nodes(change: Change, transaction: Transaction) -> set[Ref]:
    """Write the nodes; those that were not there before."""
    new: set[Ref] = set()
    for label, nodes in node_batches(change.nodes):
        rows = [{"key": node.key, "properties": to_properties(node.properties) | {"key": node.key}} for node in nodes]
        there = {row["key"] for row in transaction.run(cypher.load("write", "nodes").fill(label=label), rows=rows)}
        if made := [row for row in rows if row["key"] not in there]:
            transaction.run(cypher.load("write", "new_nodes").fill(label=label), rows=made)
            new.update(node.ref for node in nodes if node.key not in there)
    return new


def _delete(change: Change, transaction: Transaction) -> None:
    for (kind, start, end), rows in relationship_id_batches(change.deleted_relationships):
        transaction.run(cypher.load("write", "delete_relationships").fill(type=kind, start=start, end=end), rows=rows)
    for label, keys in by_label(change.deleted_nodes):
        transaction.run(cypher.load("write", "delete_nodes").fill(label=label), keys=keys)
