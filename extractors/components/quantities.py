"""Numbers with their units."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractors.components.document import extension, reading_of
from extractors.quantities import quantities

__all__ = ["Quantities", "make_quantities"]

extension("kg_quantities")


class Quantities:
    """Finds numbers: `doc._.kg_quantities`, those of the abstract alone where `title` is not set."""

    def __init__(self, *, title: bool) -> None:
        self.title = title

    def __call__(self, doc: Doc) -> Doc:
        doc._.kg_quantities = tuple(q for q in quantities(reading_of(doc)) if self.title or q.field == "abstract")
        return doc


@Language.factory("paperkg_quantities", requires=["doc._.kg_reading"], assigns=["doc._.kg_quantities"], default_config={"title": True})
def make_quantities(nlp: Language, name: str, title: bool) -> Quantities:  # noqa: ARG001 - spaCy's signature
    """The component."""
    return Quantities(title=title)
