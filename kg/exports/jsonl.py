"""The canonical dump: one JSON object a line, lines sorted. Equal graphs give equal bytes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import InputError
from kg.exports.order import RUN_LINES, Items, sorted_lines
from kg.exports.values import from_json, property_types
from kg.graph import Node, Ref, Relationship, Value, dump_line
from kg.output import Out, whole_file

__all__ = ["read_jsonl", "write_jsonl"]


def write_jsonl(items: Items, out: Out, *, run_lines: int = RUN_LINES) -> None:
    """Write the canonical dump of nodes and relationships that come in any order."""
    lines = (f"{dump_line(item)}\n".encode() for item in items)
    with whole_file(out) as stream:
        stream.writelines(sorted_lines(lines, run_lines=run_lines))


def read_jsonl(source: str | os.PathLike[str]) -> Iterator[Node | Relationship]:
    """The nodes and relationships of a dump. Raises InputError with file and line where a line is none."""
    path = Path(source)
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _item(line, f"{path}:{number}")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def _item(line: bytes, where: str) -> Node | Relationship:
    try:
        entry = json.loads(line)
        if entry["kind"] == "node":
            return Node(entry["label"], entry["key"], _properties(entry["properties"], entry["label"]))
        if entry["kind"] == "relationship":
            (start, end) = (Ref(*entry[side]) for side in ("from", "to"))
            return Relationship(entry["type"], start, end, _properties(entry["properties"], entry["type"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{where} is no line of a dump: one JSON object of a node or a relationship is") from error
    raise InputError(f"{where} has kind {entry['kind']!r}; valid are node, relationship")


def _properties(found: Mapping[str, object], name: str) -> dict[str, Value]:
    types = property_types(name)
    return {key: from_json(value, types.get(key)) for key, value in found.items()}
