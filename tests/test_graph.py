"""Real input to a graph, on each engine: the same papers give the same dump, whatever the way there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.api import KnowledgeGraph
from kg.pipeline import Pipeline
from kg.resolve import NameResolver
from kg.settings import StoreSettings
from kg.stores import open_store

EXAMPLES = Path(__file__).parents[1] / "examples"
Opened = Callable[[], KnowledgeGraph]


@pytest.fixture
def opened(store_settings: StoreSettings) -> Opened:
    """Opens the store of each engine, empty at first."""
    return lambda: KnowledgeGraph(open_store(store_settings))


def dump(graph: KnowledgeGraph, path: Path) -> bytes:
    graph.export("jsonl", path)
    return path.read_bytes()


def _dump_of(sources: Path, folder: Path) -> bytes:
    """The dump of sources, built at once in an embedded store by a process of another hash seed."""
    out = folder / "dump.jsonl"
    code = (
        "import sys; from kg import KnowledgeGraph\n"
        "with KnowledgeGraph.open(sys.argv[1]) as graph: graph.add(sys.argv[2], engine='fast'); graph.export('jsonl', sys.argv[3])"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    subprocess.run([sys.executable, "-c", code, str(folder / "papers.kg"), str(sources), str(out)], check=True, env=environment)
    return out.read_bytes()


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _dump_of(EXAMPLES, tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="session")
def expected_of_listings(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> bytes:
    return _dump_of(shared / "data" / "listings", tmp_path_factory.mktemp("listings"))


def test_examples_give_the_same_dump_in_several_builds_and_another_order(opened: Opened, expected: bytes, tmp_path: Path) -> None:
    files = sorted((path for path in EXAMPLES.iterdir() if path.suffix != ".md"), reverse=True)
    with opened() as graph:
        for file in files:
            graph.add(file, engine="fast")
        assert dump(graph, tmp_path / "dump.jsonl") == expected


def test_removed_papers_leave_what_a_build_without_them_makes(opened: Opened, expected: bytes, tmp_path: Path) -> None:
    with opened() as graph:
        graph.add(EXAMPLES, engine="fast")
        keys = [str(row[0]) for row in graph.cypher("MATCH (p:Paper) RETURN p.key ORDER BY p.key").rows]
        assert len(keys) >= 40
        for key in keys[::2]:
            assert graph.remove(paper=key) == 1
        assert dump(graph, tmp_path / "half.jsonl") != expected
        report = graph.add(EXAMPLES, engine="fast")
        assert (report.added, report.changed, report.unchanged) == (len(keys[::2]), 0, len(keys[1::2]))
        assert dump(graph, tmp_path / "again.jsonl") == expected


def test_the_same_input_again_extracts_and_writes_nothing(opened: Opened, tmp_path: Path) -> None:
    with opened() as graph:
        graph.add(EXAMPLES, engine="fast")
        before = dump(graph, tmp_path / "before.jsonl")
        report = graph.add(EXAMPLES, engine="fast")
        assert (report.added, report.changed, report.extracted) == (0, 0, 0)
        assert report.complete
        assert dump(graph, tmp_path / "after.jsonl") == before


@pytest.mark.slow
def test_the_four_listings_are_216_papers(opened: Opened, shared: Path, expected_of_listings: bytes, tmp_path: Path) -> None:
    with opened() as graph:
        report = graph.add(*sorted((shared / "data" / "listings").iterdir(), reverse=True), engine="fast")
        assert (report.records, report.added, report.complete) == (289, 216, True)
        assert graph.cypher("MATCH (p:Paper) RETURN count(p)").rows == ((216,),)
        assert dump(graph, tmp_path / "dump.jsonl") == expected_of_listings


def test_a_second_process_adds_to_a_store_that_is_open(tmp_path: Path) -> None:
    store = tmp_path / "papers.kg"
    code = "import sys; from kg import KnowledgeGraph\nwith KnowledgeGraph.open(sys.argv[1]) as g: g.add(sys.argv[2], engine='fast')"
    with KnowledgeGraph.open(store) as graph:
        subprocess.run([sys.executable, "-c", code, str(store), str(EXAMPLES)], check=True)
        assert graph.cypher("MATCH (p:Paper) RETURN count(p) >= 40").rows == ((True,),)


def test_remove_of_an_unknown_paper_touches_nothing(tmp_path: Path) -> None:
    with open_store(StoreSettings(str(tmp_path / "papers.kg"))) as store:
        assert Pipeline(store, NameResolver()).remove(["arxiv:0000.00000"]) == 0
