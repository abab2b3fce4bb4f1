"""The steps of the extractor as spaCy components, one a file, found by spaCy through entry points.

    nlp = spacy.blank("en")
    for name in extractors.components.PIPELINE:
        nlp.add_pipe(name)
    doc = nlp(extractors.components.document(nlp, title, abstract))
    doc._.kg_entities

A Doc made by `nlp(text)` is read as an abstract without a title.
"""

from __future__ import annotations

from extractors.components.document import document, pipeline

__all__ = ["PIPELINE", "document", "pipeline"]

#: The components in the order in which they need each other.
PIPELINE = (
    "paperkg_sentences",
    "paperkg_links",
    "paperkg_abbreviations",
    "paperkg_entities",
    "paperkg_quantities",
    "paperkg_results",
    "paperkg_relations",
)
