"""Printing: rows as a table for people, JSON for programs, CSV for spreadsheets; words to standard error."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import click

from kg.output import whole_file
from kg.ports import Table
from kg.text import published

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.model import Loss

__all__ = ["echo_json", "echo_table", "echo_text", "tell_losses", "text_width", "words", "write_json_lines"]

_UNWRAPPED = 10_000
#: What reorders or hides text on a terminal: bidirectional controls and zero-width characters.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def words(text: str) -> None:
    """Say something to the person, beside the data."""
    click.echo(_plain(text), err=True)


def _plain(text: str) -> str:
    """The text without what would act on a terminal: control characters and those that reorder."""
    return _INVISIBLE.sub("", published(text))


def echo_text(text: str) -> None:
    """Print text of papers."""
    click.echo(_plain(text))


def echo_json(value: object) -> None:
    """Print one JSON value, indented."""
    click.echo(json.dumps(_jsonable(value), ensure_ascii=False, indent=2))


def write_json_lines(values: Iterable[object], path: str) -> None:
    """Write one JSON value a line into a file, which appears whole or not at all, or for `-` to standard output."""
    lines = (json.dumps(_jsonable(value), ensure_ascii=False) + "\n" for value in values)
    if path == "-":
        for line in lines:
            sys.stdout.write(line)
        return
    with whole_file(path) as out:
        out.writelines(line.encode("utf-8", "backslashreplace") for line in lines)


def tell_losses(losses: Iterable[Loss]) -> int:
    """Say what sources did not give; the number of losses. Furniture of a page is none, and is not told."""
    real = [loss for loss in losses if not loss.furniture]
    for loss in real:
        words(f"{loss.origin}: {loss.message}" if loss.origin.source else loss.message)
    return len(real)


def echo_table(table: Table, form: str) -> None:
    """Print rows as a table, a JSON list of objects, or CSV (RFC 4180); where the limit cut them, that is told."""
    if form == "json":
        echo_json(table)
    elif form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(table.columns)
        writer.writerows([_cell(value) for value in row] for row in table.rows)
    else:
        _echo_rows(table.columns, table.rows)
    if table.truncated:
        words(f"only the first {len(table.rows)} rows are shown")


def text_width() -> int:
    """Where to wrap text for people: at the terminal's width, and nowhere in a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNWRAPPED


def _jsonable(value: object) -> object:
    if isinstance(value, Table):
        value = value.records()
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _jsonable(getattr(value, each.name)) for each in fields(value) if not each.name.startswith("_")}
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {str(key): _jsonable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_jsonable(inner) for inner in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _cell(value: object) -> str:
    """One cell of CSV: empty for null, text as it is, lists and maps as JSON."""
    plain_value = _jsonable(value)
    if plain_value is None:
        return ""
    return plain_value if isinstance(plain_value, str) else json.dumps(plain_value, ensure_ascii=False)


def _shown(value: object) -> str:
    """One cell for people."""
    if isinstance(value, list | tuple):
        return ", ".join(_shown(inner) for inner in value)
    return " ".join(_plain(_cell(value)).split())


def _echo_rows(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        numeric = all(isinstance(row[number], int | float) or row[number] is None for row in rows)
        table.add_column(Text(column), justify="right" if rows and numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    _echo_rich(table)


def _echo_rich(renderable: RenderableType) -> None:
    """Print for people: as wide as the terminal, or unwrapped in a pipe, without blanks at the ends of lines."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    console = Console(width=text_width(), color_system="auto" if terminal else None, highlight=False, emoji=False, markup=False)
    with console.capture() as capture:
        console.print(renderable)
    for line in capture.get().splitlines():
        click.echo(line.rstrip())
