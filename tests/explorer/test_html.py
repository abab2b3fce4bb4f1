from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pages import GRAPH, PAPER, link

from kg.explorer import html_page, write_html
from kg.graph import Graph, Node, Ref
from kg.layout import Community, Layout, Place


def test_html_is_the_same_for_equal_graphs() -> None:
    again = Graph()
    again.add(*reversed(list(GRAPH)))
    assert html_page(again) == html_page(GRAPH)


def test_html_of_nothing_is_a_page(tmp_path: Path) -> None:
    write_html(Graph(), tmp_path / "empty.html")
    assert "Content-Security-Policy" in (tmp_path / "empty.html").read_text(encoding="utf-8")


@pytest.mark.browser
def test_page_opens_on_the_map_with_title_note_and_legend(page_path: Path, visit: Callable) -> None:
    page = visit(page_path)
    page.wait_for_selector("#map[data-drawn]")
    assert page.title() == "Sixty papers"
    assert page.locator("#panel .note").inner_text() == "Made up for tests."
    papers = page.locator('#chips [data-kind="Paper"]')
    assert papers.inner_text() == "papers 60"
    assert papers.get_attribute("aria-pressed") == "true"
    assert page.locator('#chips [data-kind="Author"]').get_attribute("aria-pressed") == "false"


@pytest.mark.browser
def test_search_leads_to_a_node_its_neighbours_and_the_sentence(page_path: Path, visit: Callable) -> None:
    paper = GRAPH.nodes[PAPER]
    page = visit(page_path)
    page.keyboard.press("/")
    page.keyboard.type(str(paper.properties["title"])[:32])
    page.wait_for_selector("#hits li")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ego .card")
    assert page.locator(".card h2").inner_text() == paper.properties["title"]
    named = {r.end for r in GRAPH.relationships.values() if r.start == PAPER and r.type == "PROPOSES"}
    rows = page.locator(".section", has_text="proposes").first.locator(".row")
    assert rows.count() == len(named)
    rows.first.focus()
    said = next(r for r in GRAPH.relationships.values() if r.start == PAPER and r.type == "PROPOSES")
    assert page.locator(".reason q").first.inner_text().strip("“”") == said.properties["evidence"]
    text, start, end = (said.properties[name] for name in ("evidence", "mention_start", "mention_end"))
    offset = said.properties["start"]
    assert page.locator(".reason mark").first.inner_text() == text[start - offset : end - offset]


@pytest.mark.browser
def test_address_is_a_permalink_and_back_works(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, link(PAPER))
    page.wait_for_selector(".card")
    first = page.url
    page.locator(".row").first.click()
    page.wait_for_function("old => location.href !== old", arg=first)
    page.go_back()
    page.wait_for_function("old => location.href === old", arg=first)
    assert page.locator(".card h2").inner_text() == GRAPH.nodes[PAPER].properties["title"]


@pytest.mark.browser
def test_ego_rows_are_all_readable(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, link(Ref("Task", "machine translation")))
    page.wait_for_selector(".row")
    boxes = page.locator(".row .words").evaluate_all(
        "all => all.map(e => [e, e.getBoundingClientRect()]).map(([e, b]) =>"
        " [b.left, b.top, b.right, b.bottom, e.scrollWidth - e.clientWidth])"
    )
    assert len(boxes) > 10
    for at, (left, top, right, bottom, hidden) in enumerate(boxes):
        assert hidden <= 0
        for other in boxes[at + 1 :]:
            assert not (left < other[2] - 1 and other[0] < right - 1 and top < other[3] - 1 and other[1] < bottom - 1)


@pytest.mark.browser
def test_page_of_a_vast_graph_opens_on_its_fields(tmp_path: Path, visit: Callable) -> None:
    graph, places = Graph(), {}
    for number in range(31_000):
        node = Node("Task", f"t{number:05d}", {"name": f"Task {number}"})
        graph.add(node)
        far = 20_000 * (number % 2)
        places[node.ref] = Place(far + (number // 2) % 125 * 40.0, number // 250 * 40.0, 12.0, number % 2)
    fields = tuple(Community(name, x, 2_500.0, 3_600.0, 15_500) for name, x in (("Left field", 2_500.0), ("Right field", 22_500.0)))
    write_html(graph, tmp_path / "vast.html", layout=Layout(places, fields))
    page = visit(tmp_path / "vast.html")
    page.wait_for_selector("#map[data-drawn]")
    box = page.locator("#map").bounding_box()
    fit = (box["width"] - 60) / 27_200
    spot = (box["x"] + box["width"] / 2 - 10_000 * fit, box["y"] + box["height"] / 2)
    page.mouse.click(*spot)
    page.wait_for_timeout(500)
    assert "node=" not in page.url
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("() => location.hash.includes('node=Task')")
    number = int(page.url.rsplit("t", 1)[1])
    assert number % 2 == 0
