"""How a change is written: only what differs, and by statements that say where they start."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from plans import SCANS, operators

import cypher
from kg.errors import StoreError, UsageError
from kg.graph import Change, Graph, Node, Ref, Relationship, difference
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.stores.bolt_connection import Transaction
from kg.testing.stores import graph_of, little_graph

WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE)\b")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every row that a writing statement is given from now on; new relationships are in those of their starts."""
    rows: list[dict[str, Any]] = []
    send = Transaction.send

    def watched(self: Transaction, text: str, **parameters: Any) -> Callable[[], list[dict[str, Any]]]:
        code = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
        if WRITES.search(code):
            rows.extend(parameters.get("rows", [{}]))
        return send(self, text, **parameters)

    monkeypatch.setattr(Transaction, "send", watched)
    return rows


def test_what_is_there_already_is_not_written_again(store_settings: StoreSettings, written: list[dict[str, Any]]) -> None:
    change = difference(Graph(), little_graph())
    with open_store(store_settings) as store:
        store.apply(change)
        joints = {(one.type, one.start, one.end.label) for one in change.relationships}
        assert len(written) >= len(change.nodes) + len(joints)
        written.clear()
        store.apply(change)
        assert written == []
        assert graph_of(store) == little_graph()


def test_only_what_differs_is_written(store_settings: StoreSettings, written: list[dict[str, Any]]) -> None:
    first = difference(Graph(), little_graph())
    node = next(node for node in first.nodes if node.label == "Paper")
    other = next(one for one in first.relationships if "confidence" in one.properties)
    node = replace(node, properties={**node.properties, "upvotes": 77})
    other = replace(other, properties={**other.properties, "confidence": 1.0})
    graph = Graph.of([*first.nodes, *first.relationships, node, other])
    with open_store(store_settings) as store:
        store.apply(first)
        written.clear()
        store.apply(difference(Graph(), graph))
        assert {row.get("key", row.get("start")) for row in written if row} == {node.key, other.start.key}
        assert graph_of(store) == graph


def test_number_of_another_type_is_written(store_settings: StoreSettings) -> None:
    one = next(one for one in little_graph().relationships.values() if "confidence" in one.properties)
    graph = little_graph()
    for confidence in (1.0, 1, 1.0):
        graph.add(replace(one, properties={**one.properties, "confidence": confidence}))
        with open_store(store_settings) as store:
            store.apply(difference(Graph(), graph))
            assert type(graph_of(store).relationships[one.id].properties["confidence"]) is type(confidence)


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("kind", ["nodes", "relationships"])
def test_undeclared_property_is_refused_and_nothing_written(store_settings: StoreSettings, kind: str, *, is_new: bool) -> None:
    change = difference(Graph(), little_graph())
    first: Any = getattr(change, kind)[0]
    wrong = replace(first, properties={**first.properties, "colour": "blue"})
    graph = Graph.of([*change.nodes, *change.relationships, wrong])
    before = Graph() if is_new else little_graph()
    with open_store(store_settings) as store:
        store.apply(difference(Graph(), before))
        with pytest.raises(UsageError, match="property 'colour' is unknown; valid are "):
            store.apply(difference(Graph(), graph))
        assert graph_of(store) == before


@pytest.mark.parametrize("label", ["Task", "Model"])
def test_end_that_is_not_there_is_refused_and_nothing_written(store_settings: StoreSettings, label: str) -> None:
    """Also where a node of another label has the key."""
    nodes = (Node("Task", "one", {"name": "one"}), Node("Method", "two", {"name": "two"}))
    lost = Relationship("APPLIED_TO", Ref("Method", "two"), Ref("Task", "two"), {"paper": "p", "extractor": "x"})
    if label == "Model":
        lost = replace(lost, start=Ref("Model", "two"), end=Ref("Task", "one"))
    with open_store(store_settings) as store:
        with pytest.raises(StoreError, match=r"a relationship APPLIED_TO leads from or to a \w+ or Task that is not there"):
            store.apply(Change(nodes=nodes, relationships=(lost,)))
        assert graph_of(store) == Graph()
        store.apply(Change(nodes=nodes))
        with pytest.raises(StoreError, match="is not there; nothing was written"):
            store.apply(Change(relationships=(lost,)))
        assert graph_of(store) == Graph.of(nodes)


#: What a placeholder may stand for; every statement with these must have a plan.
FILLED: Mapping[str, Any] = {
    "label": "Method", "start": "Method", "end": "Task", "type": "APPLIED_TO", "types": "USES", "properties": {"paper": 1},
}  # fmt: skip
#: What needs no place to start from.
WHOLE = {"clear_decisions", "decide", "decisions", "lock", "new_nodes", "used_in", "used_out"}


@pytest.mark.neo4j
@pytest.mark.parametrize("name", sorted(set(cypher.names("write")) - WHOLE))
def test_statement_of_a_young_store_starts_from_an_index(neo4j_settings: StoreSettings, name: str) -> None:
    """Plans are kept while the graph grows: they must be right from the first node on."""
    statement = cypher.load("write", name)
    text = statement.fill(**{one: FILLED[one] for one in statement.placeholders})
    values = {one: [] for one in ("keys", "rows", "names", "papers", "without")} | {"after": "", "size": 1, "run": ""}
    with open_store(neo4j_settings) as store:
        store.apply(Change())
        store.decide([])
        found = set(operators(store.engine.connection.explain(text, values)))
    assert any("IndexSeek" in one or "ByElementIdSeek" in one for one in found), found
    assert not found & set(SCANS), found
