from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hostile import hostile_graph, texts
from pages import npm_package

from kg.exports import write_gexf
from kg.exports.values import to_text
from kg.graph import Graph
from kg.layout import KINDS, caption, place
from kg.testing.graphs import synthetic

_VIZ = "{http://gexf.net/1.3/viz}"
#: What Gephi Lite opens a GEXF with: the parser of graphology in the browser, and these options.
_PARSED = """([modules, text]) => {
  const loaded = {};
  const load = path => {
    if (!(path in loaded)) {
      const module = { exports: {} };
      const near = name => {
        const folder = path.slice(0, path.lastIndexOf("/"));
        return load(name.startsWith(".") ? new URL(`http://x/${folder}/${name}`).pathname.slice(1) : `${name}.js`);
      };
      new Function("module", "exports", "require", modules[path])(module, module.exports, near);
      loaded[path] = module.exports;
    }
    return loaded[path];
  };
  const graph = load("graphology-gexf/browser/parser.js")(
    load("graphology/dist/graphology.umd.min.js"), text, { allowUndeclaredAttributes: true, addMissingNodes: true });
  return { type: graph.type, nodes: graph.mapNodes((id, said) => [id, said]),
           edges: graph.mapEdges((id, said, from, to) => [from, to, said]) };
}"""
_MODULES = (
    "graphology/dist/graphology.umd.min.js", "graphology-gexf/browser/parser.js", "graphology-gexf/common/parser.js",
    "graphology-gexf/common/helpers.js", "graphology-utils/is-graph-constructor.js", "graphology-utils/add-edge.js",
)  # fmt: skip


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


def _as_in_gephi_lite(graph: Graph, folder: Path, visit: Callable) -> dict:
    write_gexf(graph, folder / "g.gexf")
    (folder / "empty.html").write_text("<!DOCTYPE html><title>empty</title>")
    packages = npm_package("graphology").parent
    modules = {name: (packages / name).read_text("utf-8") for name in _MODULES}
    return visit(folder / "empty.html").evaluate(_PARSED, [modules, (folder / "g.gexf").read_text("utf-8")])


@pytest.mark.browser
def test_gexf_opens_in_gephi_lite_with_types_colours_positions_and_dates(tmp_path: Path, visit: Callable) -> None:
    graph = synthetic(20)
    places = place(graph).places
    read = _as_in_gephi_lite(graph, tmp_path, visit)
    assert read["type"] == "directed"
    nodes = dict(read["nodes"])
    assert len(nodes) == len(graph.nodes)
    for ref, spot in places.items():
        found, node = nodes[f"{ref.label}:{ref.key}"], graph.nodes[ref]
        red, green, blue = (int(KINDS[ref.label].colour[at : at + 2], 16) for at in (1, 3, 5))
        assert (found["node_type"], found["label"], found["color"]) == (ref.label, caption(node), f"rgb({red},{green},{blue})")
        assert (found["x"], -found["y"], found["size"]) == (spot.x, spot.y, spot.size)
        if ref.label == "Paper":
            assert found["published"] == str(node.properties["published"])
    edges = Counter((start, end, said["edge_type"]) for start, end, said in read["edges"])
    assert edges == Counter((f"{r.start.label}:{r.start.key}", f"{r.end.label}:{r.end.key}", r.type) for r in graph.relationships.values())


@pytest.mark.browser
def test_gexf_keeps_hostile_texts_in_gephi_lite(tmp_path: Path, visit: Callable) -> None:
    graph = hostile_graph(texts(130))
    nodes = dict(_as_in_gephi_lite(graph, tmp_path, visit)["nodes"])
    for ref, node in graph.nodes.items():
        for name, value in node.properties.items():
            assert to_text(nodes[f"{ref.label}:{ref.key}"][name]) == to_text(value), (ref, name)


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
