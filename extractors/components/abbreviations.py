"""Abbreviations that the text defines."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractors.abbreviations import abbreviations
from extractors.components.document import extension, reading_of

__all__ = ["Abbreviations", "make_abbreviations"]

extension("kg_abbreviations")


class Abbreviations:
    """Finds definitions: `doc._.kg_abbreviations`, the short forms of at most `longest` characters."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, doc: Doc) -> Doc:
        doc._.kg_abbreviations = tuple(pair for pair in abbreviations(reading_of(doc)) if len(pair.short.text) <= self.longest)
        return doc


@Language.factory(
    "paperkg_abbreviations", requires=["doc._.kg_reading"], assigns=["doc._.kg_abbreviations"], default_config={"longest": 20}
)
def make_abbreviations(nlp: Language, name: str, longest: int) -> Abbreviations:  # noqa: ARG001 - spaCy's signature
    """The component."""
    return Abbreviations(longest)
