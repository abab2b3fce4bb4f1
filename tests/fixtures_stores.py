"""Real stores: a Neo4j server and embedded engines, and every kind of store for tests that hold for all of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from corpus import PAPERS, fill
from neo4j import GraphDatabase
from neo4j_server import DEFAULT_VERSION, Neo4jServer, java_for

from kg.ports import Store
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.stores.bolt import BoltStore
from kg.testing.stores import MemoryStore

ENGINES = ("memory", "embedded", "neo4j")


def empty(settings: StoreSettings) -> None:
    """Delete all that a store holds, foreign nodes and nodes of another version included."""
    if settings.is_server:
        with GraphDatabase.driver(settings.address, auth=(settings.username, settings.password or "")) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n")
        return
    with open_store(settings) as store:
        for name in ("decisions.jsonl", "engine/settled.jsonl"):
            (Path(settings.address) / name).unlink(missing_ok=True)
        store.engine.connection.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))


def _absent(reason: str) -> None:
    """Skip with the reason, or fail where the run was told to need a server."""
    if os.environ.get("PAPERKG_REQUIRE_NEO4J") == "1":
        pytest.fail(f"PAPERKG_REQUIRE_NEO4J=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def neo4j_version() -> str:
    """The version of the servers that tests start themselves: PAPERKG_TEST_NEO4J_VERSION, else the default."""
    version = os.environ.get("PAPERKG_TEST_NEO4J_VERSION", DEFAULT_VERSION)
    if java_for(version) is None or shutil.which("mvn") is None:
        _absent("neither PAPERKG_TEST_NEO4J_URI nor Java and Maven are there for a Neo4j server")
    return version


@pytest.fixture(scope="session")
def neo4j_server(neo4j_version: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server of our own that a test may stop and start again."""
    server = Neo4jServer(tmp_path_factory.mktemp("neo4j"), neo4j_version)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _neo4j(request: pytest.FixtureRequest) -> StoreSettings:
    uri = os.environ.get("PAPERKG_TEST_NEO4J_URI")
    if uri:
        return StoreSettings(uri, os.environ.get("PAPERKG_TEST_NEO4J_USERNAME", "neo4j"), os.environ.get("PAPERKG_TEST_NEO4J_PASSWORD"))
    server = request.getfixturevalue("neo4j_server")
    return StoreSettings(server.uri, server.username, server.password)


@pytest.fixture
def neo4j_settings(_neo4j: StoreSettings) -> StoreSettings:
    """Settings of an empty database on a real Neo4j: a server named by PAPERKG_TEST_NEO4J_URI and _PASSWORD (whose data is lost),
    else one of our own."""
    empty(_neo4j)
    return _neo4j


@pytest.fixture
def new_folder(tmp_path: Path) -> StoreSettings:
    """Settings of an embedded store that is not there yet."""
    return StoreSettings(str(tmp_path / "papers.kg"))


@pytest.fixture(scope="session")
def _embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreSettings]:
    settings = StoreSettings(str(tmp_path_factory.mktemp("embedded") / "papers.kg"))
    with open_store(settings):
        yield settings


@pytest.fixture
def embedded_settings(_embedded: StoreSettings) -> StoreSettings:
    """Settings of an empty embedded store whose engine runs already."""
    empty(_embedded)
    return _embedded


@pytest.fixture(params=[pytest.param(one, marks=[pytest.mark.neo4j] if one == "neo4j" else []) for one in ENGINES[1:]])
def store_settings(request: pytest.FixtureRequest) -> StoreSettings:
    """Settings of an empty store on each engine."""
    return request.getfixturevalue(f"{request.param}_settings")


@pytest.fixture(params=[pytest.param(one, marks=[pytest.mark.neo4j] if one == "neo4j" else []) for one in ENGINES])
def make_store(request: pytest.FixtureRequest) -> Iterator[Callable[[], Store]]:
    """Opens the same empty store of each kind, as often as it is called; all are closed at the end."""
    with ExitStack() as stack:
        if request.param == "memory":
            memory = MemoryStore()
            yield lambda: memory
            return
        settings = request.getfixturevalue(f"{request.param}_settings")
        yield lambda: stack.enter_context(open_store(settings))


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    """An empty store of each kind."""
    return make_store()


@pytest.fixture(scope="module", params=[pytest.param(one, marks=[pytest.mark.neo4j] if one == "neo4j" else []) for one in ENGINES[1:]])
def corpus_store(request: pytest.FixtureRequest) -> Iterator[BoltStore]:
    """The made-up papers of corpus.py on each engine, for the tests of one module, which only read.

    The engines are given the papers in opposite orders: what depends on the order of arrival differs between them.
    """
    settings = request.getfixturevalue(f"_{request.param}")
    empty(settings)
    with open_store(settings) as store:
        fill(store, PAPERS if request.param == "embedded" else PAPERS[::-1])
        yield store
