"""GraphML, for networkx, Gephi, yEd, Cytoscape and igraph."""

from __future__ import annotations

from collections.abc import Iterator

from kg.exports.order import Items, ordered
from kg.exports.values import property_types, texts
from kg.exports.xml import attribute, content
from kg.graph import Node, Ref, Relationship
from kg.layout.kinds import caption
from kg.output import Out, whole_file
from kg.schema import LABELS, RELATIONSHIPS

__all__ = ["write_graphml"]

_TYPES = {"integer": "long", "float": "double", "boolean": "boolean"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write_graphml(items: Items, out: Out) -> None:
    """Write nodes, then relationships, as they come. Ids are `label:key`; lists are JSON text, dates ISO."""
    with whole_file(out) as stream:
        stream.writelines(line.encode() for line in _lines(items))


def _lines(items: Items) -> Iterator[str]:
    yield _HEAD
    yield from _declarations("node", {"label": "string", "key": "string", "caption": "string"}, tuple(LABELS))
    yield from _declarations("edge", {"type": "string"}, tuple(RELATIONSHIPS))
    yield '<graph edgedefault="directed">\n'
    for number, item in enumerate(ordered(items)):
        yield _node(item) if isinstance(item, Node) else _edge(item, number)
    yield "</graph>\n</graphml>\n"


def _declarations(what: str, own: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    declared = dict(own)
    for name in names:
        declared |= property_types(name)
    for name, kind in sorted(declared.items()):
        yield f'<key id="{what[0]}.{name}" for="{what}" attr.name="{name}" attr.type="{_TYPES.get(kind, "string")}"/>\n'


def _identity(ref: Ref) -> str:
    return attribute(f"{ref.label}:{ref.key}")


def _data(prefix: str, values: dict[str, str]) -> str:
    return "".join(f'<data key="{prefix}.{name}">{content(text)}</data>' for name, text in sorted(values.items()))


def _node(node: Node) -> str:
    values = texts(node) | {"label": node.label, "key": node.key, "caption": caption(node)}
    return f"<node id={_identity(node.ref)}>{_data('n', values)}</node>\n"


def _edge(relationship: Relationship, number: int) -> str:
    values = texts(relationship) | {"type": relationship.type}
    ends = f"source={_identity(relationship.start)} target={_identity(relationship.end)}"
    return f'<edge id="e{number}" {ends}>{_data("e", values)}</edge>\n'
