"""Property values as text and back, by the types that the schema declares."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from datetime import date

from kg.errors import InputError
from kg.graph import Node, Relationship, Value
from kg.schema import EVIDENCE, LABELS, RELATIONSHIPS, Property

__all__ = ["columns", "from_json", "from_text", "kind_of", "property_types", "texts", "to_text"]


def _declared(name: str) -> tuple[Property, ...]:
    """The properties that the schema declares for a label or a relationship type, evidence included."""
    if name in LABELS:
        return LABELS[name].properties
    if name not in RELATIONSHIPS:
        return ()
    declared = RELATIONSHIPS[name]
    return (*declared.properties, *(EVIDENCE if declared.extracted else ()))


@functools.cache
def property_types(name: str) -> Mapping[str, str]:
    """Name -> declared type of the properties of a label or a relationship type."""
    return {declared.name: declared.type for declared in _declared(name)}


def columns(name: str) -> list[str]:
    """The declared property names of a label or a relationship type, in the schema's order."""
    return list(property_types(name))


def texts(item: Node | Relationship) -> dict[str, str]:
    """The properties as text. Raises InputError for one that the schema does not declare: a column format has no place for it."""
    name = item.label if isinstance(item, Node) else item.type
    if strange := item.properties.keys() - property_types(name).keys():
        raise InputError(f"{name} has a property {min(strange)!r} that the schema does not declare; `kg export jsonl` writes any property")
    return {key: to_text(value) for key, value in item.properties.items()}


def kind_of(value: Value) -> str:
    """The schema's word for the type of a value."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, tuple):
        return "strings"
    if isinstance(value, date):
        return "date"
    return {int: "integer", float: "float"}.get(type(value), "string")


def to_text(value: Value) -> str:
    """The value as text: lists as JSON, dates as ISO, true and false in lower case, numbers so that they come back equal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def from_text(text: str, kind: str) -> Value:
    """The inverse of `to_text` for a declared type."""
    match kind:
        case "boolean":
            return text == "true"
        case "strings":
            return tuple(str(item) for item in json.loads(text))
        case "date":
            return date.fromisoformat(text)
        case "integer":
            return int(text)
        case "float":
            return float(text)
        case _:
            return text


def from_json(value: object, kind: str | None) -> Value:
    """A value of a JSON document as the graph has it; `kind` is the declared type, None where the schema has none."""
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if kind == "float" and isinstance(value, int):
        return float(value)
    if isinstance(value, str | int | float | bool):
        return value
    return str(value)
