"""What a statement says of itself, and what becomes of the values that a user gives."""

from __future__ import annotations

from datetime import date

import pytest

from cypher import Statement
from kg import queries
from kg.errors import UsageError
from kg.queries.library import header
from kg.stores.bolt import BoltStore

HEAD = "// What it answers.\n//\n// Parameters:\n//   {parameter}\n//\n// Columns:\n//   {column}\nRETURN 1;"


def statement(parameter: str = "limit (integer) = 3: rows at most", column: str = "n: a number") -> Statement:
    return Statement("read", "made_up", HEAD.format(parameter=parameter, column=column))


def test_header_reads_purpose_parameters_and_columns() -> None:
    query = header(statement())
    assert (query.purpose, query.columns) == ("What it answers.", ("n",))
    assert query.parameters[0].default == 3


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (statement(parameter="limit = 3: rows"), "a parameter is declared as"),
        (statement(parameter="limit (number) = 3: rows"), "a parameter is declared as"),
        (statement(column="n"), "a column is declared as"),
        (Statement("read", "made_up", "RETURN 1"), "should begin with what it answers"),
    ],
)
def test_header_that_breaks_the_form_is_refused(made: Statement, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        header(made)


@pytest.mark.parametrize("corpus_store", ["embedded"], indirect=True)
@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("no_such", {}, "valid are"),
        ("nodes_by_kind", {"limit": 1}, "takes no parameters"),
        ("benchmarks_by_use", {"top": 1}, "limit"),
        ("benchmarks_by_use", {"limit": "many"}, "should be a whole number"),
        ("benchmarks_by_use", {"limit": 99999999999999999999999}, "from 0 to 999999999"),
        ("benchmarks_by_use", {"limit": -1}, "from 0 to 999999999, not -1"),
        ("descendants", {"steps": "9223372036854775808"}, "should be a whole number"),
        ("new_models", {"days": 999999999999999}, "should be a whole number"),
        ("results_of_paper", {"paper": "a\udcff"}, "holds half a character"),
        ("results_of", {"name": "a\udcff"}, "holds half a character"),
        ("papers_with_code", {"official": "perhaps"}, "should be true or false"),
        ("new_models", {"from": "spring"}, "should be a date such as"),
        ("papers_about", {"words": "?!"}, "should hold a word"),
    ],
)
def test_wrong_value_is_one_sentence(corpus_store: BoltStore, name: str, given: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        queries.run(corpus_store, name, given)


@pytest.mark.parametrize("corpus_store", ["embedded"], indirect=True)
@pytest.mark.parametrize(
    "named", ["arxiv:2402.00002", "2402.00002", "https://arxiv.org/abs/2402.00002v3", "TREEWALK for: arithmetic reasoning"]
)
def test_paper_is_given_by_key_id_address_or_title(corpus_store: BoltStore, named: str) -> None:
    assert len(queries.run(corpus_store, "results_of_paper", {"paper": named}).rows) == 2


@pytest.mark.parametrize("corpus_store", ["embedded"], indirect=True)
def test_hostile_value_stays_a_value(corpus_store: BoltStore) -> None:
    before = queries.stats(corpus_store)
    for text in ("'}) DETACH DELETE n //", "`x`", "\\", "$limit", "+ OR *:*", "{{label}}", "\u2028"):
        for query in queries.describe():
            if kinds := {one.name: text for one in query.parameters if one.type in {"name", "names", "paper"}}:
                assert queries.run(corpus_store, query.name, kinds).rows == ()
    assert queries.stats(corpus_store) == before


@pytest.mark.parametrize("corpus_store", ["embedded"], indirect=True)
def test_card_of_a_thing_tells_its_facts_results_and_code(corpus_store: BoltStore) -> None:
    (card,) = queries.find(corpus_store, "stepwise prompting")
    assert (card.kind, card.name, card.aliases) == ("Method", "SWP", ("SWP", "Stepwise Prompting"))
    assert [row[0] for row in card.facts.rows] == ["PROPOSES", "COMPARED_WITH", "USES", "USES", "MENTIONS"]
    assert len(card.results.rows) == 3
    assert card.code.rows == (("https://github.com/example/stepwise", True, "arxiv:2401.00001"),)


@pytest.mark.parametrize("corpus_store", ["embedded"], indirect=True)
def test_text_that_names_a_thing_and_a_paper_gives_both_cards(corpus_store: BoltStore) -> None:
    model, paper = queries.find(corpus_store, "TinyNet")
    assert (model.kind, paper.kind) == ("Model", "Paper")
    assert paper.paper is not None
    assert paper.paper.published == date(2024, 3, 5)
    assert queries.find(corpus_store, "no such thing") == []


@pytest.mark.parametrize("corpus_store", ["embedded"], indirect=True)
@pytest.mark.parametrize(
    ("a", "b", "kinds"),
    [
        ("TreeWalk", "SWP", ["direct", "direct", "result"]),
        ("TinyNet-2B", "WordPile", ["result", "result"]),
        ("QuizBench", "WordPile", ["paper"]),
        ("explainability", "ProofBench", ["path"]),
        ("explainability", "no such thing", []),
    ],
)
def test_why_gives_the_closest_kind_of_joint(corpus_store: BoltStore, a: str, b: str, kinds: list[str]) -> None:
    joints = queries.why(corpus_store, a, b)
    assert [joint.kind for joint in joints] == kinds
    assert all(step.evidence for joint in joints for step in joint.steps)


def test_schema_card_fits_a_prompt() -> None:
    card = queries.schema_card()
    assert len(card) < 1500 * 4
    assert "PROPOSES" in card
