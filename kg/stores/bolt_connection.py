"""A connection to one database through the official driver: reads, writes in one transaction, declarations."""

from __future__ import annotations

import logging
from asyncio import CancelledError
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from neo4j import READ_ACCESS, GraphDatabase, ManagedTransaction, Query, Session
from neo4j.exceptions import IncompleteCommit

from kg.ports import Access
from kg.stores.bolt_errors import translated
from kg.stores.bolt_values import refuse_unsendable

__all__ = ["Connection", "Credentials", "Transaction"]

T = TypeVar("T")
_FETCH = 1000
_REPEATS = 3  # of a reading transaction that is cut off in its commit


@dataclass(frozen=True, slots=True)
class Credentials:
    """Where and as whom; `shown` is the address for messages."""

    uri: str
    username: str
    password: str | None = field(repr=False)
    database: str | None
    shown: str
    patience: float = 30.0  # seconds for which what the driver calls retryable is tried again

    def access(self) -> Access:
        """The same for other tools."""
        return Access(self.uri, self.username, self.password, self.database)


def _keep_quiet(log: logging.Logger) -> None:
    """Whoever sets up logging still gets all; else what the driver tries again would be written between our sentences."""
    if not log.handlers:
        log.addHandler(logging.NullHandler())


class _Unseen(list[object]):
    """A list that the driver can make into a line of its log in no time: it makes one of every parameter, and throws it away."""

    def __repr__(self) -> str:
        return f"[{len(self)} items]"


class Transaction:
    """Statements of ours inside one transaction; `options` stand before each."""

    def __init__(self, transaction: ManagedTransaction, options: str = "") -> None:
        self._transaction = transaction
        self._options = options

    def run(self, text: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows of one statement."""
        return self.send(text, **parameters)()

    def send(self, text: str, **parameters: object) -> Callable[[], list[dict[str, Any]]]:
        """Have a statement run while the next one is put together; what is returned waits for its rows, or raises what went wrong."""
        unseen = {name: _Unseen(value) if isinstance(value, list) else value for name, value in parameters.items()}
        result = self._transaction.run(self._options + text, unseen)

        def rows() -> list[dict[str, Any]]:
            columns = result.keys()
            return [dict(zip(columns, record.values(), strict=True)) for record in result]

        return rows


class Connection:
    """One pool of connections. What the driver calls retryable, it tries again by itself.

    `options` of the engine's language stand before each statement of ours.
    """

    def __init__(self, credentials: Credentials, options: str = "") -> None:
        self.credentials = credentials
        self._options = options
        _keep_quiet(logging.getLogger("neo4j"))
        auth = (credentials.username, credentials.password) if credentials.password is not None else None
        with translated(credentials.shown):
            self._driver = GraphDatabase.driver(
                credentials.uri,
                auth=auth,
                user_agent="paperkg",
                max_transaction_retry_time=credentials.patience,
                warn_notification_severity="OFF",
                notifications_min_severity="OFF",
            )

    def verify(self) -> None:
        """Raise what keeps us from the server. Raises StoreUnavailableError, AuthenticationError."""
        with translated(self.credentials.shown):
            self._driver.verify_connectivity()

    @contextmanager
    def session(self, **options: Any) -> Iterator[Session]:
        """A session of the driver; what is open in it at the end is undone."""
        session = self._driver.session(database=self.credentials.database, fetch_size=_FETCH, **options)
        try:
            yield session
        except Exception:
            session.close()
            raise
        except BaseException:
            # Interrupted, perhaps in the middle of a message: asking for a rollback would wait for an answer that never comes,
            # so the connection is dropped, and the server undoes what it hears no more of.
            session.__exit__(CancelledError, None, None)  # type: ignore[no-untyped-call]
            raise
        session.close()

    def read(self, text: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows of a statement of ours that reads. Raises UsageError for a text that no store can hold."""
        refuse_unsendable({"a name": tuple(parameters.values())})

        def once() -> list[dict[str, Any]]:
            with self.session(default_access_mode=READ_ACCESS) as session:
                return session.execute_read(lambda transaction: Transaction(transaction, self._options).run(text, **parameters))

        with translated(self.credentials.shown):
            for _ in range(_REPEATS):
                with suppress(IncompleteCommit):  # which the driver does not repeat, because a write may have happened
                    return once()
            return once()

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do all of `work` or none of it. Cut off in its commit, it raises StoreUnavailableError, and nobody knows which of the two."""
        with translated(self.credentials.shown), self.session() as session:
            return session.execute_write(lambda transaction: work(Transaction(transaction, self._options)))

    @contextmanager
    def holding(self, text: str) -> Iterator[None]:
        """Hold the locks that a statement of ours takes, which is undone at the end."""
        shown = self.credentials.shown
        with self.session() as session:
            with translated(shown):
                transaction = session.begin_transaction()
                transaction.run(text).consume()
            try:
                yield
            finally:
                with translated(shown):
                    transaction.close()

    def declare(self, texts: list[str]) -> None:
        """Run declarations of constraints and indexes, each in a transaction of its own."""
        with translated(self.credentials.shown), self.session() as session:
            for text in texts:
                session.run(text).consume()

    def ask(
        self, text: str, parameters: Mapping[str, object], *, rows: int | None, seconds: float | None
    ) -> tuple[list[str], list[list[Any]], bool]:
        """Columns and rows of a user's statement in READ access mode, and whether the row limit cut it."""
        with translated(self.credentials.shown, statement=True), self.session(default_access_mode=READ_ACCESS) as session:
            result = session.run(Query(text, timeout=seconds), dict(parameters))
            columns = list(result.keys())
            found: list[list[Any]] = []
            for record in result:
                if rows is not None and len(found) >= rows:
                    return columns, found, True
                found.append(list(record.values()))
            return columns, found, False

    def explain(self, text: str, parameters: Mapping[str, object]) -> dict[str, Any]:
        """The plan of a user's statement, which is not run."""
        with translated(self.credentials.shown, statement=True), self.session(default_access_mode=READ_ACCESS) as session:
            return cast("dict[str, Any]", session.run(f"EXPLAIN {text}", dict(parameters)).consume().plan or {})

    def close(self) -> None:
        """Close the pool. Idempotent."""
        self._driver.close()
