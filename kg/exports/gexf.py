"""GEXF 1.3, for Gephi and Gephi Lite: types, colours, positions, sizes and dates.

Gephi Lite calls an attribute by its id, so ids are names; `label`, `x`, `size` and the like are what it draws by and no names of ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.exports.order import Items, ordered
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
    '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
)
_BETWEEN = "</nodes>\n<edges>\n"
_NODE_TYPE, _EDGE_TYPE = "node_type", "edge_type"
_WITHOUT_KIND = "#9aa3ad"


def write_gexf(items: Items, out: Out, *, layout: Layout | None = None) -> None:
    """Write nodes, then relationships, as they come, with the places, sizes and colours of the map, which a stream brings as `layout`.

    Node ids are `label:key`; what pictures never show stands at 0, 0.
    """
    if layout is None:
        items = items if isinstance(items, Graph) else Graph.of(items)
        layout = place(items)
    with whole_file(out) as stream:
        stream.writelines(line.encode() for line in _lines(items, layout.places))


def _lines(items: Items, places: dict[Ref, Place]) -> Iterator[str]:
    yield _HEAD
    yield from _declarations("node", {_NODE_TYPE: "string", "key": "string"}, tuple(LABELS))
    yield from _declarations("edge", {_EDGE_TYPE: "string"}, tuple(RELATIONSHIPS))
    yield "<nodes>\n"
    number = 0
    for item in ordered(items):
        if isinstance(item, Node):
            yield _node(item, places.get(item.ref))
            continue
        if not number:
            yield _BETWEEN
        yield _edge(item, number)
        number += 1
    yield f"{'' if number else _BETWEEN}</edges>\n</graph>\n</gexf>\n"


def _declarations(what: str, own: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    declared = dict(own)
    for name in names:
        declared |= property_types(name)
    yield f'<attributes class="{what}">\n'
    for name, kind in sorted(declared.items()):
        yield f'<attribute id="{name}" title="{name}" type="{_TYPES.get(kind, "string")}"/>\n'
    yield "</attributes>\n"


def _values(values: dict[str, str]) -> str:
    return "".join(f'<attvalue for="{name}" value={attribute(text)}/>' for name, text in sorted(values.items()))


def _node(node: Node, spot: Place | None) -> str:
    colour = KINDS[node.label].colour if node.label in KINDS else _WITHOUT_KIND
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    x, y, size = (spot.x, -spot.y, spot.size) if spot else (0.0, 0.0, 1.0)  # Gephi counts upwards
    day = node.properties.get("published") or node.properties.get("listed")
    start = f' start="{day}"' if day else ""
    values = _values(texts(node) | {_NODE_TYPE: node.label, "key": node.key})
    return (
        f"<node id={attribute(f'{node.label}:{node.key}')} label={attribute(caption(node))}{start}><attvalues>{values}</attvalues>"
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:position x="{x}" y="{y}" z="0.0"/><viz:size value="{size}"/></node>\n'
    )


def _edge(relationship: Relationship, number: int) -> str:
    start, end = (attribute(f"{ref.label}:{ref.key}") for ref in (relationship.start, relationship.end))
    values = _values(texts(relationship) | {_EDGE_TYPE: relationship.type})
    kind = attribute(relationship.type)
    return f'<edge id="e{number}" source={start} target={end} kind={kind} label={kind}><attvalues>{values}</attvalues></edge>\n'
