"""Web addresses with kind and role."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from extractors.components.document import extension, reading_of
from extractors.links import links
from kg.model import LINK_KINDS

__all__ = ["Links", "make_links"]

extension("kg_links")


class Links:
    """Finds addresses: `doc._.kg_links`, those of the wanted kinds."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self.kinds = frozenset(kinds)

    def __call__(self, doc: Doc) -> Doc:
        doc._.kg_links = tuple(link for link in links(reading_of(doc)) if link.kind in self.kinds)
        return doc


@Language.factory("paperkg_links", requires=["doc._.kg_reading"], assigns=["doc._.kg_links"], default_config={"kinds": list(LINK_KINDS)})
def make_links(nlp: Language, name: str, kinds: list[str]) -> Links:  # noqa: ARG001 - spaCy's signature
    """The component."""
    return Links(kinds)
