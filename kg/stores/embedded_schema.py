"""What the embedded engine needs told in its own SQL: full-text indexes, which its Cypher cannot declare."""

from __future__ import annotations

from typing import Any

import cypher

__all__ = ["prepare_search"]


def prepare_search(database: Any) -> None:
    """Make the full-text indexes where they are missing; `database` is the engine's own handle."""
    for part in cypher.load("schema", "search_embedded").parts():
        database.command("sql", part)
