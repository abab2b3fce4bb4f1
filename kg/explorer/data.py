"""What the page needs of a graph, in columns: small to store, quick to open, the same for equal graphs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.graph import Graph, Node, Ref, Relationship, Value
from kg.layout import KINDS, Layout, caption, place
from kg.schema import BOOKKEEPING
from kg.text import readable

__all__ = ["page_data"]

#: Properties that the page shows nowhere, or finds elsewhere.
_UNUSED = frozenset(
    {"title_keys", "text_kind", "text_date", "evidence", "start", "end", "mention_start", "mention_end", "field", "run", "paper",
     "extractor", "sources", "organization", "organization_handle", "links", "host"}
)  # fmt: skip
_FIELDS = ("title", "abstract")
#: Columns of one piece of evidence: field, sentence and span in code points, hundredths of confidence.
_NOTHING_SAID = (-1, 0, 0, 0, 0, 0)


def page_data(graph: Graph, *, title: str, note: str, layout: Layout | None = None) -> dict[str, object]:
    """The graph as the page's JSON: nodes and relationships by number, in sorted order, evidence as places in the papers' texts."""
    layout = layout or place(graph)
    refs = sorted(layout.places, key=lambda ref: (list(KINDS).index(ref.label), ref.key))
    number = {ref: at for at, ref in enumerate(refs)}
    return {
        "title": title,
        "note": note,
        "kinds": [[kind.label, kind.plural, kind.colour, kind.dark, kind.shape, kind.folded] for kind in KINDS.values()],
        "nodes": _nodes(graph, refs, layout),
        "groups": [[group.caption, group.x, group.y, group.radius, group.nodes] for group in layout.communities],
        **_relationships(graph, number),
    }


def _nodes(graph: Graph, refs: list[Ref], layout: Layout) -> dict[str, list[object]]:
    kinds = {label: at for at, label in enumerate(KINDS)}
    places = [layout.places[ref] for ref in refs]
    return {
        "kind": [kinds[ref.label] for ref in refs],
        "key": [ref.key for ref in refs],
        "name": [caption(graph.nodes[ref]) for ref in refs],
        "x": [place.x for place in places],
        "y": [place.y for place in places],
        "size": [place.size for place in places],
        "group": [place.community for place in places],
        "more": [_more(graph.nodes[ref]) for ref in refs],
    }


def _more(node: Node) -> dict[str, object]:
    """The properties that the page shows; a text to read beside the published one where they differ."""
    shown = {name: _plain(value) for name, value in sorted(node.properties.items()) if name not in _UNUSED and value not in ((), "", False)}
    for name in ("title", "name"):
        if shown.get(name) == caption(node):
            del shown[name]
    if shown.get("aliases") == [caption(node)]:
        del shown["aliases"]
    abstract = node.properties.get("abstract")
    if isinstance(abstract, str) and readable(abstract) != abstract:
        shown["reading"] = readable(abstract)
    return shown


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _relationships(graph: Graph, number: Mapping[Ref, int]) -> dict[str, object]:
    """Relationship columns; a sentence that is not where its offsets say, or whose paper is not here, is kept as text."""
    drawn = [
        relationship
        for _, relationship in sorted(graph.relationships.items())
        if relationship.type not in BOOKKEEPING and relationship.start in number and relationship.end in number
    ]
    types = sorted({relationship.type for relationship in drawn})
    extractors = sorted({str(relationship.properties.get("extractor", "")) for relationship in drawn})
    papers = [number.get(Ref("Paper", str(r.properties.get("paper", ""))), -1) for r in drawn]
    said: list[int] = []
    texts: dict[int, str] = {}
    for at, relationship in enumerate(drawn):
        columns, text = _said(graph, relationship)
        said.extend(columns)
        if text is not None:
            texts[at] = text
    return {
        "types": types,
        "extractors": extractors,
        "edges": {
            "type": [types.index(r.type) for r in drawn],
            "from": [number[r.start] for r in drawn],
            "to": [number[r.end] for r in drawn],
            "paper": papers,
            "extractor": [extractors.index(str(r.properties.get("extractor", ""))) for r in drawn],
            "said": said,
            "text": {str(at): text for at, text in texts.items()},
            "official": [at for at, r in enumerate(drawn) if r.properties.get("official") is True],
        },
    }


def _said(graph: Graph, relationship: Relationship) -> tuple[tuple[int, ...], str | None]:
    properties = relationship.properties
    evidence, where = properties.get("evidence"), properties.get("field")
    numbers = [properties.get(name) for name in ("start", "end", "mention_start", "mention_end")]
    if not isinstance(evidence, str) or where not in _FIELDS or not all(isinstance(number, int) for number in numbers):
        return _NOTHING_SAID, None
    start, end, first, last = (int(str(number)) for number in numbers)
    confidence = properties.get("confidence", 0)
    hundredths = round(float(confidence) * 100) if isinstance(confidence, int | float) else 0
    columns = (_FIELDS.index(str(where)), start, end, first, last, hundredths)
    paper = graph.nodes.get(Ref("Paper", str(properties.get("paper", ""))))
    text = paper.properties.get(str(where), "") if paper else ""
    return columns, None if isinstance(text, str) and text[start:end] == evidence else evidence
