"""Training what follows the tagger, step by step on what each step leaves for the next: the joiner of groups on what the tagger
found in papers it never saw, the judge of entities on the joined groups, results and relations on the entities that come out
when each paper is judged by a judge that never saw it either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from extractors.abbreviations import abbreviations
from extractors.entities import EntityReader
from extractors.grouping import groups
from extractors.judgement import Levels
from extractors.linear import Weights
from extractors.taggers.contract import TaggedSpan
from extractors.training.documents import Document, gold_entities
from extractors.training.relations import train_relations
from extractors.training.results import train_results
from extractors.training.roles import train_roles
from extractors.training.variants import train_variants
from extractors.variants import VariantJoiner
from kg.model import Entity

__all__ = ["entity_weights", "fold", "judged", "train_judgement"]

Spans = Mapping[str, Sequence[TaggedSpan]]


def fold(key: str, count: int) -> int:
    """Which of `count` parts a paper belongs to; it depends on the id alone."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) // 10 % count


def judged(documents: Sequence[Document], spans: Spans, weights: Mapping[str, Weights], levels: Levels) -> list[tuple[Entity, ...]]:
    """The entities of each document."""
    reader = EntityReader.of(weights, levels)
    return [reader.read(d.reading, spans[d.key], abbreviations(d.reading)) for d in documents]


def entity_weights(documents: Sequence[Document], spans: Spans, levels: Levels) -> dict[str, Weights]:
    """The models that make entities of spans."""
    weights = train_variants(documents, spans)
    joiner = VariantJoiner(weights, merge=levels.merge, add=levels.add)
    found = [joiner.join(d.reading, groups(d.reading, spans[d.key], abbreviations(d.reading))) for d in documents]
    return weights | {"roles": train_roles(documents, found)}


def train_judgement(documents: Sequence[Document], spans: Spans, levels: Levels, *, folds: int = 4) -> dict[str, Weights]:
    """All models of a judgement. `spans` must come from taggers that did not train on the paper."""
    entities: dict[str, tuple[Entity, ...]] = {}
    for part in range(folds):
        others = [d for d in documents if fold(d.key, folds) != part]
        own = [d for d in documents if fold(d.key, folds) == part]
        entities.update(zip((d.key for d in own), judged(own, spans, entity_weights(others, spans, levels), levels), strict=True))
    found = [entities[d.key] for d in documents]
    known = [tuple(gold_entities(d)) for d in documents]
    models = entity_weights(documents, spans, levels)
    models.update(train_results([*documents, *documents], [*found, *known]))
    models.update(train_relations(documents, found))
    return models
