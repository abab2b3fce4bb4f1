"""A slice that is read from the store step by step is the slice of the whole graph, to the last relationship and word."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import pytest

from kg import KnowledgeGraph
from kg.api import Slice
from kg.errors import UsageError
from kg.graph import Graph, Node, Ref, Relationship
from kg.layout.slices import cut
from kg.stores.bolt import BoltStore
from kg.testing.stores import graph_of

SLICES = (
    Slice(around="tree-walk"),
    Slice(around="SWP", hops=0),
    Slice(around="SWP", hops=2),
    Slice(around="TinyNet", hops=3),
    Slice(around="accuracy", top=6),
    Slice(benchmark="sum bench"),
    Slice(papers=("2402.00002", "After TinyNet")),
    Slice(papers=("https://arxiv.org/abs/2401.00001",), around="QuizBench"),
    Slice(nodes=(Ref("Organization", "acme"), Ref("Task", "nowhere"))),
    Slice(around="github.com/example/tinynet"),
    Slice(around="acme"),
    Slice(since=date(2024, 2, 1)),
    Slice(since=date(2024, 3, 1), top=9),
    Slice(since=date(2024, 2, 1), around="SWP", hops=2),
)


class Unread:
    """A store that may not be read as a whole."""

    def __init__(self, store: BoltStore) -> None:
        self._store = store
        self.read: set[Ref] = set()

    def nodes(self) -> Iterator[Node]:
        raise AssertionError("all nodes were read")

    def relationships(self) -> Iterator[Relationship]:
        raise AssertionError("all relationships were read")

    def beside(self, refs: Collection[Ref]) -> Graph:
        self.read |= set(refs)
        return self._store.beside(refs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.mark.parametrize("part", SLICES, ids=str)
def test_slice_is_the_same_without_reading_the_whole_store(corpus_store: BoltStore, part: Slice) -> None:
    found = KnowledgeGraph(Unread(corpus_store)).graph(part)
    assert found == cut(graph_of(corpus_store), part)
    assert found.graph.nodes


def test_slice_of_an_answer_is_the_same(corpus_store: BoltStore) -> None:
    graph = KnowledgeGraph(Unread(corpus_store))
    part = graph.answer("results_on_benchmark", benchmark="SumBench")
    assert graph.graph(part) == cut(graph_of(corpus_store), part)


def test_slice_reads_what_is_near_and_no_more(corpus_store: BoltStore) -> None:
    store = Unread(corpus_store)
    KnowledgeGraph(store).graph(Slice(around="explainability"))
    there = {node.ref for node in graph_of(corpus_store).nodes.values()}
    assert {ref.key for ref in store.read & there} == {"explainability", "arxiv:2403.00006"}


def test_unknown_name_is_one_sentence_with_what_is_near_it(corpus_store: BoltStore) -> None:
    with pytest.raises(UsageError, match=r"nothing in this graph is called 'TreeWolk'; near it are .*TreeWalk"):
        KnowledgeGraph(corpus_store).graph(Slice(around="TreeWolk"))
