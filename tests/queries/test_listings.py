"""On the four saved listings every statement of the library answers with its defaults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import KnowledgeGraph, queries
from kg.queries import Query

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def listings(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(tmp_path_factory.mktemp("listings") / "papers.kg") as graph:
        assert graph.add(shared / "data" / "listings").complete
        yield graph


@pytest.mark.parametrize("query", queries.describe(), ids=lambda query: query.name)
def test_statement_gives_rows_with_its_defaults(listings: KnowledgeGraph, query: Query) -> None:
    table = listings.query(query.name)
    assert table.rows
    assert listings.query(query.name) == table


def test_graph_of_the_listings_conforms(listings: KnowledgeGraph) -> None:
    assert listings.check() == []
