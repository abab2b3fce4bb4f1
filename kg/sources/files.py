"""A file, or standard input, as a source: recognised by its content, read by the reader for its shape."""

from __future__ import annotations

import io
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from kg.errors import SourceError
from kg.model import Loss, Origin, Record
from kg.sources.atom import read_atom
from kg.sources.documents import read_json, read_json_lines
from kg.sources.listing import is_listing, read_listing
from kg.sources.shapes import Shape, shape_of
from kg.sources.streams import Opened, decoded, encoding_of, opened

__all__ = ["FileSource"]

_KNOWN = "a Daily Papers listing saved as text, arXiv JSON Lines, an Atom feed of arXiv's API or the hub's daily-papers JSON"
_UNKNOWN: dict[Shape, str] = {
    "html": "is a web page; save the listing as text instead",
    "xml": f"is XML but no Atom feed; what can be read is {_KNOWN}",
    "data": f"is JSON but holds no records; what can be read is {_KNOWN}",
    "text": f"has no known shape; what can be read is {_KNOWN}",
}


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file, or `-`. `among_others`: it was found in a folder, where files that are no sources are passed over."""

    name: str
    year: int | None = None
    among_others: bool = False

    def read(self) -> Generator[Record | Loss, None, None]:
        """Every record in order. What breaks after the first record comes as a Loss, what breaks before raises."""
        seen = False
        line: int | None = None
        try:
            with opened(self.name) as found, closing(self._items(found)) as items:
                for item in items:
                    yield item
                    seen, line = True, item.origin.line
                if found.failure:
                    yield self._broken(found.failure, line)
        except SourceError as error:
            if not seen:
                raise
            yield self._broken(str(error).removeprefix(f"{self.name}: "), line)

    def _broken(self, message: str, line: int | None) -> Loss:
        return Loss(Origin(self.name), f"behind line {line}, {message}" if line else message)

    def _items(self, found: Opened) -> Generator[Record | Loss, None, None]:
        if not found.head.strip():
            raise SourceError(f"{self.name}: {found.failure or f'is empty; what can be read is {_KNOWN}'}")
        encoding = encoding_of(found.head)
        shape = shape_of(found.head.decode(encoding or "utf-8", "replace"))
        stream: BinaryIO = found.stream
        if shape == "atom":
            yield from read_atom(stream, self.name)
        elif shape == "lines":
            if encoding not in ("utf-8", "utf-8-sig"):
                stream = io.BytesIO(decoded(found.whole(), self.name)[0].encode())
            yield from read_json_lines(stream, self.name)
        elif shape in ("json", "text"):
            yield from self._document(found, shape)
        else:
            yield self._unknown(found, shape)

    def _unknown(self, found: Opened, shape: Shape) -> Loss:
        if found.failure:
            raise SourceError(f"{self.name}: {found.failure}")
        if self.among_others:
            return Loss(Origin(self.name), f"{_UNKNOWN[shape]}; passed over", furniture=True)
        raise SourceError(f"{self.name}: {_UNKNOWN[shape]}")

    def _document(self, found: Opened, shape: Shape) -> Generator[Record | Loss, None, None]:
        text, damaged = decoded(found.whole(), self.name)
        if shape == "json":
            yield from read_json(text, self.name)
        elif is_listing(text):
            yield from read_listing(text, self.name, self.year)
        else:
            yield self._unknown(found, shape)
            return
        if damaged is not None:
            yield Loss(Origin(self.name, damaged), "bytes from here on are no UTF-8 and were read as U+FFFD; save the file as UTF-8")
