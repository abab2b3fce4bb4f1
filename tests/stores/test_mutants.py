"""Stores that are wrong in one way each: the suite that outsiders use finds every one out."""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from kg.graph import Change, Node, Ref, Relationship, Value
from kg.ports import Assigned
from kg.testing.stores import MemoryStore, StoreConformance


class Composing(MemoryStore):
    """Composes accents."""

    def apply(self, change: Change) -> None:
        nodes = tuple(replace(one, properties={name: _composed(value) for name, value in one.properties.items()}) for one in change.nodes)
        super().apply(replace(change, nodes=nodes))


class Whole(MemoryStore):
    """Gives 1 for 1.0."""

    def nodes(self) -> Iterator[Node]:
        return (replace(one, properties={name: _whole(value) for name, value in one.properties.items()}) for one in super().nodes())

    def relationships(self) -> Iterator[Relationship]:
        found = super().relationships()
        return (replace(one, properties={name: _whole(value) for name, value in one.properties.items()}) for one in found)


class Open(MemoryStore):
    """Keeps nobody out."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        yield


class Forgetful(MemoryStore):
    """Gives one paper of each appearance."""

    def papers_by_appearance(self, refs: Collection[Ref]) -> dict[Assigned, set[str]]:
        return {each: {min(papers)} for each, papers in super().papers_by_appearance(refs).items()}


def _composed(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(unicodedata.normalize("NFC", each) for each in value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _whole(value: Value) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _WithoutCypher(StoreConformance):
    has_cypher = False


def failing(kind: Callable[[], MemoryStore]) -> list[str]:
    """The tests of the suite that stores of this kind fail."""
    found = []
    for name, test in inspect.getmembers(_WithoutCypher(), inspect.ismethod):
        if name.startswith("test_"):
            store = kind()
            try:
                test(lambda store=store: store)
            except AssertionError:
                found.append(name)
    return found


def test_suite_passes_a_store_that_is_right() -> None:
    assert failing(MemoryStore) == []


@pytest.mark.parametrize(
    ("mutant", "expected"),
    [
        (Composing, "test_hostile_text_stays_text"),
        (Whole, "test_change_is_read_back_in_order"),
        (Open, "test_writer_that_is_alone_keeps_others_out_until_it_leaves"),
        (Forgetful, "test_papers_by_appearance_are_what_the_model_says"),
    ],
)
def test_suite_fails_a_store_that_is_wrong(mutant: Callable[[], MemoryStore], expected: str) -> None:
    assert expected in failing(mutant)
