"""Training what follows the tagger, in two steps: the judge of entities on what the tagger found in papers it never saw, then
results and relations on the entities that come out when each paper is judged by a judge that never saw it either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from extractors.abbreviations import abbreviations
from extractors.entities import EntityReader
from extractors.linear import Weights
from extractors.roles import Judge
from extractors.taggers.contract import TaggedSpan
from extractors.training.documents import Document, gold_entities
from extractors.training.relations import train_relations
from extractors.training.results import train_results
from extractors.training.roles import train_roles
from kg.model import Entity

__all__ = ["fold", "judged", "train_judgement"]

Spans = Mapping[str, Sequence[TaggedSpan]]


def fold(key: str, count: int) -> int:
    """Which of `count` parts a paper belongs to; it depends on the id alone."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) // 10 % count


def judged(documents: Sequence[Document], spans: Spans, weights: Weights, keep: float) -> list[tuple[Entity, ...]]:
    """The entities of each document."""
    reader = EntityReader(Judge(weights), threshold=keep)
    return [reader.read(d.reading, spans[d.key], abbreviations(d.reading)) for d in documents]


def train_judgement(documents: Sequence[Document], spans: Spans, *, keep: float, folds: int = 4) -> dict[str, Weights]:
    """All models of a judgement. `spans` must come from taggers that did not train on the paper."""
    entities: dict[str, tuple[Entity, ...]] = {}
    for part in range(folds):
        others = [d for d in documents if fold(d.key, folds) != part]
        own = [d for d in documents if fold(d.key, folds) == part]
        weights = train_roles(others, [spans[d.key] for d in others])
        entities.update(zip((d.key for d in own), judged(own, spans, weights, keep), strict=True))
    models = {"roles": train_roles(documents, [spans[d.key] for d in documents])}
    both = [*documents, *documents]
    known = [*(entities[d.key] for d in documents), *(tuple(gold_entities(d)) for d in documents)]
    models.update(train_results(both, known))
    models.update(train_relations(documents, known[: len(documents)]))
    return models
