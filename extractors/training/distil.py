"""Unlabelled papers labelled by one tagger, for another to learn from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from extractors.taggers.contract import TaggedSpan, Tagger
from extractors.taggers.transformer import TransformerTagger
from extractors.training.data import Example, Span
from extractors.training.lessons import Chances
from kg.model import ROLES, Field, Text

__all__ = ["asked", "chosen", "label"]

#: Papers that a teacher is asked of at once.
_TOGETHER = 200


def chosen(texts: Sequence[Text], count: int, seed: int) -> list[Text]:
    """So many of the papers, the same ones whatever their order."""
    return sorted(texts, key=lambda text: hashlib.sha256(f"{seed} {text.key}".encode()).digest())[:count]


def label(tagger: Tagger, texts: Sequence[Text]) -> list[Example]:
    """The papers with what the tagger finds in them."""
    return list(map(_example, texts, tagger.tag(texts)))


def asked(teacher: TransformerTagger, texts: Sequence[Text]) -> Iterator[tuple[Example, Chances]]:
    """Each paper with what the teacher finds in it, and how likely it holds each label of the words."""
    for at in range(0, len(texts), _TOGETHER):
        some = texts[at : at + _TOGETHER]
        found, likely = teacher.opinions(some)
        said = [table.astype(np.float16) for table in likely]
        yield from zip(map(_example, some, found), zip(said[::2], said[1::2], strict=True), strict=True)


def _example(text: Text, spans: Sequence[TaggedSpan]) -> Example:
    return Example(text, _field(spans, "title"), _field(spans, "abstract"))


def _field(spans: Sequence[TaggedSpan], field: Field) -> tuple[Span, ...]:
    return tuple(Span(span.start, span.end, span.type, span.role or ROLES[span.type][-1]) for span in spans if span.field == field)
