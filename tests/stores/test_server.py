"""A Neo4j server as a store: what is refused, and in which words."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from neo4j import Driver, GraphDatabase
from neo4j_server import Neo4jServer

from kg.errors import AuthenticationError, ForeignDataError, ReadOnlyError, StoreError, StoreUnavailableError, StoreVersionError
from kg.graph import Change, Graph, Node, difference
from kg.ports import Decision
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.testing.stores import graph_of, little_graph

TASK = Change(nodes=(Node("Task", "reasoning"),))
pytestmark = pytest.mark.neo4j


@pytest.fixture
def driver(neo4j_settings: StoreSettings) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_settings.address, auth=(neo4j_settings.username, neo4j_settings.password or "")) as driver:
        yield driver


def test_foreign_nodes_are_not_written_beside_unless_asked_for(neo4j_settings: StoreSettings, driver: Driver) -> None:
    driver.execute_query("CREATE (:Person {name: 'Ada'}), (:Paper {key: 'theirs'})")
    with open_store(neo4j_settings) as store:
        with pytest.raises(ForeignDataError, match="2 nodes that are not of this graph"):
            store.apply(TASK)
        with pytest.raises(ForeignDataError):
            store.decide([Decision(1, "same", "Model", "a", "b", "")])
        assert list(store.nodes()) == []
    with open_store(replace(neo4j_settings, into_existing=True)) as store:
        store.apply(difference(Graph(), little_graph()))
        assert graph_of(store) == little_graph()
        store.apply(difference(little_graph(), Graph()))
    assert driver.execute_query("MATCH (n:Person|Paper) RETURN count(n) AS n").records[0]["n"] == 2


def test_foreign_node_with_our_label_and_key_is_never_taken(neo4j_settings: StoreSettings, driver: Driver) -> None:
    driver.execute_query("CREATE (:Task {key: 'reasoning', theirs: true})")
    with open_store(replace(neo4j_settings, into_existing=True)) as store, pytest.raises(StoreError, match="not of this graph"):
        store.apply(TASK)
    assert driver.execute_query("MATCH (t:Task) RETURN t.theirs AS t").records[0]["t"] is True


def test_decisions_and_version_are_no_part_of_the_graph(neo4j_settings: StoreSettings) -> None:
    with open_store(neo4j_settings) as store:
        store.decide([Decision(1, "same", "Model", "a", "b", "")])
        assert list(store.nodes()) == []
    with open_store(neo4j_settings) as store:
        store.apply(TASK)


def test_store_of_another_version_is_refused(neo4j_settings: StoreSettings, driver: Driver) -> None:
    with open_store(neo4j_settings) as store:
        store.apply(TASK)
    driver.execute_query("MATCH (s:PaperKGStore) SET s.version = 99")
    with pytest.raises(StoreVersionError, match="format 99"):
        open_store(neo4j_settings)


def test_wrong_password_and_server_away_are_one_sentence_without_secrets(neo4j_settings: StoreSettings) -> None:
    with pytest.raises(AuthenticationError, match="refused user name or password") as refused:
        open_store(replace(neo4j_settings, password="wrong-password"))
    assert "wrong-password" not in str(refused.value)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(StoreUnavailableError, match="does not answer"):
        open_store(StoreSettings(f"bolt://127.0.0.1:{port}", password="secret-word"))


@pytest.mark.parametrize("address", ["gopher://localhost", "bolt://", "neo4j://:99999"])
def test_address_that_is_none_is_one_sentence(address: str) -> None:
    with pytest.raises(StoreError) as error:
        open_store(StoreSettings(address, password="secret-word"))
    assert "secret-word" not in str(error.value)


def test_unknown_database_is_named(neo4j_settings: StoreSettings) -> None:
    with pytest.raises(StoreUnavailableError, match="no such database"):
        open_store(replace(neo4j_settings, database="nowhere"))


def test_procedure_that_is_not_allowed_is_named(neo4j_settings: StoreSettings) -> None:
    with open_store(neo4j_settings) as store, pytest.raises(ReadOnlyError, match=r"dbms\.listConfig"):
        store.query("CALL dbms.listConfig() YIELD name RETURN name")


def test_restarted_server_serves_the_same_store_object(neo4j_server: Neo4jServer, neo4j_settings: StoreSettings) -> None:
    with open_store(neo4j_settings) as store:
        store.apply(TASK)
        neo4j_server.kill()
        with pytest.raises(StoreUnavailableError):
            list(store.nodes())
        neo4j_server.start()
        assert [node.key for node in store.nodes()] == ["reasoning"]
