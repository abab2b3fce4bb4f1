"""Hostile texts in every field of a graph, its page opened in a real browser, everything in it pointed at and clicked.

The fixture `visit` has a wire that fails the test for any dialog, request, error, console message or window.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import hostile_graph, texts
from pages import link

from kg.explorer import write_html
from kg.graph import Graph, Ref

pytestmark = pytest.mark.browser
TITLE = "</title><script>alert(1)</script>{{script}}"
#: Opens each address, points at every row, opens every sentence, and gives what should not be there.
WALK = """async addresses => {
  const found = new Set();
  const turn = () => new Promise(done => setTimeout(done));
  for (const address of addresses) {
    location.hash = address;
    await turn();
    for (const row of document.querySelectorAll(".row")) {
      row.focus();
      row.dispatchEvent(new PointerEvent("pointerenter", { bubbles: false }));
    }
    for (const details of document.querySelectorAll("details")) details.open = true;
    await turn();
    for (const one of document.querySelectorAll("img, iframe, object, embed, form, link, base, svg, video, audio"))
      found.add(one.outerHTML.slice(0, 80));
    for (const one of document.querySelectorAll("*"))
      for (const { name } of one.attributes) if (name.startsWith("on")) found.add(`${one.tagName} ${name}`);
    for (const one of document.links)
      if (!one.getAttribute("href").startsWith("#")
          && (!["http:", "https:"].includes(one.protocol) || !one.rel.includes("noopener"))) found.add(one.href);
  }
  if (document.scripts.length !== 2) found.add("scripts");
  return [...found];
}"""


def _shown(graph: Graph) -> list[Ref]:
    return sorted(ref for ref in graph.nodes if ref.label not in ("Name", "ExtractionRun"))


def _page(graph: Graph, path: Path, visit: Callable) -> object:
    write_html(graph, path, title=TITLE, note="<img src=x onerror=alert(2)>")
    page = visit(path)
    page.wait_for_selector("#map[data-drawn]")
    assert page.title() == TITLE
    return page


def test_hostile_texts_run_nothing_and_ask_for_nothing(tmp_path: Path, visit: Callable) -> None:
    graph = hostile_graph(texts(220))
    page = _page(graph, tmp_path / "h.html", visit)
    assert page.evaluate(WALK, [link(ref) for ref in _shown(graph)]) == []


@pytest.mark.parametrize("view", ["board", "time", "matrix", "list", "path"])
def test_hostile_tables_run_nothing_and_ask_for_nothing(tmp_path: Path, visit: Callable, view: str) -> None:
    graph = hostile_graph(texts(220))
    page = _page(graph, tmp_path / "h.html", visit)
    benchmarks = [ref for ref in _shown(graph) if ref.label == "Benchmark"]
    model = next(ref for ref in _shown(graph) if ref.label == "Model")
    more = {"to": f"Model:{model.key}"} if view == "path" else {}
    assert page.evaluate(WALK, [f"#view={view}", *(link(ref, view, **more) for ref in benchmarks)]) == []


def test_hostile_nodes_on_the_map_are_pointed_at_and_clicked(tmp_path: Path, visit: Callable) -> None:
    graph = hostile_graph(texts(78))
    page = _page(graph, tmp_path / "h.html", visit)
    box = page.locator("#map").bounding_box()
    for step in range(300):
        x, y = box["x"] + box["width"] * (step % 20 + 0.5) / 20, box["y"] + box["height"] * (step // 20 + 0.5) / 15
        page.mouse.move(x, y)
        page.mouse.click(x, y)
    assert page.evaluate(WALK, [page.evaluate("location.hash")]) == []


def test_hostile_texts_found_by_search_open_their_node(tmp_path: Path, visit: Callable) -> None:
    graph = hostile_graph(texts(220))
    page = _page(graph, tmp_path / "h.html", visit)
    for typed in ("alert", "javascript", "<img src=x onerror=alert(1)>", "__proto__", "constructor", "{{", "\u202e"):
        page.fill("#search", typed)
        for hit in page.locator("#hits li").all()[:5]:
            hit.hover()
        page.keyboard.press("Enter")
    page.fill("#search", "constructor")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ego .card")
    assert page.evaluate(WALK, [page.evaluate("location.hash")]) == []


@pytest.mark.long
def test_a_thousand_hostile_texts_in_every_field_run_nothing(tmp_path: Path, visit: Callable) -> None:
    graph = hostile_graph(texts(1000), every=True)
    page = _page(graph, tmp_path / "h.html", visit)
    addresses = [link(ref) for ref in _shown(graph)]
    assert len(addresses) == 11_000
    for start in range(0, len(addresses), 100):
        assert page.evaluate(WALK, addresses[start : start + 100]) == []
