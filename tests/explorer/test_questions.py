"""The six questions that a reader has, asked of the page of the four listings as a reader asks them: by typing and clicking."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.api import KnowledgeGraph
from kg.explorer import write_html
from kg.graph import Graph, Ref
from kg.layout import caption
from kg.testing.memory import MemoryStore

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.shared]


@pytest.fixture(scope="module")
def listings(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Path]:
    with KnowledgeGraph(MemoryStore()) as built:
        report = built.add(*sorted((shared / "data" / "listings").glob("*.txt")), engine="fast")
        assert report.complete
        graph = built.graph().graph
    path = tmp_path_factory.mktemp("listings") / "graph.html"
    write_html(graph, path, title="Four listings")
    return graph, path


def _said(graph: Graph, kind: str, *, start: Ref | None = None, end: Ref | None = None) -> set[str]:
    """Captions of what a kind of relationship joins to one end."""
    found = [r for r in graph.relationships.values() if r.type == kind and (r.start == start or r.end == end)]
    return {caption(graph.nodes[r.end if start else r.start]) for r in found}


def _most(graph: Graph, kind: str, *, label: str, incoming: bool) -> Ref:
    """The node of a label with the most relationships of a kind."""
    ends = Counter(r.end if incoming else r.start for r in graph.relationships.values() if r.type == kind)
    return max((ref for ref in ends if ref.label == label), key=lambda ref: (ends[ref], ref))


def _ask(page: Page, graph: Graph, ref: Ref) -> None:
    """Type the name, take the hit of the right kind."""
    name = caption(graph.nodes[ref])
    page.wait_for_selector("#chips button")
    page.keyboard.press("/")
    page.keyboard.type(name)
    page.locator("#hits li", has=page.locator(".kindname", has_text=ref.label)).filter(has_text=name).first.click()
    page.wait_for_function("name => document.querySelector('.ego .card h2')?.innerText === name", arg=name)


def _section(page: Page, verb: str) -> Locator:
    return page.locator(".section", has=page.locator(".verb", has_text=verb))


def _rows(page: Page, verb: str) -> set[str]:
    while (more := _section(page, verb).locator(".more")).count():
        more.first.click()
    return {text.split("\n")[0].split(" ×")[0].strip() for text in _section(page, verb).locator(".row bdi").all_inner_texts()}


def test_what_proposes_it_and_what_beats_it(listings: tuple[Graph, Path], visit: Callable) -> None:
    graph, path = listings
    beaten = _most(graph, "OUTPERFORMS", label="Method", incoming=True)
    page = visit(path)
    _ask(page, graph, beaten)
    assert _rows(page, "← outperformed by") == _said(graph, "OUTPERFORMS", end=beaten)
    proposed = _most(graph, "PROPOSES", label="Method", incoming=True)
    _ask(page, graph, proposed)
    assert _rows(page, "← proposed by") == _said(graph, "PROPOSES", end=proposed)


def test_where_the_code_is(listings: tuple[Graph, Path], visit: Callable) -> None:
    graph, path = listings
    paper = _most(graph, "HAS_CODE", label="Paper", incoming=False)
    page = visit(path)
    _ask(page, graph, paper)
    row = _section(page, "code →").locator(".row").first
    assert row.inner_text() in _said(graph, "HAS_CODE", start=paper)
    row.click()
    page.wait_for_function("() => location.hash.includes('Repository')")
    link = page.locator("#panel .facts a").first
    urls = {str(graph.nodes[r.end].properties["url"]) for r in graph.relationships.values() if r.type == "HAS_CODE" and r.start == paper}
    assert link.get_attribute("href") in urls
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_what_the_evidence_is(listings: tuple[Graph, Path], visit: Callable) -> None:
    graph, path = listings
    paper = _most(graph, "EVALUATED_ON", label="Paper", incoming=False)
    page = visit(path)
    _ask(page, graph, paper)
    evidence = {
        caption(graph.nodes[r.end]): r.properties for r in graph.relationships.values() if r.start == paper and r.type == "EVALUATED_ON"
    }
    assert evidence
    for name, said in evidence.items():
        _section(page, "evaluated on →").locator(".row", has_text=name).first.focus()
        assert page.locator(".reason q").first.inner_text().strip("“”").split() == str(said["evidence"]).split()
        first, last = (int(str(said[end])) - int(str(said["start"])) for end in ("mention_start", "mention_end"))
        assert page.locator(".reason mark").first.inner_text().split() == str(said["evidence"])[first:last].split()
        assert f"confidence {said['confidence']:.2f}" in page.locator(".reason .source").first.inner_text()


def test_who_uses_a_benchmark_over_time(listings: tuple[Graph, Path], visit: Callable) -> None:
    graph, path = listings
    benchmark = _most(graph, "EVALUATED_ON", label="Benchmark", incoming=True)
    page = visit(path)
    _ask(page, graph, benchmark)
    page.get_by_role("button", name="Over time").click()
    page.wait_for_selector("table.big")
    keys = {str(r.properties["paper"]) for r in graph.relationships.values() if benchmark in (r.start, r.end) and "paper" in r.properties}
    papers = {key: graph.nodes[Ref("Paper", key)] for key in keys}
    assert set(page.locator("tbody td:nth-child(2)").all_inner_texts()) == {caption(paper) for paper in papers.values()}
    dates = page.locator("tbody th").all_inner_texts()
    assert dates == sorted(dates, reverse=True)
    dated = [paper for paper in papers.values() if paper.properties.get("published") or paper.properties.get("listed")]
    assert sum(int(count or 0) for count in page.locator(".bars .count").all_inner_texts()) == len(dated)
    if undated := len(papers) - len(dated):
        assert f"{undated} paper" in page.locator("p.soft", has_text="without a date").inner_text()


def test_how_two_things_are_connected(listings: tuple[Graph, Path], visit: Callable) -> None:
    graph, path = listings
    ends = _most(graph, "USES", label="Method", incoming=True), _most(graph, "EVALUATED_ON", label="Benchmark", incoming=True)
    page = visit(path)
    _ask(page, graph, ends[0])
    page.get_by_role("button", name="Find a path from it").click()
    page.get_by_role("combobox", name="To").fill(caption(graph.nodes[ends[1]]))
    page.keyboard.press("Enter")
    page.wait_for_selector(".way")
    way = page.locator(".way").first
    stops = way.locator(".stop a").all_inner_texts()
    assert (stops[0], stops[-1]) == (caption(graph.nodes[ends[0]]), caption(graph.nodes[ends[1]]))
    joined = {frozenset((caption(graph.nodes[r.start]), caption(graph.nodes[r.end]))) for r in graph.relationships.values()}
    for step in itertools.pairwise(stops):
        assert frozenset(step) in joined
    assert way.locator(".link q").count() > 0
