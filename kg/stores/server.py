"""A Neo4j server as the engine of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

import cypher
from kg.errors import ForeignDataError, StoreAddressError, StoreVersionError
from kg.ports import Access, Decision
from kg.schema import BASE_LABEL, VERSION
from kg.settings import StoreSettings
from kg.stores.bolt import declarations
from kg.stores.bolt_connection import Connection, Credentials, Transaction
from kg.stores.plan import known_harmless, refuse_unsafe

__all__ = ["ServerEngine"]

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_OURS = (BASE_LABEL, "PaperKGStore", "PaperKGDecision")


def _refuse_foreign(address: str) -> None:
    """Raise StoreAddressError for an address that is no Bolt server's; the driver tries out further schemes, with warnings."""
    try:
        parts = urlsplit(address)
        if parts.scheme in _SCHEMES and parts.port != 0:
            return
    except ValueError:
        pass
    raise StoreAddressError(
        f"the store address {address} cannot be used: name a folder, or an address such as bolt://localhost:7687 "
        f"that begins with {', '.join(f'{scheme}://' for scheme in _SCHEMES)}"
    )


class ServerEngine:
    """One database of a Neo4j server or cluster."""

    def __init__(self, settings: StoreSettings) -> None:
        _refuse_foreign(settings.address)
        self._into_existing = settings.into_existing
        self.address = settings.address
        self.connection = Connection(
            Credentials(settings.address, settings.username, settings.password, settings.database, settings.address),
            options="".join(f"{options} " for options in cypher.load("schema", "options_server").parts()),
        )
        try:
            self.connection.verify()
            self._is_prepared = self._check_version()
        except BaseException:
            self.connection.close()
            raise

    def _check_version(self) -> bool:
        versions = {row["version"] for row in self.connection.read(cypher.load("schema", "version").text)}
        if wrong := versions - {VERSION}:
            raise StoreVersionError(
                f"the store {self.address} was written in format {min(wrong)}, this version reads format {VERSION}: build it anew"
            )
        return bool(versions)

    def _count(self, name: str, **filled: str) -> int:
        return int(self.connection.read(cypher.load("schema", name).fill(**filled))[0]["nodes"])

    def make_ready(self) -> None:
        """Refuse a database with nodes of others, then declare constraints and indexes where that was not done."""
        if not self._into_existing:
            foreign = self._count("count_all") - sum(self._count("count_label", label=label) for label in _OURS)
            if foreign > 0:
                raise ForeignDataError(
                    f"the database at {self.address} holds {foreign} nodes that are not of this graph: "
                    "name an empty one, or ask for --into-existing"
                )
        if not self._is_prepared:
            self.connection.declare(declarations(["search_server"]))
            statement = cypher.load("schema", "set_version").text
            self.connection.write(lambda transaction: transaction.run(statement, version=VERSION))
            self._is_prepared = True

    def ask(
        self, text: str, parameters: Mapping[str, object], rows: int | None, seconds: float | None
    ) -> tuple[list[str], list[list[Any]], bool]:
        """Run a statement whose plan is harmless, in READ access mode and with a transaction timeout."""
        if text not in known_harmless():
            refuse_unsafe(text, self.connection.explain(text, parameters))
        return self.connection.ask(text, parameters, rows=rows, seconds=seconds)

    def decisions(self, *, settled: bool = False) -> list[Decision]:
        """People's decisions on names, in order."""
        return [Decision(**row) for row in self.connection.read(cypher.load("write", "decisions").text, settled=settled)]

    def decide(self, decisions: Sequence[Decision], *, settled: bool = False) -> None:
        """Replace the log of decisions in one transaction."""
        rows = [asdict(one) for one in sorted(decisions, key=lambda one: one.number)]

        def work(transaction: Transaction) -> None:
            transaction.run(cypher.load("write", "clear_decisions").text, settled=settled)
            transaction.run(cypher.load("write", "decide").text, rows=rows, settled=settled)

        self.connection.write(work)

    def alone(self) -> AbstractContextManager[None]:
        """Keep other writers out by a lock that the server holds until this connection lets go, or is gone."""
        return self.connection.holding(cypher.load("write", "lock").text)

    def access(self, *, writing: bool = False) -> Access:  # noqa: ARG002
        """How other tools get in over Bolt: as this one did."""
        return self.connection.credentials.access()

    def close(self) -> None:
        """Close the connections."""
        self.connection.close()
