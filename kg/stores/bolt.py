"""The store behind a Bolt address: a Neo4j server or the embedded engine, by the same statements."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Any, Protocol, Self

import cypher
from kg.graph import Change
from kg.ports import Access, Decision, Table
from kg.schema import LABELS
from kg.stores.bolt_connection import Connection
from kg.stores.bolt_reading import Reading
from kg.stores.bolt_values import plain, refuse_unsendable
from kg.stores.bolt_writing import carry_out

__all__ = ["BoltStore", "Engine", "declarations"]

Answer = tuple[list[str], list[list[Any]], bool]


class Engine(Protocol):
    """What differs between the engines that a store may stand on."""

    @property
    def address(self) -> str:
        """The folder or URI, without secrets."""

    @property
    def connection(self) -> Connection:
        """What writes, and reads by statements of ours."""

    def make_ready(self) -> None:
        """Called before the first write: declare what is missing, refuse what is not ours."""

    def ask(self, text: str, parameters: Mapping[str, object], rows: int | None, seconds: float | None) -> Answer:
        """Run a user's statement so that it cannot write."""

    def decisions(self, *, settled: bool = False) -> list[Decision]:
        """People's decisions on names, in order."""

    def decide(self, decisions: Sequence[Decision], *, settled: bool = False) -> None:
        """Replace the log of decisions."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes that write out."""

    def access(self, *, writing: bool = False) -> Access:
        """How other tools get in over Bolt."""

    def close(self) -> None:
        """Let go of the engine. Idempotent."""


def declarations(engine_files: Iterable[str] = ()) -> list[str]:
    """Every constraint and index of the schema, and what the named files of one engine declare."""
    texts = [cypher.load("schema", "constraint").fill(label=label) for label in LABELS]
    for label, node in LABELS.items():
        index = cypher.load("schema", "node_index")
        texts += [index.fill(label=label, property=one.name) for one in node.properties if one.indexed]
    for name in engine_files:
        texts += cypher.load("schema", name).parts()
    return texts


class BoltStore(Reading):
    """A store on an engine that speaks Bolt."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine.connection)
        self._engine = engine
        self._ready = False
        self._inside = threading.RLock()
        self._entered = False

    @property
    def address(self) -> str:
        """The folder or URI, without secrets."""
        return self._engine.address

    @property
    def engine(self) -> Engine:
        """What the store stands on."""
        return self._engine

    def _make_ready(self) -> None:
        if not self._ready:
            self._engine.make_ready()
            self._ready = True

    def apply(self, change: Change) -> None:
        """Carry out one change, all or nothing."""
        if change:
            self._make_ready()
            self._connection.write(lambda transaction: carry_out(change, transaction))

    def decisions(self, *, settled: bool = False) -> list[Decision]:
        """People's decisions on names, in order."""
        return self._engine.decisions(settled=settled)

    def decide(self, decisions: Sequence[Decision], *, settled: bool = False) -> None:
        """Replace the log of decisions."""
        self._make_ready()
        self._engine.decide(decisions, settled=settled)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes and threads that write out, but for the thread that is inside already."""
        with self._inside:
            if self._entered:
                yield
                return
            self._make_ready()
            with self._engine.alone():
                self._entered = True
                try:
                    yield
                finally:
                    self._entered = False

    def query(
        self, text: str, parameters: Mapping[str, object] | None = None, *, rows: int | None = None, seconds: float | None = None
    ) -> Table:
        """Run a statement that only reads."""
        refuse_unsendable({"the statement": text} | {f"parameter {name}": value for name, value in (parameters or {}).items()})
        columns, found, truncated = self._engine.ask(text, parameters or {}, rows, seconds)
        return Table(tuple(columns), tuple(tuple(plain(value) for value in row) for row in found), truncated)

    def access(self, *, writing: bool = False) -> Access:
        """How other tools get in over Bolt, while this store is open."""
        return self._engine.access(writing=writing)

    def close(self) -> None:
        """Let go of the store. Idempotent."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
