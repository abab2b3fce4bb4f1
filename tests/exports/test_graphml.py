from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from hostile import hostile_graph, texts

from kg.errors import InputError
from kg.exports import write_graphml
from kg.exports.values import to_text
from kg.graph import Node
from kg.testing.graphs import synthetic


def test_graphml_reads_back_equal_in_networkx(tmp_path: Path) -> None:
    graph = synthetic(30)
    write_graphml(graph, tmp_path / "g.graphml")
    back = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert isinstance(back, nx.MultiDiGraph)
    assert len(back) == len(graph.nodes)
    for ref, node in graph.nodes.items():
        found = dict(back.nodes[f"{ref.label}:{ref.key}"])
        del found["caption"]
        assert (found.pop("label"), found.pop("key")) == ref
        plain = {name: json.loads(to_text(v)) if isinstance(v, tuple) else v for name, v in node.properties.items()}
        assert {name: _typed(found[name], plain[name]) for name in found} == plain
    assert back.number_of_edges() == len(graph.relationships)
    edges = sorted((a, b, d["type"], d.get("evidence", "")) for a, b, d in back.edges(data=True))
    assert edges == sorted(
        (f"{r.start.label}:{r.start.key}", f"{r.end.label}:{r.end.key}", r.type, r.properties.get("evidence", ""))
        for r in graph.relationships.values()
    )


def _typed(found: object, wanted: object) -> object:
    if isinstance(wanted, list):
        return json.loads(str(found))
    return type(wanted).fromisoformat(found) if hasattr(wanted, "isoformat") else found


def test_graphml_keeps_hostile_texts(tmp_path: Path) -> None:
    graph = hostile_graph(texts(200))
    write_graphml(graph, tmp_path / "g.graphml")
    back = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    for ref, node in graph.nodes.items():
        found = back.nodes[f"{ref.label}:{ref.key}"]
        for name, value in node.properties.items():
            assert to_text(found[name]) == to_text(value), (ref, name)


def test_graphml_replaces_only_what_xml_forbids(tmp_path: Path) -> None:
    write_graphml([Node("Task", "a", {"name": "x\x01\ufffe\ry"})], tmp_path / "g.graphml")
    assert nx.read_graphml(tmp_path / "g.graphml").nodes["Task:a"]["name"] == "x\ufffd\ufffd\ry"


def test_graphml_refuses_a_property_that_the_schema_lacks(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'colour'"):
        write_graphml([Node("Task", "a", {"colour": "red"})], tmp_path / "g.graphml")
