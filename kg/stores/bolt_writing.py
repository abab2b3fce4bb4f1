"""One change, written in one transaction: what is there already as it should be is read, and not written again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import cypher
from kg.errors import StoreError
from kg.graph import Change, Node, Ref, Relationship, RelationshipId
from kg.schema import label as checked
from kg.schema import relationship_type
from kg.stores.batches import by_label, node_batches, relationship_batches, relationship_id_batches, split
from kg.stores.bolt_connection import Transaction
from kg.stores.bolt_values import to_properties

__all__ = ["carry_out"]

_STARTS = 1_000  # nodes whose relationships come in one answer


def carry_out(change: Change, transaction: Transaction) -> None:
    """Deletions first, then nodes, then what joins them, then the doubtful. Raises StoreError where an end is missing."""
    _delete(change, transaction)
    new = _write_nodes(change.nodes, transaction)
    _write_relationships(change.relationships, new, transaction)
    for label, keys in by_label(change.doubtful):
        transaction.run(cypher.load("write", "delete_lonely").fill(label=label), keys=keys)


def _delete(change: Change, transaction: Transaction) -> None:
    for (kind, start, end), rows in relationship_id_batches(change.deleted_relationships):
        transaction.run(cypher.load("write", "delete_relationships").fill(type=kind, start=start, end=end), rows=rows)
    for label, keys in by_label(change.deleted_nodes):
        transaction.run(cypher.load("write", "delete_nodes").fill(label=label), keys=keys)


def _is_same(stored: Mapping[str, object], wanted: Mapping[str, object]) -> bool:
    """Whether nothing differs; 1, 1.0 and true do."""
    return stored == wanted and all(type(stored[name]) is type(value) for name, value in wanted.items() if isinstance(value, int | float))


def _write_nodes(nodes: Collection[Node], transaction: Transaction) -> set[Ref]:
    """Write the nodes; those that were not there before."""
    stored = {
        Ref(label, row["key"]): row["properties"]
        for label, keys in by_label(node.ref for node in nodes)
        for some in split(keys, len)
        for row in transaction.run(cypher.load("write", "nodes_by_key").fill(label=label), keys=some)
    }
    missing = [node for node in nodes if node.ref not in stored]
    changed = [node for node in nodes if node.ref in stored and not _is_same(stored[node.ref], _properties(node))]
    for name, some in (("new_nodes", missing), ("changed_nodes", changed)):
        for label, batch in node_batches(some):
            rows = [{"key": node.key, "properties": _properties(node)} for node in batch]
            transaction.send(cypher.load("write", name).fill(label=label), rows=rows)
    return {node.ref for node in missing}


def _properties(node: Node) -> dict[str, object]:
    return to_properties(node.properties) | {"key": node.key}


def _write_relationships(relationships: Iterable[Relationship], new: Collection[Ref], transaction: Transaction) -> None:
    """Write relationships; at a node that is new nothing can be there already, so nobody looks."""
    missing: dict[RelationshipId, Relationship] = {}
    known: dict[RelationshipId, Relationship] = {}
    for one in relationships:
        (missing if one.start in new or one.end in new else known)[one.id] = one
    stored = _stored(known, transaction)
    missing |= {identity: one for identity, one in known.items() if identity not in stored}
    changed = {
        identity: one
        for identity, one in known.items()
        if identity in stored and not _is_same(stored[identity], to_properties(one.properties))
    }
    sent = []
    for name, some in (("new_relationships", missing), ("changed_relationships", changed)):
        for (kind, start, end), batch in relationship_batches(some):
            statement = cypher.load("write", name).fill(type=kind, start=start, end=end)
            sent.append(((kind, start, end), len(batch), transaction.send(statement, rows=[_row(one) for one in batch])))
    for (kind, start, end), count, answer in sent:
        if answer()[0]["written"] != count:
            raise StoreError(f"a relationship {kind} leads from or to a {start} or {end} that is not there; nothing was written")


def _row(one: Relationship) -> dict[str, object]:
    return {
        "start": one.start.key,
        "end": one.end.key,
        "paper": one.properties.get("paper", ""),
        "extractor": one.properties.get("extractor", ""),
        "properties": to_properties(one.properties),
    }


def _stored(identities: Iterable[RelationshipId], transaction: Transaction) -> dict[tuple[object, ...], dict[str, object]]:
    """What is there of these relationships, by identity, and perhaps others that the same papers support."""
    kinds: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for one in identities:
        kinds.setdefault((one.type, one.start.label, one.end.label), {}).setdefault(one.start.key, set()).add(one.paper)
    found: dict[tuple[object, ...], dict[str, object]] = {}
    for (kind, start, end), papers in sorted(kinds.items()):
        statement = cypher.load("write", "stored_relationships").fill(type=relationship_type(kind), start=checked(start), end=checked(end))
        for keys in split(sorted(papers), len, most_rows=_STARTS):
            rows = [{"start": key, "papers": sorted(papers[key])} for key in keys]
            for a, b, properties in transaction.run(statement, rows=rows)[0]["found"]:
                identity = (kind, (start, a), (end, b), properties.get("paper", ""), properties.get("extractor", ""))
                found[identity] = properties  # equal to a RelationshipId, and made in less time
    return found
