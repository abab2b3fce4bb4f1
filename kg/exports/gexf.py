"""GEXF 1.3, for Gephi and Gephi Lite: types, colours, positions, sizes and dates."""

from __future__ import annotations

from collections.abc import Iterator

from kg.exports.order import ordered
from kg.exports.values import property_types, texts
from kg.exports.xml import attribute
from kg.graph import Graph, Node, Ref, Relationship
from kg.layout import KINDS, Layout, Place, caption, place
from kg.output import Out, whole_file
from kg.schema import LABELS, RELATIONSHIPS

__all__ = ["write_gexf"]

_TYPES = {"integer": "long", "float": "double", "boolean": "boolean"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    '<graph defaultedgetype="directed" mode="static" timeformat="date">\n'
)
_WITHOUT_KIND = "#9aa3ad"


def write_gexf(graph: Graph, out: Out, *, layout: Layout | None = None) -> None:
    """Write the graph with the places, sizes and colours of the map. Node ids are `label:key`; what pictures never show stands at 0, 0."""
    places = (layout or place(graph)).places
    with whole_file(out) as stream:
        stream.writelines(line.encode() for line in _lines(graph, places))


def _lines(graph: Graph, places: dict[Ref, Place]) -> Iterator[str]:
    yield _HEAD
    yield from _declarations("node", {"label": "string", "key": "string"}, tuple(LABELS))
    yield from _declarations("edge", {"type": "string"}, tuple(RELATIONSHIPS))
    items = list(ordered(graph))
    yield "<nodes>\n"
    yield from (_node(item, places.get(item.ref)) for item in items if isinstance(item, Node))
    yield "</nodes>\n<edges>\n"
    relationships = (item for item in items if isinstance(item, Relationship))
    yield from (_edge(relationship, number) for number, relationship in enumerate(relationships))
    yield "</edges>\n</graph>\n</gexf>\n"


def _declarations(what: str, own: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    declared = dict(own)
    for name in names:
        declared |= property_types(name)
    yield f'<attributes class="{what}">\n'
    for name, kind in sorted(declared.items()):
        yield f'<attribute id="{what[0]}.{name}" title="{name}" type="{_TYPES.get(kind, "string")}"/>\n'
    yield "</attributes>\n"


def _values(prefix: str, values: dict[str, str]) -> str:
    return "".join(f'<attvalue for="{prefix}.{name}" value={attribute(text)}/>' for name, text in sorted(values.items()))


def _node(node: Node, spot: Place | None) -> str:
    colour = KINDS[node.label].colour if node.label in KINDS else _WITHOUT_KIND
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    x, y, size = (spot.x, -spot.y, spot.size) if spot else (0.0, 0.0, 1.0)  # Gephi counts upwards
    day = node.properties.get("published") or node.properties.get("listed")
    start = f' start="{day}"' if day else ""
    values = _values("n", texts(node) | {"label": node.label, "key": node.key})
    return (
        f"<node id={attribute(f'{node.label}:{node.key}')} label={attribute(caption(node))}{start}><attvalues>{values}</attvalues>"
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:position x="{x}" y="{y}" z="0.0"/><viz:size value="{size}"/></node>\n'
    )


def _edge(relationship: Relationship, number: int) -> str:
    start, end = (attribute(f"{ref.label}:{ref.key}") for ref in (relationship.start, relationship.end))
    values = _values("e", texts(relationship) | {"type": relationship.type})
    kind = attribute(relationship.type)
    return f'<edge id="e{number}" source={start} target={end} kind={kind} label={kind}><attvalues>{values}</attvalues></edge>\n'
