"""What a Neo4j plan may hold: READ access mode refuses writes, but lets files be read and transactions be ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import cypher
from kg.errors import ReadOnlyError

__all__ = ["ALLOWED_PROCEDURES", "known_harmless", "refuse_unsafe"]

#: Procedures that only look at the graph and its schema.
ALLOWED_PROCEDURES = frozenset(
    {
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.index.vector.queryNodes",
        "db.index.vector.queryRelationships",
        "db.labels",
        "db.propertyKeys",
        "db.relationshipTypes",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.schema.visualization",
        "dbms.components",
    }
)
_FORBIDDEN = ("LoadCSV", "TerminateTransactions")
_CALL = re.compile(r"^`?([\w.`]+?)`?\s*\(")


@cache
def known_harmless() -> frozenset[str]:
    """The texts of the cookbook's own statements, whose plans a test looks at: they need not be planned before every run."""
    return frozenset(cypher.load(folder, name).text for folder in ("read", "search") for name in cypher.names(folder))


def refuse_unsafe(text: str, plan: Mapping[str, Any]) -> None:
    """Raise ReadOnlyError where a plan holds what a reader may not do."""
    if not plan:
        raise ReadOnlyError(f"only statements that read the graph are run, and this has no plan of its own: {' '.join(text.split())[:80]}")
    for operator in _operators(plan):
        name = str(operator.get("operatorType", "")).partition("@")[0]
        if name in _FORBIDDEN:
            raise ReadOnlyError(f"{name} is not allowed here: only statements that read the graph are run")
        if "ProcedureCall" in name:
            found = _CALL.match(str(operator.get("args", {}).get("Details", "")))
            called = found.group(1).replace("`", "") if found else "this procedure"
            if called not in ALLOWED_PROCEDURES:
                raise ReadOnlyError(f"calling {called} is not allowed here: only procedures that read the graph are")


def _operators(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from _operators(child)
