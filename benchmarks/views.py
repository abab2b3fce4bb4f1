"""The pages that people open, next to pyvis, neo4j-viz and networkx's layout, of the same graphs in one run.

    python benchmarks/views.py [NODES...]

Needs a Chromium and the package playwright; the browser runs without a GPU. NEO4J_VIZ names a Python that has neo4j-viz; without it
that row is left out. Absolute figures are this machine's, the best of several runs; what counts are the last columns, side by side.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import networkx as nx

from kg.explorer import write_html
from kg.exports import write_pyvis
from kg.graph import Graph
from kg.layout import KINDS, place
from kg.testing.graphs import synthetic

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

T = TypeVar("T")
SIZES = (2_000, 20_000, 100_000)
#: Shown nodes that the made graph has for each paper, nearly.
NODES_A_PAPER = 5.0
#: What others take is measured up to here: beyond, they need minutes.
SPRING, OTHERS = 2_000, 20_000
RUNS = 3
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: When some canvas of the page first holds a picture: more than three colours, looked at once a frame.
PICTURE = """() => {
  for (const canvas of document.querySelectorAll("canvas")) {
    if (!canvas.width) continue;
    const small = document.createElement("canvas");
    [small.width, small.height] = [120, 80];
    const context = small.getContext("2d");
    context.drawImage(canvas, 0, 0, 120, 80);
    if (new Set(new Uint32Array(context.getImageData(0, 0, 120, 80).data.buffer)).size > 3) return performance.now();
  }
  return 0;
}"""
#: The longest time between two frames from now on.
WATCH = """() => {
  let before = performance.now();
  window.longest = 0;
  const frame = now => {
    window.longest = Math.max(window.longest, now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(now => { before = now; requestAnimationFrame(frame); });
}"""
SEARCH = """typed => {
  const field = document.getElementById("search");
  return typed.map(text => {
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input"));
    document.body.offsetHeight;
    return performance.now() - start;
  });
}"""
EGO = """async addresses => {
  const times = [];
  for (const address of addresses) {
    const start = performance.now();
    const there = new Promise(done => addEventListener("hashchange", () => done(), { once: true }));
    location.hash = address;
    await there;
    document.body.offsetHeight;
    times.push(performance.now() - start);
  }
  return times;
}"""
NEO4J_VIZ = """
import json, sys
from neo4j_viz import Node, Relationship, VisualizationGraph
nodes, edges = json.load(open(sys.argv[1]))
joined = [Relationship(source=a, target=b) for a, b in edges]
graph = VisualizationGraph(nodes=[Node(id=at, caption=words) for at, words in nodes], relationships=joined)
shown = graph.render(max_allowed_nodes=1_000_000, renderer="canvas")
open(sys.argv[2], "w", encoding="utf-8").write("<!DOCTYPE html><meta charset=utf-8>" + shown.data)
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page in the browser: milliseconds to its first picture, and the longest time without a frame while dragging; None for never."""

    picture: float | None
    blocked: float | None


def timed(act: Callable[[], T]) -> tuple[T, float]:
    """What it gives and the seconds it took."""
    gc.collect()
    start = time.perf_counter()
    given = act()
    return given, time.perf_counter() - start


def spring(graph: Graph) -> float:
    """Seconds of networkx's spring_layout on what the map shows."""
    plain = nx.Graph()
    plain.add_nodes_from(ref for ref in graph.nodes if ref.label in KINDS)
    plain.add_edges_from((r.start, r.end) for r in graph.relationships.values() if r.start in plain and r.end in plain)
    return timed(lambda: nx.spring_layout(plain, seed=7))[1]


def opened(browser: Browser, path: Path, patience: float = 60.0) -> tuple[Page, float | None]:
    """The page, and when its first picture was there."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri(), wait_until="commit")
    try:
        return page, float(page.wait_for_function(PICTURE, polling="raf", timeout=patience * 1000).json_value())
    except Exception:  # noqa: BLE001  # a page that answers nothing fails in many ways
        return page, None


def dragged(page: Page) -> float | None:
    """The longest time without a frame while the picture is dragged for a while."""
    try:
        page.wait_for_timeout(500)
        page.evaluate(WATCH)
        page.mouse.move(500, 500)
        page.mouse.down()
        for step in range(20):
            page.mouse.move(500 + 4 * (step % 30), 500 + 3 * (step % 20))
            page.wait_for_timeout(16)
        page.mouse.up()
        return float(page.evaluate("window.longest"))
    except Exception:  # noqa: BLE001  # the same
        return None


def look(browser: Browser, path: Path) -> Seen:
    """The least disturbed of some openings, and of a drag in each: other work on the machine only ever adds."""
    pictures, blocks = [], []
    for _ in range(RUNS):
        page, picture = opened(browser, path)
        blocked = dragged(page) if picture else None
        page.close()
        if picture is None or blocked is None:
            return Seen(picture, None)
        pictures.append(picture)
        blocks.append(blocked)
    return Seen(min(pictures), min(blocks))


def asked(browser: Browser, path: Path, graph: Graph) -> tuple[list[float], list[float]]:
    """Milliseconds of searches, misspelt ones among them, and of moves from one node's surroundings to another's."""
    page, _ = opened(browser, path)
    page.wait_for_selector("#chips button")
    refs = sorted(ref for ref in graph.nodes if ref.label in ("Paper", "Model", "Method", "Benchmark", "Task"))
    some = refs[:: max(1, len(refs) // 40)]
    names = [str(graph.nodes[ref].properties.get("name") or graph.nodes[ref].properties.get("title")) for ref in some]
    typed = [part for name in names for part in (name[:1], name[:3], name, name[:4] + name[5:12])]
    searches = page.evaluate(SEARCH, typed)
    moves = page.evaluate(EGO, [f"#view=node&node={ref.label}%3A{_quoted(ref.key)}" for ref in some])
    page.close()
    return sorted(searches), sorted(moves)


def _quoted(text: str) -> str:
    return "".join(sign if sign.isalnum() else f"%{byte:02X}" for sign in text for byte in sign.encode()[:1])


def neo4j_viz(graph: Graph, folder: Path) -> Path | None:
    """The page that neo4j-viz makes, if there is a Python that has it."""
    python = os.environ.get("NEO4J_VIZ")
    if not python:
        return None
    refs = sorted(ref for ref in graph.nodes if ref.label in KINDS)
    number = {ref: at for at, ref in enumerate(refs)}
    edges = [(number[r.start], number[r.end]) for _, r in sorted(graph.relationships.items()) if r.start in number and r.end in number]
    (folder / "graph.json").write_text(json.dumps([[(at, ref.key) for ref, at in number.items()], edges]), "utf-8")
    (folder / "make.py").write_text(NEO4J_VIZ, "utf-8")
    subprocess.run([python, folder / "make.py", folder / "graph.json", folder / "neo4j-viz.html"], check=True)
    return folder / "neo4j-viz.html"


def row(what: str, path: Path, seen: Seen, ours: Seen) -> None:
    """One line: the page, its size, first picture and drag, and both next to ours."""

    def ratio(one: float | None, other: float | None) -> str:
        return f"{one / other:8.1f} x" if one and other else "   never  " if one is None else "          "

    size = path.stat().st_size / 1e6
    figures = "".join(f"{one:10.0f} ms" if one else "        never" for one in (seen.picture, seen.blocked))
    print(f"  {what:<22}{size:7.2f} MB{figures}{ratio(seen.picture, ours.picture)}{ratio(seen.blocked, ours.blocked)}", flush=True)


def measure(browser: Browser, size: int, folder: Path) -> None:
    """All figures of one size."""
    graph = synthetic(round(size / NODES_A_PAPER))
    shown = sum(ref.label in KINDS for ref in graph.nodes)
    busy = time.process_time()
    layout, seconds = timed(lambda: place(graph))
    busy = time.process_time() - busy
    _, writing = timed(lambda: write_html(graph, folder / "ours.html", layout=layout))
    print(f"{shown:,} nodes, {len(graph.relationships):,} relationships", flush=True)
    print(f"  layout {seconds:.1f} s ({busy:.1f} s of processor), page {writing:.1f} s", flush=True)
    if size <= SPRING:
        print(f"  layout next to networkx's spring_layout {seconds / spring(graph):.2f} x", flush=True)
    ours = look(browser, folder / "ours.html")
    print(f"  {'page':<22}{'file':>10}{'first picture':>13}{'drag':>13}   next to ours", flush=True)
    row("kg export html", folder / "ours.html", ours, ours)
    if size <= OTHERS:
        write_pyvis(graph, folder / "pyvis.html", most=shown)
        row("pyvis, our positions", folder / "pyvis.html", look(browser, folder / "pyvis.html"), ours)
        if other := neo4j_viz(graph, folder):
            row("neo4j-viz, canvas", other, look(browser, other), ours)
    searches, moves = asked(browser, folder / "ours.html", graph)
    for what, times in (("search", searches), ("to another node", moves)):
        print(f"  {what:<22}{statistics.median(times):7.1f} ms in the middle,{times[int(len(times) * 0.95)]:7.1f} ms at 95 %", flush=True)


def main() -> None:
    """Measure every size that was asked for."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("PAPERKG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for size in [int(word) for word in sys.argv[1:]] or SIZES:
            measure(browser, size, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
