"""Numbers that measure an outcome, with what the text says of each."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractors.components.document import extension, reading_of, required
from extractors.judgement import Judgement
from extractors.results import ResultReader
from extractors.scene import Scene

__all__ = ["Results", "make_results"]

extension("kg_results")


class Results:
    """Reads results: `doc._.kg_results`, those of at least `least` confidence."""

    def __init__(self, reader: ResultReader, least: float) -> None:
        self.reader = reader
        self.least = least

    def __call__(self, doc: Doc) -> Doc:
        scene = Scene(reading_of(doc), required(doc, "kg_entities", "paperkg_entities"))
        found = self.reader.read(scene, required(doc, "kg_quantities", "paperkg_quantities"))
        doc._.kg_results = tuple(result for result in found if result.confidence >= self.least)
        return doc


@Language.factory(
    "paperkg_results",
    requires=["doc._.kg_reading", "doc._.kg_entities", "doc._.kg_quantities"],
    assigns=["doc._.kg_results"],
    default_config={"least": 0.0},
)
def make_results(nlp: Language, name: str, least: float) -> Results:  # noqa: ARG001 - spaCy's signature
    """The component."""
    judgement = Judgement.load()
    return Results(ResultReader(judgement.weights, least=judgement.levels.results), least)
