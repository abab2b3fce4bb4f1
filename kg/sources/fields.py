"""Typed access to a JSON object from outside: what is missing is null, what is of a wrong type is null and noted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate

from kg.text import published

__all__ = ["Fields", "day", "unwrapped"]

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_WRAP = re.compile(r"[ \t]*\n\s*")


def day(text: str) -> date | None:
    """The day of an ISO date or time, or of a date as in mail (`Mon, 2 Apr 2007 19:18:42 GMT`); None for anything else."""
    found = _ISO.match(text.strip())
    parts = tuple(int(part) for part in found.groups()) if found else (parsedate(text) or ())[:3]
    try:
        return date(*parts) if len(parts) == 3 else None
    except ValueError:
        return None


def unwrapped(text: str) -> str:
    """Text that was broken into lines on its way, in one line."""
    return _WRAP.sub(" ", text).strip()


class Fields:
    """A JSON object; `problems` collects what could not be used."""

    def __init__(self, values: Mapping[str, object], problems: list[str] | None = None) -> None:
        self._values = values
        self.problems: list[str] = [] if problems is None else problems

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def _wrong(self, name: str, right: str) -> None:
        shown = repr(self._values[name])
        self.problems.append(f"{name} is {shown if len(shown) <= 40 else shown[:37] + '...'} instead of {right}")

    def text(self, *names: str) -> str | None:
        """The first of these that is there, as published."""
        for name in names:
            value = self._values.get(name)
            if isinstance(value, str):
                return published(value)
            if value is not None:
                self._wrong(name, "a text")
        return None

    def number(self, name: str) -> int | None:
        """A whole number that is not negative."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53:
            return value
        self._wrong(name, "a whole number")
        return None

    def date(self, *names: str) -> date | None:
        """The first of these that is there, as a day."""
        for name in names:
            value = self._values.get(name)
            if value is None:
                continue
            found = day(value) if isinstance(value, str) else None
            if found is None:
                self._wrong(name, "a date like 2025-11-25")
            return found
        return None

    def inner(self, name: str) -> Fields | None:
        """An object inside; its problems are noted here."""
        value = self._values.get(name)
        if isinstance(value, Mapping):
            return Fields(value, self.problems)
        if value is not None:
            self._wrong(name, "an object")
        return None

    def items(self, name: str) -> list[object]:
        """A list; empty where there is none."""
        value = self._values.get(name)
        if isinstance(value, list):
            return value
        if value is not None:
            self._wrong(name, "a list")
        return []

    def is_text(self, name: str) -> bool:
        """True where the value is a text."""
        return isinstance(self._values.get(name), str)
