"""Where the entities of a text stand in its sentences: what results and relations are read from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.reading import Reading, Sentence
from kg.model import Entity, Field

__all__ = ["Place", "Scene", "words", "words_between"]

#: Places of one sentence that are looked at; more than that is no prose.
MOST = 60
#: Characters read at each end of a long stretch.
_REACH = 400
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+|[^\w\s]")


@lru_cache(maxsize=2_000)
def words(text: str) -> tuple[str, ...]:
    """The words and marks of a text in lower case, every number as 0."""
    return tuple(_WORD.findall(_NUMBER.sub("0", text.lower())))


def words_between(text: str, start: int, end: int) -> tuple[str, ...]:
    """The words of a stretch; of a long one those at its ends, for the middle of no sentence tells that much."""
    if end - start <= 2 * _REACH:
        return words(text[start:end])
    return words(text[start : start + _REACH]) + words(text[end - _REACH : end])


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of the entity with this number."""

    entity: int
    field: Field
    start: int
    end: int


class Scene:
    """A reading with its entities and their places by sentence."""

    def __init__(self, reading: Reading, entities: Sequence[Entity]) -> None:
        self.reading = reading
        self.entities = tuple(entities)
        self.by_sentence: dict[tuple[Field, int], list[Place]] = defaultdict(list)
        self.sentences_of: list[list[tuple[Field, int]]] = []
        for number, entity in enumerate(self.entities):
            held: dict[tuple[Field, int], None] = {}
            for mention in entity.mentions:
                at = (mention.field, reading.index(mention.field, mention.start))
                self.by_sentence[at].append(Place(number, mention.field, mention.start, mention.end))
                held[at] = None
            self.sentences_of.append(list(held))
        for places in self.by_sentence.values():
            places.sort(key=lambda place: (place.start, place.end, place.entity))
            del places[MOST:]
        self.ranks = self._ranks()
        #: How many entities of each type the paper proposes.
        self.proposed = Counter(entity.type for entity in self.entities if entity.role == "proposes")

    def _ranks(self) -> list[int]:
        """The number of each entity among those of its type and role."""
        seen: dict[tuple[str, str], int] = defaultdict(int)
        ranks = []
        for entity in self.entities:
            ranks.append(seen[entity.type, entity.role])
            seen[entity.type, entity.role] += 1
        return ranks

    def places(self, name: Field, offset: int) -> list[Place]:
        """The places in the sentence that holds the offset."""
        return self.by_sentence.get((name, self.reading.index(name, offset)), [])

    def sentence(self, name: Field, offset: int) -> Sentence:
        """The sentence that holds the offset."""
        return self.reading.sentence(name, offset)
