"""The facade on a real store: what the commands do, in Python."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest

from kg import KnowledgeGraph
from kg.api import FORMATS, Slice, extract_file, read
from kg.errors import InputError, StoreError, UsageError
from kg.settings import QueryLimits

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(tmp_path_factory.mktemp("api") / "papers.kg") as opened:
        opened.add(EXAMPLES, engine="fast")
        yield opened


def test_add_reports_what_it_did_and_goes_on_after_a_loss(graph: KnowledgeGraph, tmp_path: Path) -> None:
    cut = tmp_path / "cut.jsonl"
    cut.write_text('{"id": "2401.00001", "title": "Fern", "abstract": "We introduce Fern."}\n{"id": "2401.0')
    report = graph.add(EXAMPLES, tmp_path / "missing.txt", cut, engine="fast")
    lost = [loss for loss in report.losses if not loss.furniture]
    assert (report.added, report.complete, len(lost)) == (1, False, 2)
    assert "no such file" in lost[0].message
    assert lost[1].origin.line == 2
    assert graph.remove(paper="arxiv:2401.00001") == 1
    assert graph.remove(paper="arxiv:2401.00001") == 0


def test_find_gives_cards_in_any_spelling(graph: KnowledgeGraph) -> None:
    cards = graph.find("gsm8k")
    assert [card.name for card in cards] == [card.name for card in graph.find("GSM8K")]
    assert cards[0].kind == "Benchmark"
    assert cards[0].results.records()


def test_why_gives_sentences_that_stand_in_the_text(graph: KnowledgeGraph) -> None:
    steps = [step for joint in graph.why("GSM8K", "MATH") for step in joint.steps]
    assert steps
    texts = " ".join(str(row[0]) for row in graph.cypher("MATCH (p:Paper) RETURN p.title + ' ' + coalesce(p.abstract, '')").rows)
    assert all(step.evidence in texts for step in steps if step.evidence)


def test_leaderboard_is_a_query_of_the_library(graph: KnowledgeGraph) -> None:
    assert graph.leaderboard("GSM8K").rows
    with pytest.raises(UsageError, match="no_such"):
        graph.query("no_such")


def test_every_query_runs_with_its_defaults(graph: KnowledgeGraph) -> None:
    assert len(graph.queries()) >= 30
    for query in graph.queries():
        assert graph.query(query.name).columns == query.columns, query.name


def test_cypher_announces_what_it_cut(graph: KnowledgeGraph) -> None:
    table = graph.cypher("MATCH (n:Name) RETURN n.key ORDER BY n.key", limits=QueryLimits(rows=3))
    assert len(table.rows) == 3
    assert table.truncated


def test_neighbours_and_networkx_see_one_graph(graph: KnowledgeGraph) -> None:
    near = graph.neighbours("GSM8K")
    network = graph.to_networkx(Slice(around="GSM8K", hops=1))
    assert isinstance(network, networkx.MultiDiGraph)
    assert set(network.nodes) == {(ref.label, ref.key) for ref in near.nodes}
    assert network.number_of_edges() == len(near.relationships)


def test_frames_have_a_row_for_each(graph: KnowledgeGraph) -> None:
    nodes, relationships = graph.to_pandas()
    whole = graph.graph().graph
    assert (len(nodes), len(relationships)) == (len(whole.nodes), len(whole.relationships))


@pytest.mark.parametrize("name", FORMATS)
def test_export_is_the_same_bytes_again(graph: KnowledgeGraph, name: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    graph.export(name, first)
    graph.export(name, second)
    one, two = ({p.name: p.read_bytes() for p in (path.iterdir() if path.is_dir() else [path])} for path in (first, second))
    assert list(one.values()) == list(two.values())
    assert all(one.values())


@pytest.mark.parametrize("name", ["cypher", "gexf", "graphml", "jsonl", "jsonld"])
def test_export_streams_the_bytes_of_the_graph_in_memory(graph: KnowledgeGraph, name: str, tmp_path: Path) -> None:
    graph.export(name, tmp_path / "streamed")
    FORMATS[name](graph.graph().graph, tmp_path / "held")
    assert (tmp_path / "streamed").read_bytes() == (tmp_path / "held").read_bytes()


def test_export_says_what_would_be_right(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="graphml"):
        graph.export("graphlm", tmp_path / "x")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="file"):
        graph.export("jsonl", tmp_path / "file" / "x.jsonl")


def test_check_and_stats_agree_with_the_dump(graph: KnowledgeGraph, tmp_path: Path) -> None:
    assert graph.check() == []
    graph.export("jsonl", tmp_path / "dump.jsonl")
    lines = (tmp_path / "dump.jsonl").read_text("utf-8").splitlines()
    papers = sum(json.loads(line).get("label") == "Paper" for line in lines)
    assert graph.cypher("MATCH (p:Paper) RETURN count(p)").rows == ((papers,),)
    assert lines == sorted(lines)


def test_open_without_create_says_that_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="build one first"):
        KnowledgeGraph.open(tmp_path / "none.kg", create=False)


def test_reading_and_extracting_need_no_store(tmp_path: Path) -> None:
    assert len(list(read(EXAMPLES))) >= 40
    report = extract_file(EXAMPLES, out=tmp_path / "out.jsonl", engine="fast")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == report.extracted
    assert len({line["id"] for line in lines}) == len(lines)
