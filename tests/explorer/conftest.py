"""What the tests of the page share: one graph, its page, and addresses in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import GRAPH

from kg.explorer import write_html


@pytest.fixture(scope="session")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_html(GRAPH, path, title="Sixty papers", note="Made up for tests.")
    return path
