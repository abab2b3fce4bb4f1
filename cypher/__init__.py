"""The statements of paperkg: every one is a file in the folders beside this module.

schema/   constraints and indexes, one file per engine where dialects differ
write/    what the stores write and read back
read/     the cookbook
search/   full-text and likeness
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

__all__ = ["Folder", "Statement", "load", "names"]

Folder = Literal["schema", "write", "read", "search"]

_SUFFIX = ".cypher"
_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)(?::([a-z]+))?\}\}")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """One file: its folder, its name without suffix, and its text, comments included."""

    folder: Folder
    name: str
    text: str

    @property
    def placeholders(self) -> frozenset[str]:
        """The names between double braces: labels and types, which cannot be bound as parameters."""
        return frozenset(name for name, _ in _PLACEHOLDER.findall(self.text))

    @property
    def comment(self) -> tuple[str, ...]:
        """The comment lines that the file begins with, without their slashes."""
        lines = []
        for line in self.text.splitlines():
            if not line.startswith("//"):
                break
            lines.append(line[2:].removeprefix(" ").rstrip())
        return tuple(lines)

    def parts(self) -> tuple[str, ...]:
        """The statements of a file that holds several, each ended by a semicolon at the end of a line; without comment lines."""
        return tuple(code for part in re.split(r";[ \t]*$", self.text, flags=re.MULTILINE) if (code := _code(part)))

    def fill(self, **values: str | Iterable[str]) -> str:
        """The text with every placeholder filled; several types are joined by `|`.

        `{{properties:row}}` becomes the entries of a map; `properties` says where in the list `row` the value of each of them stands.

        The caller takes the values from the schema; anything that is no plain identifier raises ValueError all the same.
        """
        if missing := self.placeholders ^ values.keys():
            raise ValueError(f"cypher/{self.folder}/{self.name}{_SUFFIX} has the placeholders {sorted(self.placeholders)}, not {missing}")
        return _PLACEHOLDER.sub(lambda found: _filled(values[found.group(1)], found.group(2)), self.text)


def _code(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("//"))


def _filled(value: str | Iterable[str] | Mapping[str, int], source: str | None) -> str:
    found = [value] if isinstance(value, str) else list(value)
    for name in found:
        if not _IDENTIFIER.match(name):
            raise ValueError(f"{name!r} cannot stand for a label, a type or a property")
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {source}[{place}]" for name, place in value.items())
    return "|".join(found)


@cache
def names(folder: Folder) -> tuple[str, ...]:
    """The names of the statements in a folder, sorted."""
    found = (entry.name for entry in files(__name__).joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)))


@cache
def load(folder: Folder, name: str) -> Statement:
    """The statement of that name. Raises KeyError where there is none."""
    if name not in names(folder):
        raise KeyError(f"cypher/{folder}/{name}{_SUFFIX}")
    return Statement(folder, name, files(__name__).joinpath(folder, name + _SUFFIX).read_text(encoding="utf-8"))
