"""Gold papers with their entities placed in the text: what the classifiers behind the tagger are trained on."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.reading import FIELDS, Reading
from extractors.taggers import TaggedSpan
from kg.errors import GoldError
from kg.model import Entity, Field, Mention, Text
from kg.text import published

__all__ = ["Case", "Document", "gold_entities", "read_documents"]


@dataclass(frozen=True, slots=True)
class Document:
    """A paper, its sentences, and its annotation as it stands in the file."""

    reading: Reading
    gold: dict[str, Any]

    @property
    def key(self) -> str:
        """The paper's id."""
        return self.reading.text.key


@dataclass(frozen=True, slots=True)
class Case:
    """A document and what a tagger that did not train on it found in it."""

    document: Document
    spans: Sequence[TaggedSpan]


def read_documents(paths: Iterable[Path]) -> list[Document]:
    """Every paper of the gold files, in order. Raises GoldError where one has no entities, results or relations."""
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                gold = json.loads(line)
                missing = [name for name in ("id", "title", "abstract", "entities", "results", "relations") if name not in gold]
                if missing:
                    raise GoldError(f"{path}:{number} has no {' and no '.join(missing)}; the judgement learns from them")
                text = Text(gold["id"], published(gold["title"]), published(gold["abstract"]))
                found.append(Document(Reading.of(text), gold))
    return found


def gold_entities(document: Document) -> list[Entity]:
    """The annotated entities with every place of their mentions, in the order of their first mention."""
    places: dict[str, list[Mention]] = _places(document, {m for e in document.gold["entities"] for m in e["mentions"]})
    found = []
    for entity in document.gold["entities"]:
        mentions = sorted(
            (m for surface in dict.fromkeys(entity["mentions"]) for m in places[surface]), key=lambda m: (m.field != "title", m.start)
        )
        if mentions:
            first = mentions[0]
            evidence = document.reading.evidence(first.field, first.start, first.end)
            found.append(Entity(entity["name"], entity["type"], entity["role"], tuple(mentions), evidence, 1.0))
    return sorted(found, key=lambda e: (e.mentions[0].field != "title", e.mentions[0].start))


def _places(document: Document, surfaces: set[str]) -> dict[str, list[Mention]]:
    """Where each surface stands as whole words and not inside a longer one."""
    taken: dict[Field, bytearray] = {name: bytearray(len(document.reading.text.field(name))) for name in FIELDS}
    found: dict[str, list[Mention]] = defaultdict(list)
    for surface in sorted(surfaces, key=lambda s: (-len(s), s)):
        before = r"(?<![^\W_])" if surface[:1].isalnum() else ""
        after = r"(?![^\W_])" if surface[-1:].isalnum() else ""
        for name in FIELDS:
            for match in re.finditer(before + re.escape(surface) + after, document.reading.text.field(name)):
                start, end = match.span()
                if not any(taken[name][start:end]):
                    taken[name][start:end] = b"\x01" * (end - start)
                    found[surface].append(Mention(surface, name, start, end))
    return found
