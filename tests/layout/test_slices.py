from __future__ import annotations

from datetime import date

import pytest

from kg.errors import UsageError
from kg.graph import Graph, Node, Ref, Relationship
from kg.layout import Slice, cut, named_in
from kg.ports import Table
from kg.testing.graphs import synthetic

GRAPH = synthetic(80)


def _busiest(label: str) -> Node:
    counts = {ref: 0 for ref in GRAPH.nodes if ref.label == label}
    for r in GRAPH.relationships.values():
        for end in (r.start, r.end):
            if end in counts:
                counts[end] += 1
    return GRAPH.nodes[max(counts, key=lambda ref: (counts[ref], ref))]


def _whole(part: Graph) -> bool:
    return all(r.start in part.nodes and r.end in part.nodes for r in part.relationships.values())


def test_cut_of_nothing_asked_is_everything() -> None:
    found = cut(GRAPH, Slice())
    assert found.graph == GRAPH
    assert found.left_out == ""


def test_cut_by_paper_keeps_all_that_it_supports() -> None:
    paper = next(ref for ref in sorted(GRAPH.nodes) if ref.label == "Paper")
    for text in (paper.key, paper.key.removeprefix("arxiv:"), f"https://arxiv.org/abs/{paper.key.removeprefix('arxiv:')}v2"):
        part = cut(GRAPH, Slice(papers=(text,))).graph
        assert _whole(part)
        supported = {r.id for r in GRAPH.relationships.values() if r.properties.get("paper") == paper.key}
        assert supported <= set(part.relationships)
        assert [ref for ref in part.nodes if ref.label == "Paper"] == [paper]


def test_cut_around_a_name_grows_with_hops() -> None:
    model = _busiest("Model")
    sizes = []
    for hops in (0, 1, 2):
        part = cut(GRAPH, Slice(around=str(model.properties["name"]).upper(), hops=hops)).graph
        assert model.ref in part.nodes
        assert _whole(part)
        sizes.append(sum(ref.label == "Paper" for ref in part.nodes))
    assert sizes[0] == 0 < sizes[1] < sizes[2]


def test_cut_by_benchmark_brings_its_results_with_both_sides() -> None:
    benchmark = _busiest("Benchmark")
    part = cut(GRAPH, Slice(benchmark=str(benchmark.properties["name"]))).graph
    results = {r.start for r in GRAPH.relationships.values() if r.type == "ON" and r.end == benchmark.ref}
    assert results
    assert results <= set(part.nodes)
    subjects = {r.end for r in GRAPH.relationships.values() if r.type == "OF" and r.start in results}
    assert subjects <= set(part.nodes)


def test_cut_since_keeps_only_what_newer_papers_support() -> None:
    part = cut(GRAPH, Slice(since=date(2025, 1, 1))).graph
    papers = [node for node in part.nodes.values() if node.label == "Paper"]
    assert papers
    assert all(node.properties["published"] >= date(2025, 1, 1) for node in papers)
    keys = {node.key for node in papers}
    assert all(r.properties["paper"] in keys for r in part.relationships.values() if "paper" in r.properties)


def test_cut_top_keeps_the_most_connected_and_what_was_asked_for() -> None:
    part = cut(GRAPH, Slice(around="Machine Translation", hops=2, top=30))
    shown = [ref for ref in part.graph.nodes if ref.label not in ("Name", "ExtractionRun")]
    assert len(shown) == 30
    assert Ref("Task", "machine translation") in part.graph.nodes
    assert part.left_out.startswith("This is a part: 30 of")


def test_cut_keeps_the_names_and_runs_of_what_it_keeps() -> None:
    part = cut(GRAPH, Slice(around="Machine Translation")).graph
    kinds = {r.type for r in part.relationships.values()}
    assert {"NAMES", "EXTRACTED_BY"} <= kinds


def test_cut_does_not_follow_bookkeeping() -> None:
    graph = Graph()
    run = Node("ExtractionRun", "run")
    papers = [Node("Paper", f"p{n}", {"title": f"Paper {n}"}) for n in range(3)]
    graph.add(run, *papers, *(Relationship("EXTRACTED_BY", p.ref, run.ref, {"paper": p.key}) for p in papers))
    assert [ref.key for ref in cut(graph, Slice(papers=("p0",), hops=3)).graph.nodes] == ["p0", "run"]


def test_cut_by_what_an_answer_names_takes_keys_names_and_titles() -> None:
    paper, model = next(node for node in GRAPH.nodes.values() if node.label == "Paper"), _busiest("Model")
    name = str(model.properties["name"])
    answer = Table(
        ("kind", "name", "paper", "title", "evidence"), (("Model", name, paper.key, paper.properties["title"], "Machine Translation"),)
    )
    bare = cut(GRAPH, Slice(named=named_in(answer), hops=0)).graph
    assert {ref for ref in bare.nodes if ref.label not in ("Name", "ExtractionRun")} == {paper.ref, model.ref}
    near = cut(GRAPH, Slice(named=named_in(answer))).graph
    assert set(bare.nodes) < set(near.nodes)
    assert _whole(near)


def test_cut_by_an_answer_minds_the_label_that_it_gives() -> None:
    model = _busiest("Model")
    name = str(model.properties["name"])
    with pytest.raises(UsageError, match="names nothing"):
        cut(GRAPH, Slice(named=named_in(Table(("benchmark", "papers"), ((name, 3),)))))
    assert model.ref in cut(GRAPH, Slice(named=named_in(Table(("loser",), ((name,),))))).graph.nodes


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Slice(around="Machin Translation"), "near it are Machine Translation"),
        (Slice(papers=("9999.99999",)), "no paper"),
        (Slice(benchmark="Machine Translation"), "nothing in this graph is called"),
        (Slice(around="x", hops=-1), "hops"),
        (Slice(top=0), "top"),
        (Slice(named=()), "names nothing"),
    ],
)
def test_cut_says_what_is_wrong(wanted: Slice, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cut(GRAPH, wanted)
