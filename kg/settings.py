"""Settings: defaults here, then the environment, then arguments. Nothing is read at import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["DEFAULT_STORE", "QueryLimits", "StoreSettings", "cache_folder"]

#: The folder of the embedded store where nothing else is named.
DEFAULT_STORE = "papers.kg"


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Which store, and how to get in. `address` is a folder or a Bolt URI; `password` never shows in a repr."""

    address: str = DEFAULT_STORE
    username: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    database: str | None = None
    into_existing: bool = False

    @classmethod
    def resolve(
        cls, store: str | None = None, *, into_existing: bool = False, environment: Mapping[str, str] | None = None
    ) -> StoreSettings:
        """Settings from an argument, else NEO4J_URI, else the default folder.

        NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE as usual.
        """
        env = os.environ if environment is None else environment
        return cls(
            address=store or env.get("NEO4J_URI") or DEFAULT_STORE,
            username=env.get("NEO4J_USERNAME") or "neo4j",
            password=env.get("NEO4J_PASSWORD"),
            database=env.get("NEO4J_DATABASE") or None,
            into_existing=into_existing,
        )

    @property
    def is_server(self) -> bool:
        """True for a URI, false for a folder."""
        return "://" in self.address


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """Limits on what a user's query may cost: rows fetched and seconds run."""

    rows: int | None = 1000
    seconds: float | None = 30.0


def cache_folder(given: Path | None = None) -> Path:
    """The folder that keeps answers and layouts: the one given, else `paperkg` in the user's folder for caches."""
    return given or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "paperkg"
