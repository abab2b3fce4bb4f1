"""Stated relations between entities."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractors.components.document import extension, reading_of, required
from extractors.judgement import Judgement
from extractors.relations import RelationReader
from extractors.scene import Scene

__all__ = ["Relations", "make_relations"]

extension("kg_relations")


class Relations:
    """Reads relations: `doc._.kg_relations`, those of at least `least` confidence."""

    def __init__(self, reader: RelationReader, least: float) -> None:
        self.reader = reader
        self.least = least

    def __call__(self, doc: Doc) -> Doc:
        found = self.reader.read(Scene(reading_of(doc), required(doc, "kg_entities", "paperkg_entities")))
        doc._.kg_relations = tuple(relation for relation in found if relation.confidence >= self.least)
        return doc


@Language.factory(
    "paperkg_relations",
    requires=["doc._.kg_reading", "doc._.kg_entities"],
    assigns=["doc._.kg_relations"],
    default_config={"least": 0.0},
)
def make_relations(nlp: Language, name: str, least: float) -> Relations:  # noqa: ARG001 - spaCy's signature
    """The component."""
    judgement = Judgement.load()
    return Relations(RelationReader(judgement.weights, least=judgement.levels.relations), least)
