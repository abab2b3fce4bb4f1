"""A text with its sentences: what the rules read, and where every piece of evidence comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Evidence, Field, Text

__all__ = ["FIELDS", "Reading", "Sentence", "sentences"]

FIELDS: tuple[Field, Field] = ("title", "abstract")

#: Where a sentence may end: a closing mark and space, a mark without the space before a capitalised word, an empty line.
_END = re.compile(r"[.!?][\"'”’)\]}]*\s+|(?<=[a-z]{3})\.(?=[A-Z][a-z]+[ ,])|\n[ \t]*\n\s*|(?<=[。！？])")
_WORD_BEFORE = re.compile(r"[\w.\-]+$")
_OPENS = re.compile(r"[\"'“‘(\[{$\\*~]*[A-Z0-9À-ÖØ-Þ\u0370-\uffff]|[\"'“‘(\[{$\\*]*[a-z]+[A-Z0-9]")
#: What ends in a full stop inside a sentence.
_ABBREVIATIONS = frozenset(
    [
        "e.g",
        "i.e",
        "al",
        "vs",
        "cf",
        "resp",
        "approx",
        "fig",
        "figs",
        "eq",
        "eqs",
        "sec",
        "no",
        "nos",
        "vol",
        "ca",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "univ",
        "ed",
        "eds",
        "etc.",
        "viz",
        "w.r.t",
        "a.k.a",
    ]
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a field, `start` and `end` without the space around it."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A text and its sentences, the title's first."""

    text: Text
    sentences: tuple[Sentence, ...] = field(default=())

    @classmethod
    def of(cls, text: Text) -> Reading:
        """The text cut into sentences."""
        return cls(text, tuple(sentences(text)))

    @cached_property
    def _by_field(self) -> dict[str, tuple[list[Sentence], list[int]]]:
        found: dict[str, tuple[list[Sentence], list[int]]] = {name: ([], []) for name in FIELDS}
        for sentence in self.sentences:
            kept, starts = found[sentence.field]
            kept.append(sentence)
            starts.append(sentence.start)
        return found

    def index(self, name: Field, offset: int) -> int:
        """The number of the sentence within its field that holds the offset."""
        return max(0, bisect_right(self._by_field[name][1], offset) - 1)

    def sentence(self, name: Field, offset: int) -> Sentence:
        """The sentence that holds the offset; the whole field where it has none."""
        kept = self._by_field[name][0]
        return kept[self.index(name, offset)] if kept else Sentence(name, 0, len(self.text.field(name)))

    def evidence(self, name: Field, start: int, end: int) -> Evidence:
        """The sentence around a stretch of text, or the sentences where it runs across."""
        first = self.sentence(name, start)
        last = first if end <= first.end else self.sentence(name, max(start, end - 1))
        begin, stop = min(first.start, start), max(last.end, end)
        return Evidence(name, self.text.field(name)[begin:stop], begin, stop, start, end)


def sentences(text: Text) -> Iterator[Sentence]:
    """The sentences of title and abstract; a title is one sentence."""
    if text.title.strip():
        yield _stripped("title", text.title, 0, len(text.title))
    body, begin = text.abstract, 0
    for found in _END.finditer(body):
        if found.end() > begin and _ends(body, found):
            if body[begin : found.end()].strip():
                yield _stripped("abstract", body, begin, found.end())
            begin = found.end()
    if body[begin:].strip():
        yield _stripped("abstract", body, begin, len(body))


def _ends(body: str, found: re.Match[str]) -> bool:
    mark = body[found.start() : found.start() + 1]
    if mark != "." or found.group() == ".":
        return True
    if not _OPENS.match(body[found.end() : found.end() + 40]):
        return False
    word = _WORD_BEFORE.search(body[max(0, found.start() - 20) : found.start()])
    if word is None:
        return True
    before = word.group()
    return before.lower() not in _ABBREVIATIONS and not (len(before) == 1 and before.isupper() and found.start() > 1)


def _stripped(name: Field, body: str, start: int, end: int) -> Sentence:
    piece = body[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    return Sentence(name, begin, begin + len(piece.strip()))
