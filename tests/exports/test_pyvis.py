from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import hostile_graph, texts
from pyvis.network import Network

from kg.exports import to_pyvis, write_pyvis
from kg.testing.graphs import synthetic


def test_to_pyvis_gives_a_network_with_fixed_positions() -> None:
    network = to_pyvis(synthetic(20))
    assert isinstance(network, Network)
    assert all({"x", "y"} <= node.keys() and node["physics"] is False for node in network.nodes)
    assert len({(node["x"], node["y"]) for node in network.nodes}) == len(network.nodes)
    assert len(network.edges) > len(network.nodes) / 2


def test_write_pyvis_is_the_same_bytes_for_the_same_graph(tmp_path: Path) -> None:
    write_pyvis(synthetic(15), tmp_path / "a.html")
    write_pyvis(synthetic(15), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_write_pyvis_says_what_it_leaves_out(tmp_path: Path) -> None:
    left_out = write_pyvis(synthetic(60), tmp_path / "p.html", most=100)
    assert "100 of" in left_out
    assert left_out in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert write_pyvis(synthetic(5), tmp_path / "q.html") == ""


def test_pyvis_labels_of_full_size_cover_no_other() -> None:
    nodes = [node for node in to_pyvis(synthetic(40)).nodes if "size" not in node.get("font", {})]
    assert len(nodes) > 30
    boxes = [(n["x"] - 3.4 * len(n["label"]), n["x"] + 3.4 * len(n["label"]), n["y"] + n["size"]) for n in nodes]
    for at, (left, right, top) in enumerate(boxes):
        for other_left, other_right, other_top in boxes[at + 1 :]:
            assert left >= other_right or other_left >= right or abs(top - other_top) >= 13


@pytest.mark.browser
@pytest.mark.parametrize("count", [66, pytest.param(1000, marks=pytest.mark.long)])
def test_pyvis_page_runs_nothing_and_asks_for_nothing(tmp_path: Path, visit: Callable, count: int) -> None:
    write_pyvis(hostile_graph(texts(count)), tmp_path / "p.html", title="<script>alert(1)</script>{{ data }}", most=count)
    page = visit(tmp_path / "p.html")
    page.wait_for_selector("canvas")
    page.wait_for_timeout(200)
    spots = page.evaluate("() => Object.values(network.getPositions()).map(s => network.canvasToDOM(s))")
    middles = page.evaluate("""() => { const at = network.getPositions(); return edges.get().map(({ from, to }) =>
        network.canvasToDOM({ x: (at[from].x + at[to].x) / 2, y: (at[from].y + at[to].y) / 2 })); }""")
    frame = page.locator("#mynetwork").bounding_box()
    seen = 0
    for spot in spots + middles[: len(spots) // 3]:
        page.mouse.move(frame["x"] + spot["x"], frame["y"] + spot["y"])
        page.wait_for_timeout(150)
        seen += page.locator(".vis-tooltip").evaluate_all("all => all.filter(t => t.style.visibility === 'visible').length")
        page.mouse.click(frame["x"] + spot["x"], frame["y"] + spot["y"])
    assert seen > len(spots) / 3
    assert page.locator("img, iframe, object, embed, form, svg").count() == 0
    assert page.title() == "<script>alert(1)</script>{{ data }}"
