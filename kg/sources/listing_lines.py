"""The lines of a saved Daily Papers page: what each one is by itself, and how its dates and counts are read.

Below a paper the page has up to three lines: `  • 6 authors` or an organisation (`openbmb OpenBMB`), `·`, and a date with the
upvotes behind it (`Feb 16 2`, `Aug 22, 2024`). Non-breaking spaces are what a browser makes of plain ones; they are read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from kg.text import published

__all__ = ["DateLine", "Line", "author_count", "count", "date_line", "organization", "page_lines", "written_year"]

LineKind = Literal["text", "authors", "organization", "dot", "date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,4}(?:[.,][0-9]{1,3})?[kKmM]|[0-9]{1,9}"
_AUTHORS = re.compile(rf"[•·*●∙▪-]?\s*({_NUMBER})\s+authors?", re.IGNORECASE)
_DATE = re.compile(
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    rf"|nov(?:ember)?|dec(?:ember)?)\.?\s+(?P<day>[0-9]{{1,2}})(?:,\s*(?P<year>[0-9]{{4}}))?(?:\s+(?P<upvotes>{_NUMBER}))?",
    re.IGNORECASE,
)
_DOTS = frozenset("·•∙⋅")
_ORGANIZATION = re.compile(r"(?P<handle>[A-Za-z0-9][\w.-]*)\s+(?P<name>\S.*)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})
_FACTORS = {"k": 1_000, "m": 1_000_000}
_LONGEST_ORGANIZATION = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the spaces around it; `gap` where a blank line or nothing stands before it."""

    number: int
    text: str
    gap: bool
    kind: LineKind = "text"


@dataclass(frozen=True, slots=True)
class DateLine:
    """A day, its year where it is written, and the upvotes behind it."""

    month: int
    day: int
    year: int | None
    upvotes: int | None

    def on(self, year: int | None) -> date | None:
        """The day in its own year, else in `year`; None without a year. Raises ValueError for a day that the year lacks."""
        known = self.year or year
        return date(known, self.month, self.day) if known else None


def count(text: str) -> int:
    """`17`, `1,234`, `1.2k` as a number."""
    factor = _FACTORS.get(text[-1:].lower(), 1)
    digits = text[:-1] if factor > 1 else text
    return int(Decimal(digits.replace(",", "." if factor > 1 else "")) * factor)


def date_line(text: str) -> DateLine | None:
    """What a date line says; None where the text is none. A year stands behind a comma, upvotes behind a space."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, upvotes = found["year"], found["upvotes"]
    month = _MONTHS.index(found["month"][:3].lower()) + 1
    return DateLine(month, int(found["day"]), int(year) if year else None, count(upvotes) if upvotes else None)


def author_count(text: str) -> int | None:
    """The number in `• 6 authors`; None where the text is no such line."""
    found = _AUTHORS.fullmatch(text)
    return count(found[1]) if found else None


def organization(text: str) -> tuple[str, str | None]:
    """Name and handle of an organisation line: the handle comes first, the name is the rest."""
    found = _ORGANIZATION.fullmatch(text)
    return (found["name"], found["handle"]) if found else (text, None)


def _kind(text: str) -> LineKind:
    if text in _DOTS:
        return "dot"
    if author_count(text) is not None:
        return "authors"
    return "date" if _DATE.fullmatch(text) else "text"


def _parts(text: str) -> Iterator[str]:
    """A line that has authors, dot and date beside each other, in its parts; any other line as it is."""
    left, dot, right = text.rpartition(" · ")
    if dot and _DATE.fullmatch(right.strip()) and len(left) <= _LONGEST_ORGANIZATION:
        yield from (left.strip(), "·", right.strip())
    else:
        yield text


def _raw(text: str) -> Iterator[Line]:
    gap = True
    for number, line in enumerate(_LINE_END.split(text), start=1):
        stripped = line.translate(_SPACES).strip().strip("\ufeff\u200b").strip()
        if not stripped:
            gap = True
            continue
        for part in _parts(stripped):
            yield Line(number, published(part), gap, _kind(part))
            gap = False


def _is_organization(before: Line, line: Line, after: Line) -> bool:
    if (
        line.kind != "text"
        or before.kind != "text"
        or len(line.text) > _LONGEST_ORGANIZATION
        or line.text.endswith(".")
        or "://" in line.text
    ):
        return False
    stands_alone = line.gap or len(before.text) > _LONGEST_ORGANIZATION
    return stands_alone and (after.kind == "dot" or (after.kind == "authors" and not after.gap))


def page_lines(text: str) -> list[Line]:
    """The lines of a page that are not blank. A line ends in LF, CR LF, or CR alone."""
    lines = list(_raw(text))
    for i in range(1, len(lines) - 1):
        if _is_organization(*lines[i - 1 : i + 2]):
            lines[i] = replace(lines[i], kind="organization")
    return lines


def written_year(lines: Iterable[Line]) -> int | None:
    """The newest year that a date line of the page writes."""
    dates: Sequence[DateLine | None] = [date_line(line.text) for line in lines if line.kind == "date"]
    return max((found.year for found in dates if found and found.year), default=None)
