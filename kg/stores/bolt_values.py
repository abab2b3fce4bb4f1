"""Values on their way through Bolt: the graph's to properties and back, and whatever a user's statement returns."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from neo4j import graph, spatial, time

from kg.errors import UsageError
from kg.graph import Foreign, Value

__all__ = ["from_properties", "plain", "refuse_unsendable", "to_properties"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_LEAST, _MOST = -(2**63), 2**63 - 1


def refuse_unsendable(parameters: Mapping[str, object]) -> None:
    """Raise UsageError for a parameter that holds what Bolt has no form for: a lone surrogate, a whole number beyond 64 bits."""
    for name, value in parameters.items():
        _refuse_unsendable(name, value)


def _refuse_unsendable(name: str, value: object) -> None:
    if isinstance(value, str):
        if not value.isascii() and _SURROGATE.search(value):
            raise UsageError(f"{name} should be Unicode text, not {reprlib.repr(value)}, which holds half a character (a lone surrogate)")
    elif isinstance(value, int):
        if not _LEAST <= value <= _MOST:
            raise UsageError(f"{name} should hold whole numbers from {_LEAST} to {_MOST} alone: others are beyond 64 bits")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _refuse_unsendable(name, key)
            _refuse_unsendable(name, item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_unsendable(name, item)


def to_properties(properties: Mapping[str, Value]) -> dict[str, object]:
    """Properties as the driver takes them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in properties.items()}


def from_properties(properties: Mapping[str, Any]) -> dict[str, Value]:
    """Properties as the graph has them, sorted by name; `key` left out."""
    return {name: _value(properties[name]) for name in sorted(properties) if name != "key" and properties[name] is not None}


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, time.Date):
        return value.to_native()
    return value if isinstance(value, str | int | float | bool | date) else Foreign(value)


def plain(value: Any) -> object:  # noqa: PLR0911 - a table of cases
    """A value of the driver as None, bool, int, float, str, date, datetime, list or dict."""
    if isinstance(value, graph.Node):
        return {"labels": sorted(value.labels), "properties": {name: plain(value[name]) for name in sorted(value)}}
    if isinstance(value, graph.Relationship):
        ends = {"from": _end(value.start_node), "to": _end(value.end_node)}
        return {"type": value.type, **ends, "properties": {name: plain(value[name]) for name in sorted(value)}}
    if isinstance(value, graph.Path):
        return {"nodes": [plain(node) for node in value.nodes], "relationships": [plain(edge) for edge in value.relationships]}
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, time.Date | time.DateTime):
        return value.to_native()
    if isinstance(value, spatial.Point):
        return list(value)
    if isinstance(value, time.Time | time.Duration):
        return value.iso_format()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return value


def _end(node: graph.Node | None) -> object:
    return None if node is None else node.get("key")
