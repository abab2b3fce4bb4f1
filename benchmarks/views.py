"""The pages that people open, next to pyvis, neo4j-viz and networkx's layout, of the same graphs in one run.

    python benchmarks/views.py [NODES...]

Needs a Chromium and the package playwright; the browser runs without a GPU. NEO4J_VIZ names a Python that has neo4j-viz; without it
that row is left out. Absolute figures are this machine's, the best of several runs; what counts are the last columns, side by side.
Each page has a browser of its own for at most LIMIT seconds; what is not there by then is told as "over" the time it had.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
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
    from playwright.sync_api import Browser, Page, Playwright

T = TypeVar("T")
SIZES = (2_000, 20_000, 100_000)
#: Shown nodes that the made graph has for each paper, nearly.
NODES_A_PAPER = 5.0
#: What others take is measured up to here: beyond, they need minutes.
SPRING, OTHERS = 2_000, 20_000
RUNS = 3
#: Seconds that all openings of one page may take, of a page whose browser no longer answers too.
LIMIT = 120
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
class Figure:
    """Milliseconds; where `over`, it took longer than that."""

    time: float
    over: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A page in the browser: the time to its first picture, and the longest time without a frame while dragging; None if never tried."""

    picture: Figure | None
    drag: Figure | None


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


def opened(browser: Browser, path: Path) -> tuple[Page, float]:
    """The page, and when its first picture was there. Waits for as long as it takes."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri(), wait_until="commit", timeout=0)
    return page, float(page.wait_for_function(PICTURE, polling="raf", timeout=0).json_value())


def dragged(page: Page) -> float:
    """The longest time without a frame while the picture is dragged for a while."""
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    page.mouse.move(500, 500)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(500 + 4 * (step % 30), 500 + 3 * (step % 20))
        page.wait_for_timeout(16)
    page.mouse.up()
    return float(page.evaluate("window.longest"))


def open_again_and_again(path: Path) -> None:
    """Print a line for each thing that happens to a page: an opening begins, its first picture, its drag. `look` reads it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = chromium(playwright)
        for _ in range(RUNS):
            print(json.dumps(["opens", time.time()]), flush=True)
            page, picture = opened(browser, path)
            print(json.dumps(["picture", picture]), flush=True)
            print(json.dumps(["drags", time.time()]), flush=True)
            print(json.dumps(["drag", dragged(page)]), flush=True)
            page.close()
        browser.close()


def look(path: Path) -> Seen:
    """The least disturbed of some openings, and of a drag in each: other work on the machine only ever adds."""
    process = subprocess.Popen([sys.executable, __file__, "--open", path], stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said, _ = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
    ended = time.time()
    lines = [json.loads(line) for line in said.splitlines()]

    def best(what: str, begins: str) -> Figure | None:
        if times := [figure for name, figure in lines if name == what]:
            return Figure(min(times))
        begun = [figure for name, figure in lines if name == begins]
        return Figure(1000 * (ended - begun[0]), over=True) if begun else None

    return Seen(best("picture", "opens"), best("drag", "drags"))


def chromium(playwright: Playwright) -> Browser:
    """A browser without a GPU that resolves no name."""
    path = os.environ.get("PAPERKG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def asked(path: Path, graph: Graph) -> tuple[list[float], list[float]]:
    """Milliseconds of searches, misspelt ones among them, and of moves from one node's surroundings to another's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = chromium(playwright)
        times = _asked(opened(browser, path)[0], graph)
        browser.close()
    return times


def _asked(page: Page, graph: Graph) -> tuple[list[float], list[float]]:
    page.wait_for_selector("#chips button")
    refs = sorted(ref for ref in graph.nodes if ref.label in ("Paper", "Model", "Method", "Benchmark", "Task"))
    some = refs[:: max(1, len(refs) // 40)]
    names = [str(graph.nodes[ref].properties.get("name") or graph.nodes[ref].properties.get("title")) for ref in some]
    typed = [part for name in names for part in (name[:1], name[:3], name, name[:4] + name[5:12])]
    searches = page.evaluate(SEARCH, typed)
    moves = page.evaluate(EGO, [f"#view=node&node={ref.label}%3A{_quoted(ref.key)}" for ref in some])
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

    def told(figure: Figure | None) -> str:
        if figure is None:
            return "not tried"
        return f"over {figure.time / 1000:.0f} s" if figure.over else f"{figure.time:.0f} ms"

    def ratio(one: Figure | None, other: Figure | None) -> str:
        return "" if one is None or other is None else f"{'over ' if one.over else ''}{one.time / other.time:.1f} x"

    size = path.stat().st_size / 1e6
    figures = f"{told(seen.picture):>13}{told(seen.drag):>13}{ratio(seen.picture, ours.picture):>13}{ratio(seen.drag, ours.drag):>13}"
    print(f"  {what:<22}{size:7.2f} MB{figures}", flush=True)


def measure(size: int, folder: Path) -> None:
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
    ours = look(folder / "ours.html")
    print(f"  {'page':<22}{'file':>10}{'first picture':>13}{'drag':>13}   next to ours", flush=True)
    row("kg export html", folder / "ours.html", ours, ours)
    if size <= OTHERS:
        write_pyvis(graph, folder / "pyvis.html", most=shown)
        row("pyvis, our positions", folder / "pyvis.html", look(folder / "pyvis.html"), ours)
        if other := neo4j_viz(graph, folder):
            row("neo4j-viz, canvas", other, look(other), ours)
    searches, moves = asked(folder / "ours.html", graph)
    for what, times in (("search", searches), ("to another node", moves)):
        print(f"  {what:<22}{statistics.median(times):7.1f} ms in the middle,{times[int(len(times) * 0.95)]:7.1f} ms at 95 %", flush=True)


def main() -> None:
    """Measure every size that was asked for."""
    if sys.argv[1:2] == ["--open"]:
        open_again_and_again(Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        for size in [int(word) for word in sys.argv[1:]] or SIZES:
            measure(size, Path(folder))


if __name__ == "__main__":
    main()
