"""Training what follows the tagger, step by step on what each step leaves for the next: the joiner of groups on what a tagger
found in papers it never saw, the judge of entities on the joined groups, results and relations on the entities that come out
when each paper is judged by a judge that never saw it either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from extractors.abbreviations import abbreviations
from extractors.entities import EntityReader
from extractors.grouping import groups
from extractors.judgement import Judgement, Levels
from extractors.lexicon import Lexicon
from extractors.linear import Weights
from extractors.taggers.calibration import Curve
from extractors.training.documents import Case, Document, gold_entities
from extractors.training.measure import rising
from extractors.training.relations import train_relations
from extractors.training.results import train_results
from extractors.training.roles import right, train_roles
from extractors.training.variants import train_variants
from extractors.variants import VariantJoiner
from kg.model import Entity

__all__ = ["entity_weights", "fold", "judged", "train_judgement"]


def fold(key: str, count: int) -> int:
    """Which of `count` parts a paper belongs to; it depends on the id alone."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) // 10 % count


def judged(cases: Sequence[Case], judgement: Judgement) -> list[tuple[Entity, ...]]:
    """The entities of each case."""
    reader = EntityReader.of(judgement)
    return [reader.read(case.document.reading, case.spans, abbreviations(case.document.reading)) for case in cases]


def entity_weights(cases: Sequence[Case], levels: Levels, lexicon: Lexicon) -> dict[str, Weights]:
    """The models that make entities of spans."""
    weights = train_variants(cases, levels, lexicon)
    joiner = VariantJoiner(weights, levels, lexicon)
    found = []
    for case in cases:
        reading = case.document.reading
        pairs = abbreviations(reading)
        found.append(joiner.join(reading, groups(reading, case.spans, pairs), pairs))
    return weights | {"roles": train_roles([case.document for case in cases], found, lexicon)}


def train_judgement(cases: Sequence[Case], levels: Levels, lexicon: Lexicon, *, folds: int = 3) -> Judgement:
    """A judgement. The spans must come from taggers that did not train on the paper; a paper may have several cases."""
    cases = [replace(case, spans=lexicon.names.spans(case.document.reading.text, case.spans)) for case in cases]
    entities: dict[int, tuple[Entity, ...]] = {}
    for part in range(folds):
        own = [n for n, case in enumerate(cases) if fold(case.document.key, folds) == part]
        others = [case for case in cases if fold(case.document.key, folds) != part]
        judgement = Judgement(entity_weights(others, levels, lexicon), levels, lexicon)
        entities.update(zip(own, judged([cases[n] for n in own], judgement), strict=True))
    models = entity_weights(cases, levels, lexicon)
    documents = [case.document for case in cases]
    ordered = [entities[n] for n in range(len(cases))]
    whole = list({document.key: document for document in documents}.values())
    known = [tuple(gold_entities(document)) for document in whole]
    models.update(train_results([*documents, *whole], [*ordered, *known]))
    models.update(train_relations(documents, ordered))
    return Judgement(models, levels, lexicon, _meaning(documents, ordered))


def _meaning(documents: Sequence[Document], entities: Sequence[Sequence[Entity]]) -> Curve:
    """What the judge's probabilities mean, by what came of papers that it did not see."""
    said = []
    for document, found in zip(documents, entities, strict=True):
        said += [(entity.confidence, fine) for entity, fine in zip(found, right(document, found), strict=True)]
    return rising(said, bins=25)
