"""The tables, paths, pictures and keys of the page, in a real browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pages import GRAPH, PAPER, busiest, link

from kg.graph import Ref

pytestmark = pytest.mark.browser
BENCHMARK = busiest("Benchmark", "ON")


def _results() -> dict[Ref, float]:
    on = {r.start for r in GRAPH.relationships.values() if r.type == "ON" and r.end == BENCHMARK}
    return {ref: float(str(GRAPH.nodes[ref].properties["value"])) for ref in on}


def test_leaderboard_has_each_result_once_by_metric_and_direction(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, link(BENCHMARK, "board"))
    page.wait_for_selector("table.big")
    results = _results()
    assert page.locator("table.big tbody tr").count() == len(results)
    for table in page.locator("table.big").all():
        values = [float(text.strip("+").split("%")[0].split(" ")[0]) for text in table.locator("tbody th").all_inner_texts()]
        down = "lower is better" not in table.locator("caption").inner_text()
        assert values == sorted(values, reverse=down)
    captions = page.locator("table.big caption").all_inner_texts()
    assert [caption.startswith("Relative") for caption in captions] == sorted(caption.startswith("Relative") for caption in captions)


def test_list_sorts_filters_and_copies(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, "#view=list")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="name").click()
    page.wait_for_selector('th[aria-sort="ascending"]')
    page.get_by_role("searchbox", name="Filter rows").fill("paper robust")
    page.wait_for_function("() => document.querySelectorAll('tbody tr').length < 60")
    assert "sort=all.0.up" in page.url
    assert "text=paper+robust" in page.url
    page.get_by_role("button", name="CSV").click()
    page.wait_for_function("() => document.getElementById('live').textContent === 'CSV copied'")
    rows = list(csv.DictReader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    wanted = sorted(
        str(node.properties["title"])
        for node in GRAPH.nodes.values()
        if node.label == "Paper" and "Robust" in str(node.properties["title"])
    )
    assert sorted(row["name"] for row in rows) == wanted
    page.get_by_role("button", name="BibTeX").click()
    page.wait_for_function("() => document.getElementById('live').textContent === 'BibTeX copied'")
    assert page.evaluate("navigator.clipboard.readText()").count("@misc{") == len(wanted)


def test_timeline_of_a_benchmark_shows_who_uses_it_when(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, link(BENCHMARK, "time"))
    page.wait_for_selector("table.big")
    dates = page.locator("tbody th").all_inner_texts()
    assert dates == sorted(dates, reverse=True)
    papers = {r.properties["paper"] for r in GRAPH.relationships.values() if BENCHMARK in (r.start, r.end) and "paper" in r.properties}
    titles = {GRAPH.nodes[Ref("Paper", str(key))].properties["title"] for key in papers}
    assert set(page.locator("tbody td:nth-child(2)").all_inner_texts()) == titles


def test_matrix_counts_papers_and_shows_their_sentences(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, "#view=matrix")
    cell = page.locator(".matrix td button").first
    count = int(cell.inner_text())
    cell.click()
    assert page.locator(".reason > div").count() == count
    assert page.locator(".reason mark").count() >= count


def test_path_joins_two_things_with_evidence(page_path: Path, visit: Callable) -> None:
    model = busiest("Model", "USES")
    page = visit(page_path, link(PAPER, "path"))
    page.get_by_role("combobox", name="To").fill(str(GRAPH.nodes[model].properties["name"]))
    page.keyboard.press("Enter")
    page.wait_for_selector(".way")
    stops = page.locator(".way").first.locator(".stop a").all_inner_texts()
    assert stops[0] == GRAPH.nodes[PAPER].properties["title"]
    assert stops[-1] == GRAPH.nodes[model].properties["name"]
    assert page.locator(".way").first.locator(".link").count() == len(stops) - 1


def test_path_without_ends_offers_examples(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, "#view=path")
    example = page.locator(".examples a").first
    names = example.inner_text().split(" and ")
    example.click()
    page.wait_for_selector(".way")
    stops = page.locator(".way").first.locator(".stop a").all_inner_texts()
    assert [stops[0], stops[-1]] == names


def test_search_puts_the_misspelt_name_before_longer_ones(page_path: Path, visit: Callable) -> None:
    page = visit(page_path)
    page.fill("#search", "speach recogniton")
    page.wait_for_selector("#hits .words")
    found = page.locator("#hits .words").all_inner_texts()
    assert found[0] == "Speech Recognition"
    assert any("Speech Recognition" in name for name in found[1:])


def test_an_address_of_nothing_says_so(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, "#view=node&node=Model%3Anone+such")
    assert "Model none such" in page.locator("#panel .note", has_text="Not in this file").inner_text()


def test_timeline_leads_to_all_that_a_paper_names(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, "#view=time")
    several = page.locator("tbody tr", has=page.locator("td:nth-child(4) a + a")).first
    names = several.locator("td:nth-child(4) a").all_inner_texts()
    several.locator("td:nth-child(4) a").last.click()
    page.wait_for_function("name => document.querySelector('#panel h2')?.innerText === name", arg=names[-1])


def test_dates_narrow_every_view(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, "#view=list&since=2025-06-01&kinds=Paper")
    page.wait_for_selector("table.big")
    dates = page.locator("tbody td.date").all_inner_texts()
    wanted = [
        str(n.properties["published"])
        for n in GRAPH.nodes.values()
        if n.label == "Paper" and str(n.properties["published"]) >= "2025-06-01"
    ]
    assert sorted(dates) == sorted(wanted)


def test_legend_filters_the_surroundings(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, link(PAPER))
    page.wait_for_selector('.row[aria-label^="written by"]')
    page.locator('#chips [data-kind="Author"]').click()
    page.wait_for_selector('#chips [data-kind="Author"][aria-pressed="false"]')
    assert page.locator('.row[aria-label^="written by"]').count() == 0
    assert "kinds=" in page.url


@pytest.mark.parametrize(
    "view", ["", link(PAPER), link(BENCHMARK, "board"), "#view=matrix", "#view=time"], ids=["map", "node", "board", "matrix", "time"]
)
def test_every_view_becomes_a_picture(page_path: Path, visit: Callable, tmp_path: Path, view: str) -> None:
    page = visit(page_path, view)
    page.wait_for_selector("#chips button")
    page.wait_for_timeout(200)
    with page.expect_download() as got:
        page.locator("#svg").click()
    got.value.save_as(tmp_path / "view.svg")
    words = " ".join(text.strip() for text in ElementTree.parse(tmp_path / "view.svg").getroot().itertext())
    assert "Sixty papers" in words
    assert len(words) > 300
    with page.expect_download() as got:
        page.locator("#png").click()
    got.value.save_as(tmp_path / "view.png")
    assert (tmp_path / "view.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "view.png").stat().st_size > 10_000


def test_keys_reach_every_view_and_move_between_neighbours(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, link(PAPER, "map"))
    page.wait_for_selector("#map[data-drawn]")
    for key, view in (("e", "node"), ("p", "path"), ("b", "board"), ("t", "time"), ("x", "matrix"), ("l", "list"), ("m", "map")):
        page.keyboard.press(key)
        page.wait_for_selector(f'#tabs [data-view="{view}"][aria-current="page"]')
    page.keyboard.press("e")
    page.locator(".row").first.focus()
    before = page.evaluate("document.activeElement.getBoundingClientRect().top")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") > before
    page.keyboard.press("Enter")
    page.wait_for_function("node => !location.hash.includes(node)", arg=link(PAPER).split("node=")[1])
    page.keyboard.press("c")
    assert "MATCH (n:" in page.locator("dialog pre").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("dialog kbd").count() > 10


def test_the_keyboard_keeps_its_place_where_the_page_is_drawn_anew(page_path: Path, visit: Callable) -> None:
    page = visit(page_path, link(busiest("Task")))
    page.locator("#view .more").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.includes('more=')")
    page.wait_for_function("() => document.activeElement.className.startsWith('row')")
    page.keyboard.press("Enter")
    page.wait_for_function("node => !location.hash.includes(node)", arg=link(busiest("Task")).split("node=")[1])
    page.wait_for_function("() => document.activeElement.className.startsWith('row')")
    page.keyboard.press("l")
    page.locator("thead button").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("th[aria-sort]")
    page.wait_for_function("() => document.activeElement.textContent.startsWith('date')")
    page.locator("#tabs button").nth(4).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".bars")
    page.wait_for_function("() => document.activeElement.textContent === 'Timeline'")
    page.locator("#since").focus()
    page.keyboard.type("06012025")
    page.wait_for_function("() => location.hash.includes('since=2025-06-01')")
    page.get_by_role("button", name="any date").click()
    page.wait_for_function("() => document.querySelector('#since').value === ''")


def test_dark_and_light(page_path: Path, visit: Callable) -> None:
    page = visit(page_path)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.keyboard.press("d")
    assert page.evaluate(ground) != light


@pytest.mark.parametrize(
    "view", ["", link(PAPER), link(BENCHMARK, "board"), "#view=list", link(PAPER, "path")], ids=["map", "node", "board", "list", "path"]
)
def test_nothing_is_wider_than_a_phone(page_path: Path, visit: Callable, view: str) -> None:
    page = visit(page_path, view, width=390, height=844)
    page.wait_for_selector("#chips button")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
