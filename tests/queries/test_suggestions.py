"""What is offered for a name that nothing has, on both engines."""

from __future__ import annotations

import pytest

from kg import queries
from kg.stores.bolt import BoltStore


@pytest.mark.parametrize("text", ["sum-bench", "SWP", "2401.00001", "After TinyNet", "arxiv:2403.00004", "Acme Research"])
def test_what_has_a_name_is_known(corpus_store: BoltStore, text: str) -> None:
    assert queries.is_known(corpus_store, text)
    assert queries.find(corpus_store, text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("SumBench dataset", "SumBench"),
        ("the method Stepwise", "SWP"),
        ("the TreeWalk algorithm", "TreeWalk"),
        ("Stepwise Promting", "SWP"),
        ("Promting", "SWP"),
        ("explainabilty", "explainability"),
    ],
)
def test_what_resembles_a_name_is_offered(corpus_store: BoltStore, text: str, first: str) -> None:
    assert not queries.is_known(corpus_store, text)
    assert queries.resembling(corpus_store, text)[0] == first


def test_one_known_word_does_not_hide_a_misspelt_one(corpus_store: BoltStore) -> None:
    assert queries.resembling(corpus_store, "arithmetic reasoning") == ["arithmetic reasoning"]
    assert queries.resembling(corpus_store, "quetsion answering")[0] == "question answering"
    assert queries.resembling(corpus_store, "arithmetik reasoning")[0] == "arithmetic reasoning"


def test_linking_words_say_nothing(corpus_store: BoltStore) -> None:
    assert queries.resembling(corpus_store, "the of and") == []
    assert queries.resembling(corpus_store, "of the TreeWalk in a") == ["TreeWalk"]


def test_rare_words_count_more_than_common_ones(corpus_store: BoltStore) -> None:
    assert queries.resembling(corpus_store, "question reasoning arithmetic")[0] == "arithmetic reasoning"
    assert len(queries.resembling(corpus_store, "reasoning answering accuracy", limit=2)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "Zqxj",
        "a\x00b",
        "+",
        '"~* OR field:x',
        "\u202e",
        "drop~ AND (",
        "x" * 3000,
        "no~5 such^2",
        "中文字典" * 75,
        "中文字典" * 300,
    ],
)
def test_any_text_is_answered(corpus_store: BoltStore, text: str) -> None:
    assert not queries.is_known(corpus_store, text)
    assert queries.resembling(corpus_store, text) == []
