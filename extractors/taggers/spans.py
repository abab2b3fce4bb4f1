"""From decoded words to spans of a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.taggers.brackets import whole
from extractors.taggers.calibration import Curve
from extractors.taggers.contract import TaggedSpan
from extractors.taggers.labels import TYPES
from extractors.taggers.lattice import Decoded
from kg.model import ROLES, Field, Text

__all__ = ["tagged"]


def tagged(
    text: Text,
    field: Field,
    words: Sequence[tuple[int, int]],
    decoded: Sequence[Decoded],
    curve: Curve,
    roles: Mapping[int, tuple[float, ...]] | None = None,
) -> list[TaggedSpan]:
    """The decoded spans of a field, whole, with their offsets; `roles` holds the probabilities of roles by the first word of a span."""
    made = []
    for span in decoded:
        type_ = TYPES[span.type]
        chances = (roles or {}).get(span.first, ())
        role = ROLES[type_][chances.index(max(chances))] if chances else None
        start, end = whole(text.field(field), words[span.first][0], words[span.last][1])
        made.append(TaggedSpan(field, start, end, type_, curve.at(span.probability), role, chances))
    return made
