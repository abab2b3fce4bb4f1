from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import hostile_graph, texts
from pages import GRAPH, PAPER

from kg.api import KnowledgeGraph, Slice
from kg.explorer import Frame, html_page
from kg.graph import Graph, difference
from kg.testing.memory import MemoryStore


def _open(graph: Graph) -> KnowledgeGraph:
    store = MemoryStore()
    store.apply(difference(Graph(), graph))
    return KnowledgeGraph(store)


def test_show_gives_a_slice_and_says_what_it_leaves_out() -> None:
    frame = _open(GRAPH).show(Slice(top=50), height=300)
    assert "This is a part" in frame.page
    assert "height: 300px" in frame._repr_html_()
    assert len(repr(frame)) < 100


@pytest.mark.browser
def test_frame_works_in_a_notebook_and_reaches_nothing_of_it(tmp_path: Path, visit: Callable) -> None:
    pages = [_open(GRAPH)._repr_html_(), Frame(html_page(hostile_graph(texts(60)), title="\"'><script>alert(1)</script>"))._repr_html_()]
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><meta charset=utf-8><p id=own>notebook</p>{''.join(pages)}", "utf-8")
    page = visit(tmp_path / "notebook.html")
    for frame in page.frames[1:]:
        frame.wait_for_selector("#map[data-drawn]")
    frame = page.frames[1]
    frame.fill("#search", str(GRAPH.nodes[PAPER].properties["title"])[:30])
    frame.press("#search", "Enter")
    frame.wait_for_selector(".ego .card")
    frame.locator("#tabs [data-view=list]").click()
    frame.fill(".filter", "robust")
    frame.wait_for_function("() => document.querySelectorAll('tbody tr').length < 60")
    assert frame.evaluate("() => { try { return String(parent.document); } catch { return 'kept out'; } }") == "kept out"
