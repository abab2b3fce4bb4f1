"""Abbreviations that a text defines: `long form (SHORT)`, `SHORT (long form)`, `SHORT: long form` in titles, `SHORT, short for long form`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.reading import FIELDS, Reading
from kg.model import Field, Mention

__all__ = ["Abbreviation", "abbreviates", "abbreviations"]

_BRACKET = re.compile(
    r"\(\s*(?:i\.e\.,?\s+|aka\s+|a\.k\.a\.?\s+|dubbed\s+|termed\s+|called\s+|or\s+|namely\s+|short for\s+)?([^()\n]{2,90}?)\s*\)"
)
_SHORT = re.compile(r"[A-Za-z0-9][\w.\-+*$^{}\\/]{0,18}s?\Z")
_WORD = re.compile(r"[A-Za-z0-9][^\s()\[\],;:]*")
_BEFORE = re.compile(r"([A-Za-z0-9$\\][\w.\-+*$^{}\\/]{1,20})\s*\Z")
_STANDS = re.compile(r"([A-Z][\w.\-+]{1,18}),? (?:which )?(?:stands for|is short for|short for|abbreviated from) (?:the )?([^.,;()]{4,90})")
_HEADED = re.compile(r"\s*([A-Za-z][\w.\-+]{1,18})\s*[:—–]\s*(?:(?:An?|The)\s)?(.{4,160})", re.DOTALL)
_LINKING = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "per",
        "the",
        "to",
        "via",
        "with",
        "without",
        "through",
        "is",
        "using",
    ]
)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and the long form that it stands for, as they occur."""

    short: Mention
    long: Mention


def abbreviations(reading: Reading) -> tuple[Abbreviation, ...]:
    """Every definition of the title and the abstract, in text order."""
    found: list[Abbreviation] = []
    for name in FIELDS:
        text = reading.text.field(name)
        for pair in (*_bracketed(name, text), *_explained(name, text)):
            found.append(pair)
    return tuple(dict.fromkeys(found))


def _bracketed(name: Field, text: str) -> Iterator[Abbreviation]:
    for bracket in _BRACKET.finditer(text):
        inner, start = bracket.group(1), bracket.start(1)
        head = re.split(r"[,;]", inner, maxsplit=1)[0].rstrip()
        before = text[max(0, bracket.start() - 160) : bracket.start()].rstrip()
        if _SHORT.match(head) and _looks_short(head):
            long = _longest(head, before)
            if long is not None:
                begin = max(0, bracket.start() - 160) + long
                yield Abbreviation(
                    Mention(head, name, start, start + len(head)),
                    Mention(text[begin : _end(text, bracket.start())], name, begin, _end(text, bracket.start())),
                )
                continue
        word = _BEFORE.search(text[max(0, bracket.start() - 24) : bracket.start()])
        if word is not None and _looks_short(word.group(1)) and " " in inner:
            short = word.group(1)
            cut = _longest(short, inner)
            begin = max(0, bracket.start() - 24) + word.start(1)
            if cut is not None and cut <= 12:
                yield Abbreviation(
                    Mention(short, name, begin, begin + len(short)), Mention(inner[cut:], name, start + cut, start + len(inner))
                )


def _explained(name: Field, text: str) -> Iterator[Abbreviation]:
    for found in _STANDS.finditer(text):
        words = list(_WORD.finditer(found.group(2)))
        for count in range(min(len(words), 10), 1, -1):
            long = found.group(2)[: words[count - 1].end()]
            if abbreviates(found.group(1), long):
                begin = found.start(2)
                yield Abbreviation(Mention(found.group(1), name, *found.span(1)), Mention(long, name, begin, begin + len(long)))
                break
    headed = _HEADED.match(text) if name == "title" else None
    if headed is not None and _looks_short(headed.group(1)):
        words = list(_WORD.finditer(headed.group(2)))
        for count in range(2, min(len(words), 10) + 1):
            long = headed.group(2)[: words[count - 1].end()]
            if _initials(headed.group(1), long):
                begin = headed.start(2)
                yield Abbreviation(Mention(headed.group(1), name, *headed.span(1)), Mention(long, name, begin, begin + len(long)))
                break


def _end(text: str, position: int) -> int:
    while position and text[position - 1].isspace():
        position -= 1
    return position


def _looks_short(word: str) -> bool:
    capitals = sum(c.isupper() for c in word)
    return len(word) <= 20 and word[:1].isalnum() and capitals >= 1 and (capitals >= 2 or any(c.isdigit() for c in word) or len(word) <= 4)


def _longest(short: str, before: str) -> int | None:
    """Where the long form of `short` begins in the text that ends with it (Schwartz and Hearst's walk, with word starts first)."""
    words = list(_WORD.finditer(before))
    letters = [c for c in short.lower() if c.isalnum()]
    if not words or len(letters) < 2:
        return None
    limit = min(len(words), len(letters) + 5, len(letters) * 2 + 1)
    begins = [
        word.start() for word in words[: -limit - 1 : -1] if word.group()[0].lower() == letters[0] and word.group().lower() not in _LINKING
    ]
    for reads in (_initials, abbreviates):
        for begin in begins:
            if reads(short, before[begin:]):
                return begin
    return None


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` occur in order in `long`, the first at its start, each at a word's start or after another of its word."""
    if _initials(short, long):
        return True
    letters = [c for c in re.sub(r"s\Z", "", short).lower() if c.isalnum()]
    pieces = [piece.lower() for piece in re.findall(r"[A-Za-z0-9]+", long)]
    if len(letters) < 2 or not pieces or pieces[0][0] != letters[0] or len(pieces) > 2 * len(letters) or len(pieces) < 2:
        return False
    return _walk(letters, pieces)


def _walk(letters: list[str], pieces: list[str]) -> bool:
    """Whether the letters can be read off the words, at least half of them at a word's start, none of the content words left out."""
    position, starts = 0, 0
    for word in pieces:
        if position == len(letters):
            return word in _LINKING
        if word[0] != letters[position]:
            if word in _LINKING:
                continue
            return False
        starts += 1
        position += 1
        at = 1
        while position < len(letters):
            next_at = word.find(letters[position], at)
            if next_at < 0:
                break
            rest = pieces[pieces.index(word) + 1 :]
            following = next((piece for piece in rest if piece not in _LINKING), None)
            if following is not None and following[0] == letters[position]:
                break
            at, position = next_at + 1, position + 1
    return position == len(letters) and starts * 2 >= len(letters)


def _initials(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of the words, linking words and inner capitals optional."""
    letters = "".join(c for c in re.sub(r"(?<=[A-Z0-9])s\Z", "", short) if c.isalnum()).lower()
    words = [word for word in re.findall(r"[A-Za-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", long))]
    if len(letters) < 2 or len(words) < 2:
        return False
    every = "".join(word[0] for word in words).lower()
    content = "".join(word[0] for word in words if word.lower() not in _LINKING).lower()
    return letters in (every, content)
