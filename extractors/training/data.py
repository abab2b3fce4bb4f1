"""Gold and unlabelled papers as labelled words.

Which part a paper belongs to depends on its id alone, so that every step holds the same papers apart.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractors.taggers.labels import OUTSIDE, ROLE_NAMES, TYPES, begin, inside
from extractors.taggers.words import cut
from kg.errors import GoldError
from kg.model import EntityType, Field, Text
from kg.text import published

__all__ = ["Example", "Part", "Span", "labels_of", "part_of", "read_gold", "read_texts", "roles_of", "spans_of"]

_ADDRESS = re.compile(r"(?:https?://|\b(?:www\.|github\.com/|huggingface\.co/))[^\s{}<>]+", re.IGNORECASE)

Part = Literal["held", "dev", "train"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a field that names an entity of this type and role."""

    start: int
    end: int
    type: EntityType
    role: str


@dataclass(frozen=True, slots=True)
class Example:
    """A paper and the spans of its fields."""

    text: Text
    title: tuple[Span, ...]
    abstract: tuple[Span, ...]

    def spans(self, field: Field) -> tuple[Span, ...]:
        """The spans of the field, ascending."""
        return self.title if field == "title" else self.abstract


def part_of(key: str) -> Part:
    """A tenth of all papers is held apart and looked at once; a twentieth is for tuning; the others train."""
    number = int(hashlib.sha256(key.encode()).hexdigest(), 16)
    if number % 10 == 0:
        return "held"
    return "dev" if number % 20 == 1 else "train"


def read_gold(paths: Iterable[Path]) -> list[Example]:
    """Every paper of the gold files, in order. Raises GoldError."""
    return [_example(path, number, line) for path in paths for number, line in _lines(path)]


def read_texts(paths: Iterable[Path], without: frozenset[str] = frozenset()) -> list[Text]:
    """The papers of files of JSON lines with id, title and abstract (`.gz` too), but those with an id in `without`."""
    texts = []
    for path in paths:
        for _, line in _lines(path):
            record = json.loads(line)
            if record["id"] not in without:
                texts.append(_text(record))
    return texts


def labels_of(text: str, spans: Iterable[Span]) -> tuple[list[tuple[int, int]], list[int]]:
    """The words of the text and their labels."""
    words = cut(text)
    labels = [OUTSIDE] * len(words)
    for span in spans:
        covered = [k for k, (start, end) in enumerate(words) if start < span.end and end > span.start]
        for position, k in enumerate(covered):
            type_ = TYPES.index(span.type)
            labels[k] = inside(type_) if position else begin(type_)
    return words, labels


def roles_of(words: list[tuple[int, int]], spans: Iterable[Span]) -> list[int]:
    """For every word the number of the role of the span that begins there, else -1."""
    first = {span.start: ROLE_NAMES.index(span.role) for span in spans}
    return [first.get(start, -1) for start, _ in words]


def spans_of(text: str, surfaces: dict[str, tuple[EntityType, str]]) -> tuple[Span, ...]:
    """Every place outside web addresses where one of the surfaces stands as whole words, the longest where several do."""
    taken = bytearray(len(text))
    for address in _ADDRESS.finditer(text):
        taken[slice(*address.span())] = b"\x01" * len(address.group())
    found = []
    for surface in sorted(surfaces, key=lambda s: (-len(s), s)):
        type_, role = surfaces[surface]
        for match in re.finditer(_bounded(surface), text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Span(start, end, type_, role))
    return tuple(sorted(found, key=lambda span: span.start))


def _bounded(surface: str) -> str:
    before = r"(?<![^\W_])" if surface[0].isalnum() else ""
    after = r"(?![^\W_])" if surface[-1].isalnum() else ""
    return before + re.escape(surface) + after


def _example(path: Path, number: int, line: str) -> Example:
    try:
        paper = json.loads(line)
        text = _text(paper)
        surfaces: dict[str, tuple[EntityType, str]] = {}
        for entity in paper["entities"]:
            for mention in entity["mentions"]:
                surface = mention if isinstance(mention, str) else mention["text"]
                if surface.strip():
                    surfaces.setdefault(published(surface), (entity["type"], entity["role"]))
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}:{number} is no paper of the gold format ({error!r}); it needs id, title, abstract and entities") from error
    return Example(text, spans_of(text.title, surfaces), spans_of(text.abstract, surfaces))


def _text(record: dict[str, str]) -> Text:
    return Text(record["id"], published(record["title"] or ""), published(record["abstract"] or ""))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, line
