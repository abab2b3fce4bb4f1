"""The files of `neo4j-admin database import`: a whole graph into an empty database, without a transaction.

One CSV file for each label and for each relationship type between two labels, `import.args`, which holds every option so that one
short command imports them all, and `schema.cypher`: constraints and indexes, which the importer cannot make on every edition.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import cypher
from kg.errors import InputError
from kg.graph import Node, Relationship, Value
from kg.schema import BASE_LABEL, LABELS, RELATIONSHIPS, NodeType, RelationshipType, declared, label, relationship_type
from kg.stores.batches import values
from kg.stores.bolt import declarations

__all__ = ["ImportFiles", "refuse_unusable", "schema_script"]

#: Between the items of a list: a control character, which no text of a paper holds once it was read.
_ITEMS = "\x1f"
#: What the importer cannot be told in the path of a file: it parts paths at commas and has no way to quote one.
_UNTOLD = re.compile(r'[,"\\\x00-\x1f]')
_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean", "date": "date", "strings": "string[]"}


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return _text(_ITEMS.join(value))
    if isinstance(value, date):
        return value.isoformat()
    return _text(value) if isinstance(value, str) else repr(value)


def _header(kind: NodeType | RelationshipType) -> list[str]:
    return [f"{one.name}:{_TYPES[one.type]}" for one in declared(kind)]


def refuse_unusable(folder: Path) -> None:
    """Raise InputError where a folder cannot take the files of an import."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not an empty folder: name a new one for the files of the import")
    if _UNTOLD.search(_path(folder)):
        raise InputError(
            f"neo4j-admin cannot read files in {_path(folder)!r}: name a folder without comma, quotation mark, backslash or line break"
        )


def _path(path: Path) -> str:
    return path.resolve().as_posix()


class ImportFiles:
    """Writes the files into a folder. Nodes may come more than once, the first stands; what is imported is whole after `close`."""

    def __init__(self, folder: Path) -> None:
        refuse_unusable(folder)
        self.folder = folder
        self._open = ExitStack()
        self._files: dict[str, TextIO] = {}
        self._options: dict[str, str] = {}
        self._seen: set[tuple[str, str]] = set()
        self._has_lines = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot make the folder {folder}: {error.strerror or error}") from error

    def add(self, items: Iterable[Node | Relationship]) -> None:
        """Write nodes and relationships. Raises InputError where the disk refuses, UsageError for what the schema does not declare."""
        try:
            for item in items:
                if isinstance(item, Relationship):
                    self._relationship(item)
                elif item.ref not in self._seen:
                    self._seen.add(item.ref)
                    self._node(item)
        except OSError as error:
            raise InputError(f"cannot write into {self.folder}: {error.strerror or error}") from error

    def _node(self, node: Node) -> None:
        name = f"nodes-{label(node.label)}.csv"
        if name not in self._files:
            self._start(name, [f"key:ID({node.label})", *_header(LABELS[node.label])], f"--nodes={node.label}:{BASE_LABEL}")
        self._row(name, [_text(node.key)], values(node.label, node.properties))

    def _relationship(self, one: Relationship) -> None:
        name = f"relationships-{relationship_type(one.type)}-{one.start.label}-{one.end.label}.csv"
        if name not in self._files:
            ends = [f":START_ID({one.start.label})", f":END_ID({one.end.label})"]
            self._start(name, [*ends, *_header(RELATIONSHIPS[one.type])], f"--relationships={one.type}")
        self._row(name, [_text(one.start.key), _text(one.end.key)], values(one.type, one.properties))

    def _start(self, name: str, header: list[str], option: str) -> None:
        path = self.folder / name
        self._files[name] = self._open.enter_context(path.open("w", encoding="utf-8", newline=""))
        self._files[name].write(",".join(header) + "\n")
        self._options[name] = f"{option}={_path(path)}"

    def _row(self, name: str, own: list[str], properties: Iterable[Value | None]) -> None:
        line = ",".join([*own, *map(_cell, properties)])
        self._has_lines = self._has_lines or "\n" in line or "\r" in line
        self._files[name].write(line + "\n")

    def close(self) -> None:
        """Finish the files, with the schema and the options of the import."""
        self._open.close()
        (self.folder / "schema.cypher").write_text(schema_script(), "utf-8")
        options = [self._options[name] for name in sorted(self._options)]
        # The options with files take all words up to the next option: those with one value come last, before the database.
        options += [f"--array-delimiter=U+{ord(_ITEMS):04X}", f"--multiline-fields={'true' if self._has_lines else 'false'}"]
        options += [f"--report-file={_path(self.folder / 'import.report')}"]
        (self.folder / "import.args").write_text("".join(f'"{option}"\n' for option in options), "utf-8")

    @property
    def command(self) -> str:
        """What imports the files into an empty database, on the machine of the server, as a shell takes it."""
        return shlex.join(["neo4j-admin", "database", "import", "full", f"@{_path(self.folder / 'import.args')}", "neo4j"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self._open.close()


def schema_script() -> str:
    """Every constraint and index of the schema as a script."""
    code = ("\n".join(cypher.Statement("schema", "", text).parts()) for text in declarations(["search_server"]))
    return "".join(f"{text};\n" for text in code)
