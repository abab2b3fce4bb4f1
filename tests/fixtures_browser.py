"""A real Chromium that resolves no name, with a wire on all that a page tries to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def absent(reason: str) -> None:
    """Skip with the reason, or fail where the run was told to need a browser."""
    if os.environ.get("PAPERKG_REQUIRE_BROWSER") == "1":
        pytest.fail(f"PAPERKG_REQUIRE_BROWSER=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("PAPERKG_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        absent("no Chromium was found: install one or name it in PAPERKG_CHROMIUM")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("the package playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=_FLAGS)
        yield browser
        browser.close()


class Wire:
    """What went wrong or out in a page: requests, dialogs, errors, console messages, new windows."""

    def __init__(self, context: BrowserContext) -> None:
        self.caught: list[str] = []
        context.on("request", lambda request: self._asked(request.url))
        context.on("dialog", lambda dialog: (self.caught.append(f"dialog {dialog.message}"), dialog.dismiss()))
        context.on("weberror", lambda error: self.caught.append(f"error {error.error}"))
        context.on("console", self._said)
        context.on("page", lambda page: page.on("popup", lambda popup: self.caught.append(f"window {popup.url}")))

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.caught.append(f"request {url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.caught.append(f"console {message.text}")


@pytest.fixture
def wire(chromium: Browser) -> Iterator[tuple[BrowserContext, Wire]]:
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True)
    context.set_default_timeout(20_000)
    yield context, Wire(context)
    context.close()


@pytest.fixture
def visit(wire: tuple[BrowserContext, Wire]) -> Iterator[Callable[..., Page]]:
    """Opens a file in a page; at the end of the test nothing may have been caught on the wire."""
    context, caught = wire

    def go(path: Path, fragment: str = "", **viewport: int) -> Page:
        page = context.new_page()
        if viewport:
            page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
        page.goto(path.resolve().as_uri() + fragment)
        return page

    yield go
    assert caught.caught == []
