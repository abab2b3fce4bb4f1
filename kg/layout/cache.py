"""Layouts that were computed before, kept by a hash of all that they depend on."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError
from kg.graph import Graph, Node, Relationship
from kg.layout.kinds import KINDS
from kg.layout.positions import Community, Layout, Place, place
from kg.output import whole_file
from kg.schema import BOOKKEEPING

__all__ = ["kept", "outline"]

#: Goes up with every change of the positions that `place` gives.
_VERSION = 2
#: Smaller graphs are placed sooner than a file is worth.
_WORTH = 1_500
#: Files that the folder holds at most; the ones used longest ago go.
_FILES = 20
#: Properties that captions of fields and the likeness of papers are made from.
_READ = ("title", "name", "abstract")


def outline(items: Iterable[Node | Relationship]) -> Graph:
    """What positions depend on, out of a graph that is too large to hold: its layout is the graph's."""
    part = Graph()
    for item in items:
        if isinstance(item, Relationship):
            if item.type not in BOOKKEEPING:
                named = {name: item.properties[name] for name in ("paper", "extractor") if name in item.properties}
                part.add(Relationship(item.type, item.start, item.end, named))
        elif item.label in KINDS:
            part.add(Node(item.label, item.key, {name: item.properties[name] for name in _READ if name in item.properties}))
    return part


def kept(graph: Graph, folder: Path) -> Layout:
    """The layout that `place` gives, read from `folder` where it was kept there, else computed and kept."""
    if sum(ref.label in KINDS for ref in graph.nodes) < _WORTH:
        return place(graph)
    path = folder / f"{_digest(graph)}.json.gz"
    layout = _read(graph, path)
    if layout is None:
        layout = place(graph)
        with contextlib.suppress(InputError, OSError):  # a folder that cannot be written costs time, not the picture
            _write(layout, path)
    return layout


def _digest(graph: Graph) -> str:
    digest = hashlib.sha256(f"layout {_VERSION}".encode())
    for ref in sorted(ref for ref in graph.nodes if ref.label in KINDS):
        properties = graph.nodes[ref].properties
        digest.update(json.dumps([*ref, *(str(properties.get(name, "")) for name in _READ)]).encode())
    for identity in sorted(identity for identity in graph.relationships if identity.type not in BOOKKEEPING):
        digest.update(json.dumps(identity).encode())
    return digest.hexdigest()[:40]


def _read(graph: Graph, path: Path) -> Layout | None:
    """The layout in a file; None where there is none, or one that is not what we write."""
    refs = sorted(ref for ref in graph.nodes if ref.label in KINDS)
    try:
        found = json.loads(gzip.decompress(path.read_bytes()))
        path.touch()
        places = {ref: Place(*spot) for ref, spot in zip(refs, found["places"], strict=True)}
        return Layout(places, tuple(Community(*one) for one in found["communities"]))
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def _write(layout: Layout, path: Path) -> None:
    places = [(spot.x, spot.y, spot.size, spot.community) for _, spot in sorted(layout.places.items())]
    communities = [(one.caption, one.x, one.y, one.radius, one.nodes) for one in layout.communities]
    text = json.dumps({"places": places, "communities": communities}, separators=(",", ":"))
    with whole_file(path) as stream:
        stream.write(gzip.compress(text.encode(), mtime=0))
    files = sorted(path.parent.glob("*.json.gz"), key=lambda file: file.stat().st_mtime)
    for file in files[:-_FILES]:
        file.unlink(missing_ok=True)
