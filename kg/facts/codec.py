"""Extractions as compact canonical JSON: offsets stand for text, so that the facts of a paper stay small beside it."""

from __future__ import annotations

import json
from typing import Any

from kg.ids import digest
from kg.model import Definition, Entity, Evidence, Extraction, Field, Link, Mention, Relation, Result, Text

__all__ = ["decode", "encode", "text_hash"]


def text_hash(text: Text) -> str:
    """A hash of title and abstract: facts hold for the text whose hash they carry."""
    return digest(text.title, text.abstract)


def _evidence(evidence: Evidence) -> list[object]:
    return [evidence.field[0], evidence.start, evidence.end, evidence.mention_start, evidence.mention_end]


def encode(extraction: Extraction) -> str:
    """The facts of one extraction as JSON. Mentions and evidence are [first letter of the field, start, end, ...]."""
    facts = {
        "entities": [
            [e.name, e.type, e.role, e.confidence, [[m.field[0], m.start, m.end] for m in e.mentions], _evidence(e.evidence)]
            for e in extraction.entities
        ],
        "results": [
            [
                r.value,
                r.value_high,
                r.unit,
                r.kind,
                r.metric,
                r.subject,
                r.benchmark,
                r.baseline,
                r.quote,
                r.confidence,
                _evidence(r.evidence),
            ]
            for r in extraction.results
        ],
        "relations": [[r.head, r.type, r.tail, r.confidence, _evidence(r.evidence)] for r in extraction.relations],
        "links": [[k.url, k.kind, k.role, k.confidence, _evidence(k.evidence)] for k in extraction.links],
        "definitions": [[d.short, d.long] for d in extraction.definitions],
    }
    return json.dumps({name: rows for name, rows in facts.items() if rows}, ensure_ascii=False, separators=(",", ":"))


class _Reader:
    """Gives offsets their text back."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def mention(self, row: list[Any]) -> Mention:
        name: Field = "title" if row[0] == "t" else "abstract"
        return Mention(self._text.field(name)[row[1] : row[2]], name, row[1], row[2])

    def evidence(self, row: list[Any]) -> Evidence:
        sentence = self.mention(row)
        return Evidence(sentence.field, sentence.text, row[1], row[2], row[3], row[4])


def decode(facts: str, text: Text) -> Extraction:
    """The extraction that `encode` wrote, over the same text."""
    data: dict[str, list[Any]] = json.loads(facts)
    read = _Reader(text)
    return Extraction(
        paper=text.key,
        entities=tuple(
            Entity(name, kind, role, tuple(read.mention(m) for m in mentions), read.evidence(evidence), confidence)
            for name, kind, role, confidence, mentions, evidence in data.get("entities", ())
        ),
        results=tuple(
            Result(
                value=value, value_high=high, unit=unit, kind=kind, metric=metric, subject=subject, benchmark=benchmark,
                baseline=baseline, quote=quote, confidence=confidence, evidence=read.evidence(evidence),
            )
            for value, high, unit, kind, metric, subject, benchmark, baseline, quote, confidence, evidence in data.get("results", ())
        ),
        relations=tuple(
            Relation(head, kind, tail, read.evidence(evidence), confidence)
            for head, kind, tail, confidence, evidence in data.get("relations", ())
        ),
        links=tuple(
            Link(url, kind, role, read.evidence(evidence), confidence) for url, kind, role, confidence, evidence in data.get("links", ())
        ),
        definitions=tuple(Definition(short, long) for short, long in data.get("definitions", ())),
    )  # fmt: skip
