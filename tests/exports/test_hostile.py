"""Hostile texts in every field through every machine format: each gives every text back equal, nodes and relationships."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import networkx as nx
import pyarrow.parquet as pq
import pytest
from hostile import hostile_graph, texts
from rdflib import Graph as RdfGraph
from rdflib import Literal, Namespace, URIRef

from kg.exports import read_jsonl, write_csv, write_gexf, write_graphml, write_jsonl, write_jsonld, write_parquet
from kg.exports.values import to_text
from kg.graph import Graph, Node, Relationship

#: What a graph says in texts: nodes by label and key, and how often each relationship is there.
Said = tuple[dict[tuple[str, str], frozenset[tuple[str, str]]], Counter[tuple[object, ...]]]
Fields = Mapping[str, object]
KG = Namespace("urn:paperkg:vocabulary#")
_ENDS = ("start_label", "start_key", "end_label", "end_key")


def _said(nodes: Iterable[tuple[str, str, Fields]], relationships: Iterable[tuple[str, str, str, Fields]]) -> Said:
    return (
        {(label, key): frozenset(_texts(fields)) for label, key, fields in nodes},
        Counter((kind, start, end, *sorted(_texts(fields))) for kind, start, end, fields in relationships),
    )


def _texts(fields: Fields) -> Iterable[tuple[str, str]]:
    for name, value in fields.items():
        yield name, to_text(tuple(value) if isinstance(value, list) else value)


def _of(graph: Graph) -> Said:
    return _said(
        ((node.label, node.key, node.properties) for node in graph.nodes.values()),
        ((r.type, f"{r.start.label}:{r.start.key}", f"{r.end.label}:{r.end.key}", r.properties) for r in graph.relationships.values()),
    )


def _jsonl(graph: Graph, folder: Path) -> Said:
    write_jsonl(graph, folder / "g.jsonl")
    back = Graph()
    back.add(*read_jsonl(folder / "g.jsonl"))
    return _of(back)


def _table_rows(paths: Iterable[Path], read: Callable[[Path], Iterable[dict[str, object]]]) -> Said:
    nodes, relationships = [], []
    for path in paths:
        kind, name = path.stem.split("-")
        for row in read(path):
            if kind == "nodes":
                nodes.append((name, str(row.pop("key")), row))
            else:
                start_label, start, end_label, end = (str(row.pop(end)) for end in _ENDS)
                relationships.append((name, f"{start_label}:{start}", f"{end_label}:{end}", row))
    return _said(nodes, relationships)


def _csv(graph: Graph, folder: Path) -> Said:
    def read(path: Path) -> Iterable[dict[str, object]]:
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)

    csv.field_size_limit(10_000_000)
    return _table_rows(write_csv(graph, folder), read)


def _parquet(graph: Graph, folder: Path) -> Said:
    def read(path: Path) -> Iterable[dict[str, object]]:
        for row in pq.read_table(path).to_pylist():
            yield {name: value for name, value in row.items() if value is not None}

    return _table_rows(write_parquet(graph, folder), read)


def _networkx(back: nx.MultiDiGraph) -> Said:
    nodes = []
    for _, data in back.nodes(data=True):
        known = {name: value for name, value in data.items() if name != "caption"}
        nodes.append((known.pop("label"), known.pop("key"), known))
    edges = []
    for start, end, data in back.edges(data=True):
        known = {name: value for name, value in data.items() if name != "id"}
        edges.append((known.pop("type"), start, end, known))
    return _said(nodes, edges)


def _graphml(graph: Graph, folder: Path) -> Said:
    write_graphml(graph, folder / "g.graphml")
    return _networkx(nx.read_graphml(folder / "g.graphml", force_multigraph=True))


def _gexf(graph: Graph, folder: Path) -> Said:
    write_gexf(graph, folder / "g.gexf")
    space = "{http://gexf.net/1.3}"
    root = ElementTree.parse(folder / "g.gexf").getroot()

    def values(element: ElementTree.Element) -> dict[str, str]:
        return {value.get("for", ""): value.get("value", "") for value in element.iter(f"{space}attvalue")}

    nodes, edges = [], []
    for element in root.iter(f"{space}node"):
        known = values(element)
        nodes.append((known.pop("node_type"), known.pop("key"), known))
    for element in root.iter(f"{space}edge"):
        known = values(element)
        edges.append((known.pop("edge_type"), element.get("source", ""), element.get("target", ""), known))
    return _said(nodes, edges)


FORMATS = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet, "graphml": _graphml, "gexf": _gexf}


def _empty(said: Said) -> Said:
    """Without empty texts, which CSV as the standard library reads it does not tell from missing values."""
    nodes, relationships = said
    return (
        {ref: frozenset((name, text) for name, text in fields if text) for ref, fields in nodes.items()},
        Counter({tuple(part for part in one if isinstance(part, str) or part[1]): count for one, count in relationships.items()}),
    )


def _assert_equal(form: str, wanted: Said, found: Said) -> None:
    if form == "csv":
        wanted, found = _empty(wanted), _empty(found)
    for ref, fields in wanted[0].items():
        assert found[0][ref] == fields, ref
    assert found[0].keys() == wanted[0].keys()
    assert list((wanted[1] - found[1]).items())[:1] == list((found[1] - wanted[1]).items())[:1] == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_text_in_every_field_comes_back_equal(tmp_path: Path, form: str) -> None:
    graph = hostile_graph(texts(130), every=form != "gexf")
    wanted, found = _of(graph), FORMATS[form](graph, tmp_path)
    _assert_equal(form, wanted, found)


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
def test_a_thousand_texts_in_every_field_come_back_equal(tmp_path: Path, form: str) -> None:
    graph = hostile_graph(texts(1000), every=True)
    wanted, found = _of(graph), FORMATS[form](graph, tmp_path)
    _assert_equal(form, wanted, found)


def _literals(properties: Iterable[tuple[str, object]]) -> set[str]:
    return {value for _, value in properties if isinstance(value, str)}


@pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning")  # rdflib warns of its own parts
@pytest.mark.parametrize("count", [39, pytest.param(1000, marks=pytest.mark.long)])
def test_linked_data_hold_every_text_of_nodes_and_statements(tmp_path: Path, count: int) -> None:
    graph = hostile_graph(texts(count))
    write_jsonld(graph, tmp_path / "g.jsonld")
    read = RdfGraph()
    read.parse(tmp_path / "g.jsonld", format="json-ld")
    subjects = {(str(s).split(":")[2], unquote(str(s).split(":", 3)[3])): s for s in read.subjects(KG.key, None)}
    for item in graph:
        if isinstance(item, Node):
            found = {str(value) for value in read.objects(subjects[item.ref], None) if isinstance(value, Literal)}
            assert _literals(item.properties.items()) <= found
    statements = Counter(_statement(read, statement) for statement in read.subjects(KG.predicate, None))
    assert statements == Counter(
        (r.type, str(subjects[r.start]), str(subjects[r.end]), tuple(sorted(_literals(r.properties.items()))))
        for r in graph
        if isinstance(r, Relationship)
    )


def _statement(read: RdfGraph, statement: URIRef) -> tuple[str, str, str, tuple[str, ...]]:
    kind = str(read.value(statement, KG.predicate)).removeprefix(str(KG))
    said = {str(value) for value in read.objects(statement, None) if isinstance(value, Literal) and value.datatype is None}
    return kind, str(read.value(statement, KG.subject)), str(read.value(statement, KG.object)), tuple(sorted(said))


def test_hostile_texts_are_what_they_say() -> None:
    found = texts(1000)
    assert len(found) == 1000
    assert len(set(found)) > 950
    assert json.loads(json.dumps(found)) == found
