from __future__ import annotations

from pathlib import Path

import pytest

from kg.ids import title_key
from kg.model import Loss, Record
from kg.sources import open_sources

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def items() -> list[Record | Loss]:
    return [item for source in open_sources([str(EXAMPLES)]) for item in source.read()]


def test_examples_are_read_without_a_loss(items: list[Record | Loss]) -> None:
    assert [item for item in items if isinstance(item, Loss) and not item.furniture] == []


def test_examples_hold_what_their_page_says(items: list[Record | Loss]) -> None:
    records = [item for item in items if isinstance(item, Record)]
    said = (EXAMPLES / "README.md").read_text("utf-8")
    assert f"Together {len(records)} records of {len({title_key(record.title) for record in records})} papers" in said
    assert {record.kind for record in records} == {"arxiv", "listing"}


def test_examples_are_as_long_as_abstracts_are(items: list[Record | Loss]) -> None:
    for item in items:
        if isinstance(item, Record):
            assert 80 <= len(item.abstract.split()) <= 200, item.title
