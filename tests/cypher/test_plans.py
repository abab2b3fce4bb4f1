"""What is looked up by a name, a key, a date or words is found through an index: read off the plans of a real Neo4j."""

from __future__ import annotations

import pytest
from plans import SCANS, operators

import cypher
from kg import queries
from kg.ids import name_key
from kg.queries import Query
from kg.stores.bolt import BoltStore
from kg.stores.plan import known_harmless, refuse_unsafe

pytestmark = pytest.mark.neo4j

ANCHORED = [query for query in queries.describe() if query.is_anchored]


@pytest.mark.parametrize("query", ANCHORED, ids=lambda query: query.name)
@pytest.mark.parametrize("corpus_store", [pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)
def test_anchored_statement_starts_from_an_index(corpus_store: BoltStore, query: Query) -> None:
    parameters = {
        one.name: [name_key("Method", "x")] if one.type == "names" else one.default for one in query.parameters
    }  # fmt: skip
    found = set(operators(corpus_store.engine.connection.explain(cypher.load(query.folder, query.name).text, parameters)))
    assert found & {"NodeIndexSeek", "NodeUniqueIndexSeek", "ProcedureCall"}, found
    assert not found & set(SCANS), found


@pytest.mark.parametrize("corpus_store", [pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)
def test_no_plan_of_the_library_holds_what_a_reader_may_not_do(corpus_store: BoltStore) -> None:
    """Which is why the store runs these texts, to the letter, without asking for their plans."""
    assert {cypher.load(query.folder, query.name).text for query in queries.describe()} == known_harmless()
    for query in queries.describe():
        text = cypher.load(query.folder, query.name).text
        refuse_unsafe(text, corpus_store.engine.connection.explain(text, {one.name: one.default for one in query.parameters}))


def test_most_statements_are_anchored() -> None:
    assert len(ANCHORED) >= 30


def test_no_statement_looks_a_spelling_up_in_aliases() -> None:
    assert [query.name for query in queries.describe() if "IN e.aliases" in cypher.load(query.folder, query.name).text] == []
