"""A second extractor that finds the same facts leaves every answer as it is: rows stand for things and papers, not for relationships."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from corpus import PAPERS, fill
from expected import cases, plain
from fixtures_stores import ENGINES, empty

from kg import queries
from kg.queries import Query
from kg.stores import open_store
from kg.stores.bolt import BoltStore

#: What counts nodes and relationships themselves.
COUNTS = {"nodes_by_kind", "relationships_by_kind"}
QUERIES = [query for query in queries.describe() if query.name not in COUNTS]


@pytest.fixture(scope="module", params=[pytest.param(one, marks=[pytest.mark.neo4j] if one == "neo4j" else []) for one in ENGINES[1:]])
def twice_read(request: pytest.FixtureRequest) -> Iterator[BoltStore]:
    """The papers of corpus.py on each engine, read by two extractors."""
    settings = request.getfixturevalue(f"_{request.param}")
    empty(settings)
    with open_store(settings) as store:
        fill(store, PAPERS, ("scripted", "another"))
        yield store


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_rows_are_those_of_one_extractor(twice_read: BoltStore, query: Query) -> None:
    for case in cases(query.name):
        shown = plain(queries.run(twice_read, query.name, case["parameters"]))
        assert shown == case["rows"], json.dumps(shown, ensure_ascii=False)
