"""What every tagger promises: spans of the five entity types, with exact offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.model import EntityType, Field, Text

__all__ = ["TaggedSpan", "Tagger"]


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A stretch of one field, `field[start:end]` in code points, that names something.

    `confidence` is calibrated: of the spans with 0.8 about four in five are right. `role` is the likeliest role where the
    tagger has an opinion, and `roles` the probability of each role of the type in the order of `kg.model.ROLES`. A span that no tagger
    found but what other papers say of its name is `known`.
    """

    field: Field
    start: int
    end: int
    type: EntityType
    confidence: float
    role: str | None = None
    roles: tuple[float, ...] = ()
    known: bool = False


class Tagger(Protocol):
    """Finds names. What it says about a text depends on that text and the weights alone, not on its neighbours in the call."""

    @property
    def version(self) -> str:
        """Changes when the same weights would give other spans."""

    @property
    def weights(self) -> str:
        """The first digits of the SHA-256 of the weight files."""

    def tag(self, texts: Sequence[Text]) -> list[list[TaggedSpan]]:
        """The spans of each text: the title's first, ascending, never overlapping, never across the end of a field."""
