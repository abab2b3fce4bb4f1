from __future__ import annotations

import io

import pytest
from hostile import hostile_graph, texts

from kg.errors import InputError, UsageError
from kg.exports import write_cypher
from kg.graph import Graph, Node, Ref, Relationship
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.testing.graphs import synthetic


def _script(items) -> list[str]:
    out = io.BytesIO()
    write_cypher(items, out)
    return out.getvalue().decode("ascii").splitlines()


def _run(settings: StoreSettings, statements: list[str]) -> Graph:
    with open_store(settings) as store:
        for statement in statements:
            store.engine.connection.write(lambda transaction, text=statement: transaction.run(text.removesuffix(";")))
        return Graph.of([*store.nodes(), *store.relationships()])


def test_cypher_script_makes_the_same_graph_on_every_engine_and_may_run_twice(store_settings: StoreSettings) -> None:
    graph = synthetic(12)
    statements = _script(graph)
    assert _run(store_settings, statements + statements) == graph


@pytest.mark.parametrize("count", [78, pytest.param(1000, marks=pytest.mark.long)])
def test_cypher_script_keeps_hostile_texts_on_every_engine(store_settings: StoreSettings, count: int) -> None:
    graph = hostile_graph(texts(count))
    assert _run(store_settings, _script(graph)) == graph


def test_cypher_script_is_one_statement_a_line() -> None:
    lines = _script(hostile_graph(texts(80)))
    assert all(line.startswith(("UNWIND [", "CREATE CONSTRAINT ")) and line.endswith(";") for line in lines)


@pytest.mark.parametrize(
    "item",
    [
        Node("Paper) DETACH DELETE n //", "a"),
        Relationship("USES]->() //", Ref("Paper", "a"), Ref("Method", "b")),
        Node("Task", "a", {"name: 1}) DETACH DELETE n //": "x"}),
    ],
)
def test_cypher_script_writes_no_name_that_the_schema_lacks(item: Node | Relationship) -> None:
    with pytest.raises((UsageError, InputError)):
        _script([item])
