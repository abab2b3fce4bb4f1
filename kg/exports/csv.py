"""CSV: one file for each label and each relationship type in a folder, for spreadsheets, pandas and databases."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.exports.order import Items, ordered
from kg.exports.values import columns, texts
from kg.graph import Node, Relationship
from kg.output import whole_file

__all__ = ["write_csv"]

_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
#: What a spreadsheet takes for a formula.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_ENDS = ("start_label", "start_key", "end_label", "end_key")


def write_csv(items: Items, folder: str | os.PathLike[str], *, formula_safe: bool = False) -> list[Path]:
    """Write `nodes-LABEL.csv` and `relationships-TYPE.csv` for what comes; the paths, sorted.

    A missing value is an empty cell, an empty text a quoted one; lists are JSON. With `formula_safe`, a text that a spreadsheet
    would calculate gets an apostrophe in front, so such texts do not come back equal.
    """
    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise InputError(f"{root} is a file; CSV needs a folder, as each label and type gets a file of its own")
    files: dict[Path, BinaryIO] = {}
    with ExitStack() as stack:
        for item in ordered(items):
            name, path, own = _place(item, root)
            if path not in files:
                files[path] = stack.enter_context(whole_file(path))
                files[path].write(_line([*own, *columns(name)], formula_safe=False))
            said = texts(item)
            cells = [*own.values(), *(said.get(column) for column in columns(name))]
            files[path].write(_line(cells, formula_safe=formula_safe, numbers=_numbers(item, len(own), columns(name))))
    return sorted(files)


def _place(item: Node | Relationship, root: Path) -> tuple[str, Path, dict[str, str]]:
    if isinstance(item, Node):
        return item.label, root / f"nodes-{item.label}.csv", {"key": item.key}
    ends = dict(zip(_ENDS, (*item.start, *item.end), strict=True))
    return item.type, root / f"relationships-{item.type}.csv", ends


def _numbers(item: Node | Relationship, before: int, names: list[str]) -> frozenset[int]:
    """Which cells hold numbers: a minus sign in front of one is no formula."""
    return frozenset(before + at for at, name in enumerate(names) if isinstance(item.properties.get(name), int | float))


def _line(cells: Iterable[str | None], *, formula_safe: bool, numbers: frozenset[int] = frozenset()) -> bytes:
    written = []
    for at, cell in enumerate(cells):
        if cell is None:
            written.append("")
            continue
        text = f"'{cell}" if formula_safe and at not in numbers and _FORMULA.match(cell) else cell
        written.append('"' + text.replace('"', '""') + '"' if not text or _QUOTED.search(text) else text)
    return (",".join(written) + "\n").encode()
