"""Every statement of the library gives, on both engines, the rows that stand in rows/NAME.json: worked out by hand from corpus.py."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from expected import ROWS, cases, plain

import cypher
from kg import queries
from kg.ids import name_key, title_key
from kg.queries import Query
from kg.schema import RESOLVED_LABELS
from kg.stores.bolt import BoltStore

#: What makes the same question give another answer tomorrow, or on the same day.
CLOCKS = re.compile(r"\b(?:date|datetime|localdatetime|time|localtime)\(\s*\)|\b(?:timestamp|rand|randomUUID)\(", re.IGNORECASE)


def bound(query: Query, given: Mapping[str, Any]) -> dict[str, object]:
    """Parameters as one would set them in cypher-shell: spellings as they are, lists of keys, Lucene queries."""
    values: dict[str, object] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if parameter.type == "names":
            value = [*(name_key(label, str(value)) for label in RESOLVED_LABELS), title_key(str(value))]
        elif parameter.type == "words":
            value = " ".join(f"+{word.strip(':')}" for word in str(value).lower().split())
        values[parameter.name] = value
    return values


def values(item: object) -> Iterator[object]:
    yield item
    if isinstance(item, list):
        for each in item:
            yield from values(each)


@pytest.mark.parametrize("query", queries.describe(), ids=lambda query: query.name)
def test_statement_gives_the_expected_rows(corpus_store: BoltStore, query: Query) -> None:
    for case in cases(query.name):
        table = queries.run(corpus_store, query.name, case["parameters"])
        assert table.columns == query.columns
        assert plain(table) == case["rows"], json.dumps(plain(table), ensure_ascii=False)


@pytest.mark.parametrize("query", queries.describe(), ids=lambda query: query.name)
def test_file_gives_the_same_rows_to_other_tools(corpus_store: BoltStore, query: Query) -> None:
    """The text as it lies in the folder, with plain parameters, over the official driver alone: as cypher-shell runs it."""
    for case in cases(query.name):
        parameters = bound(query, case["parameters"])
        if "paper" in parameters and not str(parameters["paper"]).startswith(("arxiv:", "2")):
            continue  # a title is looked up by us; other tools take keys and arXiv ids
        rows = [list(row.values()) for row in corpus_store.engine.connection.read(cypher.load(query.folder, query.name).text, **parameters)]
        shown = [[value.iso_format() if hasattr(value, "iso_format") else value for value in row] for row in rows]
        assert shown == case["rows"]


@pytest.mark.parametrize("query", queries.describe(), ids=lambda query: query.name)
def test_statement_reads_no_clock_and_gives_plain_values(query: Query) -> None:
    assert not CLOCKS.search(cypher.load(query.folder, query.name).text)
    for case in cases(query.name):
        for value in values(case["rows"]):
            assert not isinstance(value, float) or round(value, 4) == value
    for row in (row for case in cases(query.name) for row in case["rows"]):
        assert all(len({type(each) for each in cell}) < 2 for cell in row if isinstance(cell, list))


def test_every_statement_has_a_case_with_rows_and_no_case_is_left_over() -> None:
    assert {path.stem for path in ROWS.glob("*.json")} == {query.name for query in queries.describe()}
    assert [query.name for query in queries.describe() if not any(case["rows"] for case in cases(query.name))] == []


@pytest.mark.parametrize("spelling", ["Stepwise Prompting", "stepwise-prompting", "STEPWISE PROMPTING", "stepwise_prompting", "swp", "SWP"])
def test_every_spelling_that_any_paper_uses_finds_the_node(corpus_store: BoltStore, spelling: str) -> None:
    (row,) = queries.run(corpus_store, "names_of", {"name": spelling}).records()
    assert row["name"] == "SWP"
