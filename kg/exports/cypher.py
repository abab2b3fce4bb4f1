"""A Cypher script that makes the graph anew: plain statements with the values written in, for Neo4j 5 and the embedded engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

from kg.exports.order import Items, ordered
from kg.exports.values import texts
from kg.graph import Node, Relationship, Value
from kg.output import Out, whole_file
from kg.schema import BASE_LABEL, label, relationship_type

__all__ = ["write_cypher"]

#: Nodes or relationships in one statement; Neo4j plans long literals slowly.
_BATCH = 40
_PLACE = re.compile(r"\{\{(\w+)\}\}")

#: Template, then the names that fill it: label, or type with the labels of both ends.
_Form = tuple[str, ...]


def write_cypher(items: Items, out: Out) -> None:
    """Write nodes, then relationships: one statement a line, for `cypher-shell -f` or any driver. The script may run twice."""
    with whole_file(out) as stream:
        stream.writelines(f"{statement}\n".encode() for statement in _statements(items))


def _statements(items: Items) -> Iterator[str]:
    waiting: dict[_Form, list[str]] = {}
    labels: set[str] = set()
    nodes = True
    for item in ordered(items):
        form = _form(item)
        if isinstance(item, Node) and item.label not in labels:
            labels.add(item.label)
            yield _fill(("constraint", item.label), "")
        if nodes and isinstance(item, Relationship):  # their ends must be there
            nodes = False
            yield from _rest(waiting)
        rows = waiting.setdefault(form, [])
        rows.append(_row(item))
        if len(rows) == _BATCH:
            yield _fill(form, ", ".join(waiting.pop(form)))
    yield from _rest(waiting)


def _rest(waiting: dict[_Form, list[str]]) -> Iterator[str]:
    for form in sorted(waiting):
        yield _fill(form, ", ".join(waiting[form]))
    waiting.clear()


def _form(item: Node | Relationship) -> _Form:
    """Labels and types come from the schema alone: anything else raises UsageError."""
    if isinstance(item, Node):
        return "node", label(item.label)
    identity = item.id
    by = "_of_extractor" if identity.extractor else "_of_paper" if identity.paper else ""
    return f"relationship{by}", relationship_type(item.type), label(item.start.label), label(item.end.label)


@cache
def _template(name: str) -> str:
    return (files("kg.exports") / "statements" / f"{name}.cypher").read_text(encoding="utf-8").strip()


def _fill(form: _Form, rows: str) -> str:
    """The statement in one pass, so that nothing in the rows is taken for a place to fill."""
    template, name, *ends = form
    values = {"base": BASE_LABEL, "name": name, "rows": f"[{rows}]"} | dict(zip(("start", "end"), ends, strict=False))
    return _PLACE.sub(lambda place: values[place[1]], _template(template))


def _row(item: Node | Relationship) -> str:
    texts(item)  # refuses what the schema lacks: names of properties are written as they are
    properties = _map({name: _literal(value) for name, value in sorted(item.properties.items())})
    if isinstance(item, Node):
        return _map({"key": _literal(item.key), "properties": properties})
    identity = item.id
    named = {"start": identity.start.key, "end": identity.end.key, "paper": identity.paper, "extractor": identity.extractor}
    return _map({name: _literal(text) for name, text in named.items()} | {"properties": properties})


def _map(entries: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {literal}" for name, literal in entries.items()) + "}"


def _literal(value: Value) -> str:
    """A literal. Strings are written in ASCII with the escapes that JSON and Cypher share."""
    if isinstance(value, tuple):
        return f"[{', '.join(_literal(item) for item in value)}]"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else json.dumps(value)
