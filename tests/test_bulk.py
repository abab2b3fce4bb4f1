"""The files of Neo4j's importer hold the graph that a build makes: read back, and imported by the importer itself."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import PAPERS, Scripted, fill
from neo4j_server import Neo4jServer

from kg import bulk
from kg.errors import InputError, UsageError
from kg.graph import Graph, Node, Ref, Relationship, difference
from kg.model import Loss, Origin, Record
from kg.resolve import NameResolver
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.stores.import_files import ImportFiles, schema_script
from kg.testing.memory import MemoryStore
from kg.testing.sources import RecordedSource
from kg.testing.stores import graph_of, little_graph


def write(folder: Path) -> str:
    records = [script.record for script in PAPERS]
    report, command = bulk.build_files([RecordedSource(records)], Scripted(), NameResolver(), folder)
    assert (report.records, report.added, report.complete) == (len(records), len(records), True)
    return command


def test_files_hold_what_a_build_into_a_store_makes(tmp_path: Path) -> None:
    command = write(tmp_path / "bulk")
    store = MemoryStore()
    fill(store)
    with ImportFiles(tmp_path / "store") as files:
        files.add(store.nodes())
        files.add(store.relationships())
    for path in sorted(tmp_path.glob("store/*.csv")):
        header, *lines = path.read_text("utf-8").splitlines()
        assert (tmp_path / "bulk" / path.name).read_text("utf-8").splitlines()[0] == header
        assert sorted((tmp_path / "bulk" / path.name).read_text("utf-8").splitlines()[1:]) == sorted(lines)
    assert {path.name for path in tmp_path.glob("store/*")} == {path.name for path in tmp_path.glob("bulk/*")}
    assert command == f"neo4j-admin database import full @{tmp_path / 'bulk' / 'import.args'} neo4j"


def test_same_sources_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name)
    for path in sorted(tmp_path.glob("a/*.csv")):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(InputError, match="not an empty folder"):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize("name", ["first, second", 'a"b', "a\\b", "a\nb"])
def test_folder_that_the_importer_cannot_read_is_refused_before_reading(tmp_path: Path, name: str) -> None:
    class Unread:
        def read(self) -> Iterator[Record | Loss]:
            raise AssertionError("was read")

    with pytest.raises(InputError, match="name a folder without comma, quotation mark"):
        bulk.build_files([Unread()], Scripted(), NameResolver(), tmp_path / name / "files")
    assert list(tmp_path.iterdir()) == []


def test_command_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    folder = tmp_path / "a b; c'd"
    assert shlex.split(write(folder)) == ["neo4j-admin", "database", "import", "full", f"@{folder / 'import.args'}", "neo4j"]


def test_sources_without_a_paper_leave_no_files_and_no_command(tmp_path: Path) -> None:
    loss = Loss(Origin("listing"), "is no paper")
    report, command = bulk.build_files([RecordedSource([loss])], Scripted(), NameResolver(), tmp_path / "files")
    assert (report.records, report.losses, command) == (0, (loss,), "")
    assert list(tmp_path.iterdir()) == []


def hostile() -> Graph:
    """Texts that a table could take for something else, in keys, texts and lists."""
    graph = little_graph()
    texts = ('a,"b"', "line\nbreak\r\n", "", " blank ", "\\", '\\"', "'", ";", "é \N{GRINNING FACE} \u2028", "null", "=1+1", "x" * 9000)
    for number, text in enumerate(texts):
        task = Node("Task", f"{number} {text}"[:200], {"name": text, "aliases": (f"a{text}", text + "b"), "ambiguous": False})
        name = Node("Name", f"Task:{number}{text}"[:200], {"surface": text, "folded": text})
        graph.add(task, name, Relationship("NAMES", name.ref, task.ref))
    return graph


def test_files_refuse_what_the_schema_does_not_declare_as_the_stores_do(tmp_path: Path) -> None:
    task = Node("Task", "one", {"name": "one", "colour": "blue"})
    joint = Relationship("APPLIED_TO", Ref("Method", "two"), task.ref, {"paper": "p", "extractor": "x", "colour": "blue"})
    for number, item in enumerate((task, joint)):
        with ImportFiles(tmp_path / str(number)) as files, pytest.raises(UsageError, match="property 'colour' is unknown; valid are "):
            files.add([item])
    with ImportFiles(tmp_path / "label") as files, pytest.raises(UsageError, match="label 'Colour' is unknown"):
        files.add([Node("Colour", "blue", {})])


@pytest.mark.neo4j
@pytest.mark.slow
def test_importer_makes_the_graph_that_was_written(tmp_path: Path, neo4j_version: str) -> None:
    """`neo4j-admin database import` of the server's own version, then the server on what it made; in a path that looks like more."""
    model = MemoryStore()
    fill(model)
    graph = hostile()
    graph.update(graph_of(model))
    folder = tmp_path / "a b;[0-9]'=#$"
    with ImportFiles(folder) as files:
        files.add(graph)
    server = Neo4jServer(tmp_path / "home", neo4j_version)
    server.admin("database", "import", "full", f"@{folder / 'import.args'}", "neo4j")
    server.start()
    try:
        with open_store(StoreSettings(server.uri, server.username, server.password)) as store:
            assert graph_of(store) == graph
            store.engine.connection.declare([text for text in schema_script().split(";\n") if text])
            store.apply(difference(graph, Graph()))
            assert graph_of(store) == Graph()
    finally:
        server.stop()
