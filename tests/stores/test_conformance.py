"""Every kind of store through the suite that outsiders use as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from kg.ports import Store
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.testing.stores import MemoryStore, StoreConformance


class TestMemoryStore(StoreConformance):
    has_cypher = False

    @pytest.fixture
    def make_store(self) -> Callable[[], Store]:
        store = MemoryStore()
        return lambda: store


class TestBoltStore(StoreConformance):
    """The embedded engine and a real Neo4j."""

    @pytest.fixture
    def make_store(self, store_settings: StoreSettings) -> Iterator[Callable[[], Store]]:
        with ExitStack() as stack:
            yield lambda: stack.enter_context(open_store(store_settings))
