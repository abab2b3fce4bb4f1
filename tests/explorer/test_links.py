"""Links that lead out of the page, pointed at and clicked in a real browser in which every request is caught and answered by the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import hostile_graph, texts
from pages import GRAPH, link

from kg.explorer import write_html
from kg.graph import Graph, Ref

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

pytestmark = pytest.mark.browser
OUTWARD = "a[target=_blank]"


class Outside:
    """The world outside of the page: answers all that is asked of it, and remembers it."""

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[Request] = []
        context.route(lambda url: not url.startswith("file:"), self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request)
        route.fulfill(body="<!DOCTYPE html><title>outside</title>", content_type="text/html")


@pytest.fixture
def outside(chromium: Browser) -> Iterator[tuple[BrowserContext, Outside]]:
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(20_000)
    yield context, Outside(context)
    context.close()


def _opened(context: BrowserContext, graph: Graph, path: Path) -> Page:
    write_html(graph, path)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("#map[data-drawn]")
    return page


def _click_all(context: BrowserContext, outside: Outside, page: Page, done: set[str]) -> None:
    """Point at and click every outward link of what is on screen whose address was not clicked yet."""
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    for anchor in page.locator(OUTWARD).all():
        address = anchor.evaluate("one => one.href")
        if address in done:
            continue
        done.add(address)
        anchor.hover()
        assert outside.asked == []
        with context.expect_page() as opening:
            anchor.click()
        opened = opening.value
        opened.wait_for_load_state()
        assert [(request.url, request.is_navigation_request()) for request in outside.asked] == [(address.partition("#")[0], True)]
        assert "referer" not in outside.asked[0].all_headers()
        assert opened.evaluate("[opener, document.referrer]") == [None, ""]
        opened.close()
        outside.asked.clear()


def _nodes(graph: Graph, *labels: str) -> list[Ref]:
    return sorted(ref for ref in graph.nodes if ref.label in labels)


@pytest.mark.parametrize("papers", [2, pytest.param(60, marks=pytest.mark.long)])
def test_every_outward_link_asks_for_its_own_address_alone(outside: tuple[BrowserContext, Outside], tmp_path: Path, papers: int) -> None:
    context, world = outside
    page = _opened(context, GRAPH, tmp_path / "g.html")
    done: set[str] = set()
    pages = [r for r in GRAPH.relationships.values() if r.type == "LINKS_TO"][:papers]
    for ref in [*_nodes(GRAPH, "Paper")[:papers], *(end for r in pages for end in (r.start, r.end))]:
        page.evaluate("address => { location.hash = address; }", link(ref))
        page.wait_for_selector(".ego .card")
        _click_all(context, world, page, done)
    assert {address.split("/")[2] for address in done} >= {"arxiv.org", "github.com"}
    assert any(address.endswith(".example.org/") for address in done)


@pytest.mark.parametrize("count", [200, pytest.param(1000, marks=pytest.mark.long)])
def test_hostile_addresses_that_are_links_lead_where_they_say(outside: tuple[BrowserContext, Outside], tmp_path: Path, count: int) -> None:
    context, world = outside
    graph = hostile_graph(texts(count))
    page = _opened(context, graph, tmp_path / "h.html")
    done: set[str] = set()
    for ref in _nodes(graph, "Paper", "Repository", "Resource"):
        if str(graph.nodes[ref].properties["url"]).startswith("http"):
            page.evaluate("address => { location.hash = address; }", link(ref))
            page.wait_for_selector(".ego .card")
            _click_all(context, world, page, done)
    assert done
    assert all(address.startswith(("http://evil.example/", "https://evil.example/")) for address in done)
