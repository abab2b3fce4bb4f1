"""Sentences of title and abstract."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractors.components.document import extension, span_of, text_of
from extractors.reading import Reading

__all__ = ["Sentences", "make_sentences"]

extension("kg_reading")


class Sentences:
    """Cuts a Doc into sentences: `doc._.kg_reading`, and `token.is_sent_start` where `mark` is set."""

    def __init__(self, *, mark: bool) -> None:
        self.mark = mark

    def __call__(self, doc: Doc) -> Doc:
        reading = Reading.of(text_of(doc))
        doc._.kg_reading = reading
        if self.mark and len(doc):
            for token in doc:
                token.is_sent_start = False
            for sentence in reading.sentences:
                first = span_of(doc, sentence.field, sentence.start, sentence.end)
                if first is not None:
                    first[0].is_sent_start = True
            doc[0].is_sent_start = True
        return doc


@Language.factory(
    "paperkg_sentences", assigns=["doc._.kg_reading", "token.is_sent_start"], default_config={"mark": True}, retokenizes=False
)
def make_sentences(nlp: Language, name: str, mark: bool) -> Sentences:  # noqa: ARG001 - spaCy's signature
    """The component."""
    return Sentences(mark=mark)
