"""A Daily Papers page that somebody saved as text.

A record is a title, an abstract and, on most pages, lines about authors or organisation, date and upvotes. The page omits the
current year; `page_year` finds it. Whatever gave no record comes as a Loss with its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kg.model import Loss, Origin, Record
from kg.sources.listing_blocks import Block, blocks_of, ends_in_address, ends_open, is_furniture, parts
from kg.sources.listing_lines import Line, author_count, date_line, organization, page_lines, written_year

__all__ = ["is_listing", "read_listing"]

_MARKS = ("daily papers", "byak and the research community", "get trending papers in your email inbox!")
_LONG = 500  # characters of an abstract that tell a listing from other text where it has no other mark


@dataclass(slots=True)
class _About:
    """What the lines below an abstract say."""

    lines: list[Line] = field(default_factory=list)

    def has(self, kind: str) -> bool:
        return any(line.kind == kind for line in self.lines)

    @property
    def closes(self) -> bool:
        """True where these lines can stand only below a paper: a date by itself may be the heading of the page."""
        return any(line.kind != "date" for line in self.lines)


@dataclass(slots=True)
class _Run:
    """Blocks of text and what stands below the last of them."""

    blocks: list[Block]
    about: _About


def _runs(lines: Sequence[Line]) -> Iterator[_Run]:
    """The page cut behind each group of lines about a paper."""
    texts: list[Line] = []
    about = _About()
    for line in lines:
        starts = line.kind == "text" or (line.kind != "dot" and about.has(line.kind)) or (line.kind == "organization" and about.lines)
        if about.lines and starts:
            yield _Run(blocks_of(texts), about)
            texts, about = [], _About()
        if line.kind == "text":
            texts.append(line)
        else:
            about.lines.append(line)
    yield _Run(blocks_of(texts), about)


def _joined(blocks: Sequence[Block]) -> str:
    text = blocks[0].text
    for block in blocks[1:]:
        text += ("\n\n" if block.gap else "\n") + block.text
    return text


class _Page:
    """One reading of a page, in order."""

    def __init__(self, lines: Sequence[Line], source: str, year: int | None) -> None:
        self._runs = list(_runs(lines))
        self._source = source
        written = written_year(lines)
        self._year = year or (written + 1 if written else None)
        self._listed: date | None = None
        self._records = 0
        self._dated = 0

    def read(self) -> Iterator[Record | Loss]:
        for number, run in enumerate(self._runs, start=1):
            yield from self._read_run(run, last=number == len(self._runs))

    def _loss(self, line: int, message: str, *, furniture: bool = False) -> Loss:
        return Loss(Origin(self._source, line), message, furniture)

    def _no_day(self, line: Line, year: int | None) -> Loss:
        return self._loss(line.number, f"{line.text!r} is no day of {year}; --year names the year of dates without one")

    def _read_run(self, run: _Run, *, last: bool) -> Iterator[Record | Loss]:
        reading = parts(run.blocks, first=not self._records, closed=run.about.closes)
        in_record = bool(reading) and reading[-1] != "other"
        start = 0
        while start < len(reading):
            end = start + 1
            while end < len(reading) and reading[end] == ("other" if reading[start] == "other" else "abstract"):
                end += 1
            blocks = run.blocks[start:end]
            at_end = end == len(reading)
            if reading[start] == "other":
                yield from self._others(blocks, at_end=at_end and last and not run.about.lines)
            else:
                about = run.about if at_end and in_record else _About()
                yield from self._record(blocks, about, titled=reading[start] == "title", at_end=at_end and last)
            start = end
        if not in_record:
            yield from self._headings(run.about.lines)

    def _others(self, blocks: Sequence[Block], *, at_end: bool) -> Iterator[Loss]:
        """What no record was made of: the site's own lines, or something that was not understood."""
        site = any(is_furniture(block.text) for block in blocks)
        for block in blocks:
            shown = block.text if len(block.text) <= 60 else f"{block.text[:57]}..."
            words = len(block.text.split())
            if is_furniture(block.text) or (words <= 3 and not at_end) or (site and words <= 12):
                yield self._loss(block.number, f"{shown!r} belongs to the page, not to a paper", furniture=True)
            elif at_end and block is blocks[-1]:
                yield self._loss(block.number, f"the page ends with {shown!r}, no whole record nor a line about one; save the whole page")
            else:
                yield self._loss(
                    block.number, f"{shown!r} is neither a title with its abstract below nor a line about one; nothing was read from it"
                )

    def _headings(self, lines: Sequence[Line]) -> Iterator[Loss]:
        """A date that stands below no paper is the day that the page shows."""
        for line in lines:
            if line.kind != "date":
                yield self._loss(line.number, f"{line.text!r} stands below no paper; authors and dates belong under an abstract")
                continue
            self._listed = None
            found = date_line(line.text)
            try:
                self._listed = found.on(self._year) if found else None
            except ValueError:
                yield self._loss(
                    line.number, f"{line.text!r} is no day of {(found and found.year) or self._year}; --year names the page's year"
                )

    def _record(self, blocks: Sequence[Block], about: _About, *, titled: bool, at_end: bool) -> Iterator[Record | Loss]:
        line = blocks[0].number
        if not titled:
            yield self._loss(line, "an abstract without its title; the page seems to be cut off above it")
            return
        title = " ".join(blocks[0].text.split("\n"))
        abstract = _joined(blocks[1:]) if blocks[1:] else ""
        if at_end and not about.lines and self._is_cut(abstract):
            yield self._loss(blocks[-1].number, f"the page ends in the middle of the abstract of {title!r}; save the whole page")
            return
        record = Record("listing", title, abstract, listed=self._listed, origin=Origin(self._source, line))
        losses = []
        for found in about.lines:
            record, loss = self._with(record, found)
            if loss:
                losses.append(loss)
        if at_end and about.closes and not about.has("date") and self._dated:
            losses.append(self._loss(about.lines[-1].number, f"the page ends before the date of {title!r}; save the whole page"))
        self._records += 1
        self._dated += about.has("date")
        yield record
        yield from losses

    def _is_cut(self, abstract: str) -> bool:
        """True for the last abstract of a page if it stops in a sentence, or in an address where a date should follow."""
        return ends_open(abstract) or (ends_in_address(abstract) and 2 * self._dated > self._records)

    def _with(self, record: Record, line: Line) -> tuple[Record, Loss | None]:
        """The record with what one line about it says."""
        if line.kind == "authors":
            return replace(record, author_count=author_count(line.text)), None
        if line.kind == "organization":
            name, handle = organization(line.text)
            return replace(record, organization=name, organization_handle=handle), None
        found = date_line(line.text) if line.kind == "date" else None
        if not found:
            return record, None
        record = replace(record, upvotes=found.upvotes or 0)
        try:
            return replace(record, published=found.on(self._year)), None
        except ValueError:
            year = found.year or self._year
            return record, self._loss(
                line.number, f"{line.text!r} is no day of {year}; a date reads like Feb 16, {year}, and --year names the page's year"
            )


def read_listing(text: str, source: str, year: int | None = None) -> Iterator[Record | Loss]:
    """The records of a saved page in its order. `year` is the year of dates that have none; without it, the page tells."""
    return _Page(page_lines(text), source, year).read()


def is_listing(text: str) -> bool:
    """True where the text reads as a Daily Papers page: by lines that only such pages have, or as titles over long abstracts."""
    lines = page_lines(text)
    if any(line.text.casefold() in _MARKS for line in lines):
        return True
    records = [item for item in _Page(lines, "", None).read() if isinstance(item, Record)]
    if any(record.published or record.upvotes is not None or record.author_count is not None for record in records):
        return True
    pairs = sum(len(record.abstract) >= _LONG for record in records)
    return pairs >= 3 and pairs >= 0.9 * len(records) and 2 * pairs >= 0.8 * sum(len(run.blocks) for run in _runs(lines))
