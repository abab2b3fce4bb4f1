"""The library of statements: what there is, what each takes, and running one by name.

Each file begins with comment lines: what it answers, a block `Parameters:` and a block `Columns:`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

import cypher
from kg.errors import UsageError, choice
from kg.ids import arxiv_id, name_key, squeeze, title_key
from kg.ports import Store, Table
from kg.schema import RESOLVED_LABELS

__all__ = ["Parameter", "ParameterType", "Query", "describe", "header", "name_keys", "paper", "run", "words_of"]

ParameterType = Literal["name", "names", "paper", "words", "string", "integer", "float", "boolean", "date"]
Value = str | int | float | bool

_FOLDERS: tuple[cypher.Folder, ...] = ("read", "search")
_ANCHORS = frozenset({"name", "names", "paper", "words"})
#: The most rows, days or steps: the calendars of the engines end a little further on.
_MOST = 999_999_999
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_PARAMETER = re.compile(r"(?P<name>\w+) \((?P<type>\w+)\) = (?P<default>'[^']*'|[^:]+): (?P<meaning>.+)")
#: A word as the full-text indexes of both engines part it (Unicode, annex 29): 3.5, github.com, don't and 1,000 are one.
_WORD = re.compile(r"\w+(?:(?:(?<=[^\W\d_])[.'’](?=[^\W\d_])|(?<=\d)[.,;'’](?=\d))\w+)*")
_COLUMN = re.compile(r"(?P<name>\w+): (?P<meaning>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a statement takes.

    A `name` is any spelling of a name, `names` the keys of the Name nodes it may have; a `paper` is a key, an arXiv id or a title;
    `words` are looked up in the full text, all of them.
    """

    name: str
    type: ParameterType
    default: Value
    meaning: str


@dataclass(frozen=True, slots=True)
class Query:
    """One statement of the library."""

    name: str
    folder: cypher.Folder
    purpose: str
    parameters: tuple[Parameter, ...]
    meanings: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its rows."""
        return tuple(self.meanings)

    @property
    def is_anchored(self) -> bool:
        """Whether it starts from what a parameter names, through an index; else it reads every node of some label."""
        return any(parameter.type in _ANCHORS for parameter in self.parameters)


@cache
def describe() -> tuple[Query, ...]:
    """Every statement of the library, by name."""
    found = [header(cypher.load(folder, name)) for folder in _FOLDERS for name in cypher.names(folder)]
    return tuple(sorted(found, key=lambda query: query.name))


def header(statement: cypher.Statement) -> Query:
    """What the comment at the top of a statement says. Raises ValueError where it does not keep the form."""
    blocks: dict[str, list[str]] = {"": []}
    block = ""
    for line in statement.comment:
        if line in {"Parameters:", "Columns:"}:
            block = line
            blocks[block] = []
        elif line:
            blocks[block].append(line.strip())
    where = f"cypher/{statement.folder}/{statement.name}"
    if not blocks[""] or "Columns:" not in blocks:
        raise ValueError(f"{where} should begin with what it answers and name its columns")
    parameters = tuple(_parameter(line, where) for line in blocks.get("Parameters:", ()))
    columns = dict(_column(line, where) for line in blocks["Columns:"])
    return Query(statement.name, statement.folder, " ".join(blocks[""]), parameters, columns)


def _parameter(line: str, where: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None or found["type"] not in get_args(ParameterType):
        raise ValueError(f"{where}: a parameter is declared as `name (type) = default: meaning`, not as {line!r}")
    kind: ParameterType = found["type"]  # type: ignore[assignment]
    return Parameter(found["name"], kind, _literal(found["default"].strip(), kind), found["meaning"])


def _literal(text: str, kind: ParameterType) -> Value:
    plain = text[1:-1] if text.startswith("'") else text
    return plain if kind in {"name", "names", "paper", "words", "string", "date"} else _converted(plain, kind)


def _column(line: str, where: str) -> tuple[str, str]:
    found = _COLUMN.fullmatch(line)
    if found is None:
        raise ValueError(f"{where}: a column is declared as `name: meaning`, not as {line!r}")
    return found["name"], found["meaning"]


def run(store: Store, name: str, parameters: Mapping[str, object] | None = None, *, rows: int | None = None) -> Table:
    """Run the statement of that name; parameters left out take their defaults.

    Raises UsageError for a name, a parameter or a value that makes no sense.
    """
    known = {query.name: query for query in describe()}
    if name not in known:
        raise choice(name, known, "query")
    query = known[name]
    given = parameters or {}
    declared = {parameter.name: parameter for parameter in query.parameters}
    for unknown in sorted(given.keys() - declared.keys()):
        if not declared:
            raise UsageError(f"query {name} takes no parameters, so not {unknown!r}")
        raise choice(unknown, declared, f"parameter of {name}")
    bound = {each.name: _bound(store, each, given.get(each.name, each.default)) for each in query.parameters}
    table = store.query(cypher.load(query.folder, name).text, bound, rows=rows)
    return table if table.rows else Table(query.columns, ())


def _bound(store: Store, parameter: Parameter, value: object) -> Value | list[str]:
    """A value as the statement takes it."""
    if parameter.type == "name":
        return squeeze(str(value))
    if parameter.type == "names":
        return [str(each) for each in value] if isinstance(value, list | tuple) else name_keys(store, str(value))
    if parameter.type == "words":
        if not (words := words_of(str(value))):
            raise UsageError(f"parameter {parameter.name} should hold a word to look for, not {value!r}")
        return " ".join(f"+{word}" for word in words)
    if parameter.type == "paper":
        return paper(store, str(value)) or str(value)
    if parameter.type == "date":
        return _day(parameter.name, str(value))
    try:
        return _converted(value, parameter.type)
    except ValueError as error:
        raise UsageError(f"parameter {parameter.name} should be {_article(parameter.type)}, not {value!r}") from error


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case, as the full-text indexes part them."""
    return _WORD.findall(text.lower())


def _converted(value: object, kind: ParameterType) -> Value:
    if kind == "integer":
        if not 0 <= (number := int(str(value))) <= _MOST:
            raise ValueError(number)
        return number
    if kind == "float":
        return float(str(value))
    if kind == "boolean":
        if (word := str(value).lower()) not in _BOOLEANS:
            raise ValueError(word)
        return _BOOLEANS[word]
    return str(value)


def _day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"parameter {name} should be a date such as 2025-11-07, not {text!r}") from error


def _article(kind: str) -> str:
    return {"integer": f"a whole number from 0 to {_MOST}", "float": "a number", "boolean": "true or false"}.get(kind, f"a {kind}")


def paper(store: Store, text: str) -> str | None:
    """The key of the paper that a key, an arXiv id, an address or a title names; None where the store has none."""
    found_id = arxiv_id(text)
    candidates: Sequence[str] = [text, *([f"arxiv:{found_id}"] if found_id else []), title_key(text)]
    found = store.papers(candidates)
    return min(found) if found else None


def name_keys(store: Store, text: str) -> list[str]:
    """Keys of the Name nodes that may stand for a text: of every label, and of the title of the paper that it names."""
    keys = [name_key(label, text) for label in RESOLVED_LABELS]
    if key := paper(store, text):
        keys += store.papers([key])[key].paper.title_keys
    return keys
