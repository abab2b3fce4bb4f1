from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
from hostile import hostile_graph, texts

from kg.exports import write_gexf
from kg.exports.values import to_text
from kg.layout import KINDS, place
from kg.testing.graphs import synthetic

_VIZ = "{http://gexf.net/1.3/viz}"


def _as_networkx(path: Path) -> nx.MultiDiGraph:
    """networkx reads GEXF 1.2, which differs in the namespace alone as far as we use it."""
    old = path.read_text(encoding="utf-8").replace("http://gexf.net/1.3/viz", "http://www.gexf.net/1.2draft/viz")
    path.with_suffix(".old.gexf").write_text(
        old.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('"1.3"', '"1.2"'), "utf-8"
    )
    return nx.read_gexf(path.with_suffix(".old.gexf"))


def test_gexf_reads_back_equal(tmp_path: Path) -> None:
    graph = hostile_graph(texts(150))
    write_gexf(graph, tmp_path / "g.gexf")
    back = _as_networkx(tmp_path / "g.gexf")
    assert len(back) == len(graph.nodes)
    assert back.number_of_edges() == len(graph.relationships)
    for ref, node in graph.nodes.items():
        found = back.nodes[f"{ref.label}:{ref.key}"]
        for name, value in node.properties.items():
            assert to_text(found[name]) == to_text(value), (ref, name)


def test_gexf_carries_colours_positions_sizes_and_dates(tmp_path: Path) -> None:
    graph = synthetic(20)
    write_gexf(graph, tmp_path / "g.gexf")
    places = place(graph).places
    found = {node.get("id"): node for node in ElementTree.parse(tmp_path / "g.gexf").iter("{http://gexf.net/1.3}node")}
    for ref, spot in places.items():
        node = found[f"{ref.label}:{ref.key}"]
        colour = node.find(f"{_VIZ}color")
        assert f"#{int(colour.get('r')):02x}{int(colour.get('g')):02x}{int(colour.get('b')):02x}" == KINDS[ref.label].colour
        position = node.find(f"{_VIZ}position")
        assert (float(position.get("x")), -float(position.get("y"))) == (spot.x, spot.y)
        assert float(node.find(f"{_VIZ}size").get("value")) == spot.size
        if ref.label == "Paper":
            assert node.get("start") == str(graph.nodes[ref].properties["published"])
