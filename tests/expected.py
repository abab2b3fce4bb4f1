"""The rows that every statement of the library should give over corpus.py, and rows in the form that JSON has them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from kg.ports import Table

__all__ = ["ROWS", "cases", "plain"]

ROWS = Path(__file__).parent / "cypher" / "rows"


def cases(name: str) -> list[dict[str, Any]]:
    """What the statement is asked, and the rows that it should give."""
    found: list[dict[str, Any]] = json.loads((ROWS / f"{name}.json").read_text("utf-8"))
    return found


def plain(table: Table) -> list[list[object]]:
    """The rows as JSON has them."""
    return [[value.isoformat() if isinstance(value, date) else value for value in row] for row in table.rows]
