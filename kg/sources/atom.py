"""The Atom feed of arXiv's API, read with expat as it streams by: whole entries of a damaged feed are given, and lines are known.

No entity is defined and no outside file fetched, whatever a feed asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from kg import ids
from kg.errors import SourceError
from kg.model import Loss, Origin, Record
from kg.sources.fields import day, unwrapped
from kg.text import published

__all__ = ["NAMESPACE", "read_atom"]

NAMESPACE = "http://www.w3.org/2005/Atom"
_ATOM = NAMESPACE + " "
_ENTRY = _ATOM + "entry"
_AUTHOR_NAME = (_ATOM + "author", _ATOM + "name")
_COMMENT = "http://arxiv.org/schemas/atom comment"
_CHUNK = 1 << 16


@dataclass(slots=True)
class _Entry:
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        return self.texts.get(_ATOM + name)

    def record(self, source: str) -> Record | Loss:
        origin = Origin(source, self.line)
        title, address = self.text("title"), self.text("id") or ""
        arxiv = ids.arxiv_id(address)
        if "/api/errors" in address:
            return Loss(origin, f"arXiv answers: {self.text('summary') or title}")
        if not title:
            return Loss(origin, "an entry without a title; an entry of arXiv's API has id, title and summary")
        return Record(
            kind="arxiv",
            title=title,
            abstract=self.text("summary") or "",
            arxiv_id=arxiv,
            authors=tuple(self.authors),
            author_count=len(self.authors) or None,
            published=day(self.text("published") or ""),
            updated=day(self.text("updated") or ""),
            categories=tuple(dict.fromkeys(self.categories)),
            comment=self.texts.get(_COMMENT),
            url=f"https://arxiv.org/abs/{arxiv}" if arxiv else address or None,
            origin=origin,
        )


class _Feed:
    """The state while a feed streams by. Finished entries wait in `entries`."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = self._entity
        self.entries: list[_Entry] = []
        self._path: list[str] = []
        self._entry: _Entry | None = None
        self._depth = 0
        self._text: list[str] = []

    def _entity(self, name: str, *_rest: object) -> None:
        raise SourceError(f"line {self.parser.CurrentLineNumber}: the feed defines the entity {name!r}; arXiv's feeds define none")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and name not in (_ATOM + "feed", _ENTRY):
            raise SourceError(f"the XML is {name.rpartition(' ')[2]!r}, not an Atom feed of arXiv's API")
        self._path.append(name)
        if name == _ENTRY and self._entry is None:
            self._entry, self._depth = _Entry(self.parser.CurrentLineNumber), len(self._path)
        elif self._entry and name == _ATOM + "category" and attributes.get("term"):
            self._entry.categories.append(published(attributes["term"]))
        if len(self._path) <= self._depth + 2:
            self._text = []

    def _data(self, data: str) -> None:
        if self._entry:
            self._text.append(data)

    def _end(self, name: str) -> None:
        entry, depth = self._entry, len(self._path) - self._depth
        if entry and (depth == 1 or tuple(self._path[-2:]) == _AUTHOR_NAME):
            text = published(unwrapped("".join(self._text)))
            if depth == 1:
                entry.texts.setdefault(name, text)
            elif text:
                entry.authors.append(text)
        elif entry and depth == 0:
            self.entries.append(entry)
            self._entry = None
        self._path.pop()

    def taken(self) -> list[_Entry]:
        """The entries that were finished since the last call."""
        entries, self.entries = self.entries, []
        return entries


def read_atom(stream: BinaryIO, source: str) -> Iterator[Record | Loss]:
    """The entries of a feed, in order, in flat memory."""
    feed, seen, problem = _Feed(), 0, ""
    while not problem:
        chunk = stream.read(_CHUNK)
        try:
            feed.parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            problem = f"the feed is broken or cut off here ({expat.ErrorString(error.code)}); fetch it again"
        except SourceError as error:
            problem = str(error)
        for entry in feed.taken():
            seen += 1
            yield entry.record(source)
        if not chunk:
            break
    origin = Origin(source, feed.parser.CurrentLineNumber if problem else None)
    if problem and seen:
        yield Loss(origin, problem)
    elif not seen:
        raise SourceError(f"{origin}: {problem or 'the feed has no entries; arXiv found nothing for what was asked'}")
