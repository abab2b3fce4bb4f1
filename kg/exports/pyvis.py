"""pyvis: a real Network to restyle, and its page made safe, offline and readable.

pyvis itself loads Bootstrap from a CDN, turns tooltips into HTML where any text holds "href", and writes in the locale's
encoding; the page written here has none of that, and a content security policy that would stop it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.graph import Graph, Node, Ref, Relationship
from kg.layout import KINDS, Place, Slice, caption, cut, displayed, place, shorten
from kg.output import Out, whole_file

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["MOST", "to_pyvis", "write_pyvis"]

#: More nodes than this are cut to the most connected: vis-network slows down, and nobody reads them.
MOST = 500
_SCALE = 2.2
#: Width of a letter and height of a line of a label; the size of a label that would cover another, drawn once it is near.
_LETTER, _LINE, _SMALL = 6.8, 17.0, 3.5
_SHAPES = {
    "circle": "dot", "square": "square", "diamond": "diamond", "triangle": "triangle", "hexagon": "hexagon", "bar": "square",
    "drop": "triangleDown", "box": "square", "ring": "dot", "dot": "dot", "star": "star",
}  # fmt: skip
_OPTIONS = {
    "physics": {"enabled": False},
    "nodes": {
        "scaling": {"label": {"drawThreshold": 7}},
        "font": {"size": 13, "face": "sans-serif", "color": "#1d2430", "strokeWidth": 3, "strokeColor": "#ffffff"},
    },
    "edges": {"smooth": False, "width": 0.6, "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}}, "color": {"inherit": False}},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "tooltipDelay": 120, "hideEdgesOnDrag": True},
    "layout": {"improvedLayout": False},
}
_HREF = re.compile("href", re.IGNORECASE)
_REMOTE = re.compile(r'<link\s[^>]*?https?://[^>]*?>|<script\s[^>]*?src\s*=\s*"https?://[^>]*?>\s*</script>', re.DOTALL)
_HEADING = re.compile(r"<center>\s*<h1>.*?</h1>\s*</center>", re.DOTALL)
_STYLE = """
html, body { height: 100%; }
body { display: flex; flex-direction: column; margin: 0; font: 14px/1.4 system-ui, sans-serif; color: #1d2430; background: #fff; }
#about { padding: 6px 12px; border-bottom: 1px solid #d5dae2; }
#about b { display: inline-block; width: 10px; height: 10px; margin: 0 4px 0 12px; border-radius: 5px; }
.card { flex: 1; min-height: 0; }
#mynetwork { height: 100% !important; border: 0 !important; float: none !important; }
.vis-tooltip { max-width: 420px; white-space: pre-wrap !important; }
"""


def to_pyvis(graph: Graph, *, most: int = MOST) -> Network:
    """A Network of the `most` connected nodes: our positions and colours, physics off. Its node ids are numbers."""
    return _network(_part(graph, most)[0])


def write_pyvis(graph: Graph, out: Out, *, most: int = MOST, title: str = "Knowledge graph", note: str = "") -> str:
    """Write one page that works offline and asks for nothing; what it leaves out, in a sentence that stands in the page as `note` does."""
    part, left_out = _part(graph, most)
    page = _page(_network(part), title, _about(part, f"{note} {left_out}".strip()))
    with whole_file(out) as stream:
        stream.write(page.encode())
    return left_out


def _part(graph: Graph, most: int) -> tuple[Graph, str]:
    shown = sum(ref.label in KINDS for ref in graph.nodes)
    if shown <= most:
        return graph, ""
    part = cut(graph, Slice(top=most))
    return part.graph, part.left_out


def _network(graph: Graph) -> Network:
    from pyvis.network import Network

    network = Network(height="100vh", width="100%", directed=True, notebook=False, cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    places = place(graph).places
    number = {ref: at for at, ref in enumerate(sorted(places))}
    labels = {ref: _safe(shorten(caption(graph.nodes[ref]))) for ref in places}
    roomy = _with_room(places, labels)
    for ref, at in number.items():
        node, spot, kind = graph.nodes[ref], places[ref], KINDS[ref.label]
        network.add_node(
            at, label=labels[ref], title=_safe(_tooltip(node)), x=spot.x * _SCALE, y=spot.y * _SCALE, color=kind.colour,
            shape=_SHAPES[kind.shape], size=spot.size * 1.6, physics=False, **({} if ref in roomy else {"font": {"size": _SMALL}}),
        )  # fmt: skip
    drawn = sorted({(r.start, r.end, r.type) for r in graph.relationships.values() if r.start in number and r.end in number})
    said = {(r.start, r.end, r.type): r for _, r in sorted(graph.relationships.items(), reverse=True)}
    # add_edge scans all edges each time, so they go in directly
    network.edges.extend(
        {"from": number[start], "to": number[end], "title": _safe(_reason(kind, said[start, end, kind])), "color": "#c3c9d2"}
        for start, end, kind in drawn
    )
    return network


def _with_room(places: Mapping[Ref, Place], labels: Mapping[Ref, str]) -> set[Ref]:
    """The nodes whose labels, below them, cover no other's: the larger first. The others' are drawn small and show when near."""
    taken: dict[int, list[tuple[float, float]]] = {}
    found = set()
    for ref in sorted(places, key=lambda ref: (-places[ref].size, ref)):
        spot = places[ref]
        half = len(labels[ref]) * _LETTER / 2
        left, right = spot.x * _SCALE - half, spot.x * _SCALE + half
        top = spot.y * _SCALE + spot.size * 1.6
        rows = range(math.floor(top / _LINE), math.floor((top + _LINE) / _LINE) + 1)
        if not any(left < end and start < right for row in rows for start, end in taken.get(row, ())):
            found.add(ref)
            for row in rows:
                taken.setdefault(row, []).append((left, right))
    return found


def _safe(text: str) -> str:
    """`text` for pyvis: in one direction, and never with the letters that make it take tooltips for HTML."""
    lines = (displayed(line) for line in text.split("\n"))
    return _HREF.sub(lambda found: f"{found[0][:2]}\u200b{found[0][2:]}", "\n".join(line for line in lines if line))


def _tooltip(node: Node) -> str:
    dated = node.properties.get("published") or node.properties.get("listed") or ""
    where = node.properties.get("url", "")
    return "\n".join((shorten(caption(node), 200), f"{node.label} {dated}", shorten(str(where), 200)))


def _reason(kind: str, relationship: Relationship) -> str:
    return f"{kind.lower().replace('_', ' ')}\n{shorten(str(relationship.properties.get('evidence', '')), 300)}"


def _about(graph: Graph, left_out: str) -> str:
    counts = Counter(ref.label for ref in graph.nodes)
    legend = "".join(
        f'<b class="k{at}"></b>{html.escape(kind.plural)} {counts[label]:,}'
        for at, (label, kind) in enumerate(KINDS.items())
        if counts[label]
    )
    return f'<div id="about">{legend}<br>{html.escape(left_out)}</div>'


def _page(network: Network, title: str, about: str) -> str:
    """The page of pyvis without what it loads, with our policy, style, title and legend."""
    made: Any = network.generate_html(notebook=False)
    page = _HEADING.sub("", _REMOTE.sub("", str(made))).replace(' style="width: 100%"', "")
    colours = "".join(f".k{at} {{ background: {kind.colour}; }}\n" for at, kind in enumerate(KINDS.values()))
    page = page.replace("</head>", f"<style>{_STYLE}{colours}</style></head>", 1).replace("<body>", f"<body>{about}", 1)
    policy = (
        f"default-src 'none'; script-src {_hashes(page, 'script')}; style-src {_hashes(page, 'style')}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{html.escape(displayed(title))}</title>'
    return "<!DOCTYPE html>\n" + page.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{head}', 1)


def _hashes(page: str, tag: str) -> str:
    bodies = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page, re.DOTALL)
    digests = sorted({base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies})
    return " ".join(f"'sha256-{digest}'" for digest in digests)
