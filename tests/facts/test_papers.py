from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import join, piece
from kg.ids import title_key
from kg.model import Record
from kg.nodes import paper_node, paper_of

LISTING = Record("listing", "Tiny Widgets", "A cut abstract", upvotes=3, published=date(2024, 5, 1))
FULL = Record("listing", "Tiny Widgets", "A cut abstract that goes on", upvotes=2)
HUB = Record("hub", "Tiny widgets", "The hub's abstract", arxiv_id="2405.00001", upvotes=9, organization="Acme", organization_handle="acme")
ARXIV = Record(
    "arxiv", "Tiny, tiny widgets", "The abstract of arXiv", arxiv_id="2405.00001", listed=date(2024, 5, 2), authors=("A B", "C D")
)


def _one(*records: Record) -> object:
    (joined,) = join(map(piece, records))
    return joined.paper


def test_join_is_independent_of_order_and_grouping() -> None:
    everything = (LISTING, FULL, HUB, ARXIV)
    whole = _one(*everything)
    for order in permutations(everything):
        assert _one(*order) == whole
        for cut in range(1, 4):
            first = [joined.paper for joined in join(map(piece, order[:cut]))]
            (again,) = join([*first, *map(piece, order[cut:])])
            assert again.paper == whole


def test_join_takes_the_text_of_the_highest_source_and_the_most_upvotes() -> None:
    paper = join(map(piece, (LISTING, FULL, HUB, ARXIV)))[0].paper
    assert (paper.key, paper.abstract, paper.upvotes) == ("arxiv:2405.00001", "The abstract of arXiv", 9)
    assert paper.sources == ("arxiv", "hub", "listing")
    assert paper.organization_handle == "acme"
    assert paper.author_count == 2
    assert paper.title_keys == tuple(sorted({title_key("Tiny Widgets"), title_key("Tiny, tiny widgets")}))


def test_join_prefers_the_longer_abstract_of_one_source() -> None:
    assert join(map(piece, (FULL, LISTING)))[0].paper.abstract == FULL.abstract


def test_join_takes_the_newer_version_of_one_source() -> None:
    first = Record("arxiv", "T", "a long first version", arxiv_id="2405.00001", updated=date(2024, 5, 1))
    second = Record("arxiv", "T", "shorter", arxiv_id="2405.00001", updated=date(2024, 6, 1))
    assert join(map(piece, (second, first)))[0].paper.abstract == "shorter"


def test_join_keeps_two_arxiv_ids_of_one_title_apart() -> None:
    one = Record("arxiv", "T", "x", arxiv_id="2405.00001")
    two = Record("arxiv", "T", "x", arxiv_id="2405.00002")
    untold = Record("listing", "T", "x", upvotes=1)
    papers = {joined.paper.key: joined.paper for joined in join(map(piece, (two, untold, one)))}
    assert sorted(papers) == ["arxiv:2405.00001", "arxiv:2405.00002"]
    assert papers["arxiv:2405.00001"].upvotes == 1


def test_join_names_the_keys_that_went_into_a_paper() -> None:
    (joined,) = join(map(piece, (LISTING, HUB)))
    assert joined.keys == {title_key("Tiny Widgets"), "arxiv:2405.00001"}


RECORDS = st.builds(
    Record,
    kind=st.sampled_from(["listing", "hub", "arxiv"]),
    title=st.sampled_from(["One", "Two", "one!"]),
    abstract=st.text(max_size=5),
    arxiv_id=st.sampled_from([None, None, "2405.00001"]),
    upvotes=st.none() | st.integers(0, 5),
    authors=st.lists(st.sampled_from(["A", "B"]), max_size=2).map(tuple),
    comment=st.none() | st.text(max_size=2),
    updated=st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 3)),
)


@given(st.lists(RECORDS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_join_of_any_records_is_independent_of_order(records: list[Record], random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert join(map(piece, shuffled)) == join(map(piece, records))


@pytest.mark.parametrize("record", [LISTING, HUB, ARXIV])
def test_paper_node_gives_the_paper_back(record: Record) -> None:
    paper = piece(record)
    assert paper_of(paper_node(paper)) == paper
