"""Entities with type, role and every mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from extractors.components.document import extension, reading_of, required, span_of
from extractors.entities import EntityReader
from extractors.judgement import Judgement
from extractors.known import HELPED
from extractors.taggers import TaggedSpan, Tagger
from extractors.taggers import load as load_tagger

__all__ = ["Entities", "make_entities"]

extension("kg_entities")


class Entities:
    """Tags and groups: `doc._.kg_entities`, and `doc.ents` where `mark` is set (mentions that fall on token bounds)."""

    def __init__(self, tagger: Tagger, reader: EntityReader, *, mark: bool) -> None:
        self.tagger = tagger
        self.reader = reader
        self.mark = mark

    def __call__(self, doc: Doc) -> Doc:
        return self._read(doc, self.tagger.tag([reading_of(doc).text])[0])

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Tag many Docs together; what is found in one does not depend on the others."""
        for docs in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            for doc, spans in zip(docs, self.tagger.tag([reading_of(doc).text for doc in docs]), strict=True):
                yield self._read(doc, spans)

    def _read(self, doc: Doc, spans: Sequence[TaggedSpan]) -> Doc:
        found = self.reader.read(reading_of(doc), spans, required(doc, "kg_abbreviations", "paperkg_abbreviations"))
        doc._.kg_entities = found
        if self.mark:
            marked = (span_of(doc, m.field, m.start, m.end, entity.type) for entity in found for m in entity.mentions)
            doc.ents = sorted((span for span in marked if span is not None), key=lambda span: span.start)
        return doc


@Language.factory(
    "paperkg_entities",
    requires=["doc._.kg_reading", "doc._.kg_abbreviations"],
    assigns=["doc._.kg_entities", "doc.ents"],
    default_config={"engine": "accurate", "keep": None, "mark": True},
)
def make_entities(nlp: Language, name: str, engine: str, keep: float | None, mark: bool) -> Entities:  # noqa: ARG001 - spaCy's signature
    """The component; `keep` is how likely an entity must be worth keeping, the trained threshold where it is None."""
    judgement = Judgement.load()
    if keep is not None:
        judgement = replace(judgement, levels=replace(judgement.levels, keep=keep))
    return Entities(load_tagger(engine), EntityReader.of(judgement, further=engine in HELPED), mark=mark)
