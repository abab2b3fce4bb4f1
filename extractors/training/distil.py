"""Unlabelled papers labelled by one tagger, for another to learn from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from extractors.taggers.contract import TaggedSpan, Tagger
from extractors.training.data import Example, Span
from kg.model import ROLES, Field, Text

__all__ = ["chosen", "label"]


def chosen(texts: Sequence[Text], count: int, seed: int) -> list[Text]:
    """So many of the papers, the same ones whatever their order."""
    return sorted(texts, key=lambda text: hashlib.sha256(f"{seed} {text.key}".encode()).digest())[:count]


def label(tagger: Tagger, texts: Sequence[Text]) -> list[Example]:
    """The papers with what the tagger finds in them."""
    found = tagger.tag(texts)
    return [Example(text, _field(spans, "title"), _field(spans, "abstract")) for text, spans in zip(texts, found, strict=True)]


def _field(spans: Sequence[TaggedSpan], field: Field) -> tuple[Span, ...]:
    return tuple(Span(span.start, span.end, span.type, span.role or ROLES[span.type][-1]) for span in spans if span.field == field)
