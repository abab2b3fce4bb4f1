from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pages import GRAPH, PAPER, busiest, link, npm_package

pytestmark = pytest.mark.browser
VIEWS = {
    "map": "",
    "node": link(PAPER),
    "board": link(busiest("Benchmark", "ON"), "board"),
    "boards": "#view=board",
    "time": "#view=time",
    "matrix": "#view=matrix",
    "list": "#view=list",
    "no path": "#view=path",
    "not here": "#view=node&node=Model%3Anone",
    "path": link(PAPER, "path", to="Model:" + busiest("Model").key),
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(page_path: Path, visit: Callable, view: str, dark: bool) -> None:
    axe = (npm_package("axe-core") / "axe.min.js").read_text("utf-8")
    page = visit(page_path, VIEWS[view])
    page.wait_for_selector("#chips button")
    if dark:
        page.keyboard.press("d")
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html + n.failureSummary)]))"
    )
    assert found == []


def test_lists_say_in_words_what_the_map_shows(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, "#view=list")
    page.get_by_role("button", name="Show all").click()
    shown = [ref for ref in GRAPH.nodes if ref.label not in ("Name", "ExtractionRun")]
    assert page.locator("table.big tbody tr").count() == len(shown)
