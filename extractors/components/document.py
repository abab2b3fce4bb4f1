"""Docs that hold a title and an abstract, and what the components keep on them."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.reading import Reading
from kg.errors import ExtractorError
from kg.model import Field, Text
from kg.text import published

__all__ = ["document", "extension", "pipeline", "reading_of", "required", "span_of", "text_of"]

_GAP = "\n\n"
_TITLE = "paperkg_title"


def extension(name: str) -> None:
    """Make `doc._.name` known."""
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=None)


extension("kg_reading")


def document(nlp: Language, title: str, abstract: str = "") -> Doc:
    """A Doc over title and abstract that remembers where the abstract begins; to be given to `nlp`."""
    title, abstract = published(title), published(abstract)
    doc = nlp.make_doc(title + _GAP + abstract if title else abstract)
    doc.user_data[_TITLE] = len(title)
    return doc


def pipeline(engine: str = "accurate") -> Language:
    """An English pipeline with all components, the tagger of this engine in it."""
    import spacy

    from extractors.components import PIPELINE

    nlp = spacy.blank("en")
    for name in PIPELINE:
        settings = {"engine": engine} if name == "paperkg_entities" else {}
        nlp.add_pipe(name, config=settings)
    return nlp


def reading_of(doc: Doc) -> Reading:
    """What the sentence component made of the Doc. Raises ExtractorError where it has not run."""
    return required(doc, "kg_reading", "paperkg_sentences")  # type: ignore[no-any-return]


def required(doc: Doc, name: str, component: str) -> Any:
    """A value that an earlier component assigns. Raises ExtractorError where it is missing."""
    value = doc._.get(name)
    if value is None:
        raise ExtractorError(f"doc._.{name} is not set; add the component {component} to the pipeline before this one")
    return value


def text_of(doc: Doc) -> Text:
    """Title and abstract of a Doc."""
    whole, size = doc.text, int(doc.user_data.get(_TITLE, 0))
    return Text("", whole[:size], whole[size + len(_GAP) :] if size else whole)


def span_of(doc: Doc, name: Field, start: int, end: int, label: str = "") -> Span | None:
    """The tokens that a stretch of a field covers exactly, else None."""
    size = int(doc.user_data.get(_TITLE, 0))
    shift = size + len(_GAP) if name == "abstract" and size else 0
    return doc.char_span(start + shift, end + shift, label=label)
