from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hostile import hostile_graph, texts
from rdflib import RDF, Literal, Namespace, URIRef
from rdflib import Graph as RdfGraph
from rdflib.collection import Collection

from kg.exports import write_jsonld
from kg.testing.graphs import synthetic

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning")  # rdflib warns of its own parts

KG = Namespace("urn:paperkg:vocabulary#")
SCHEMA = Namespace("https://schema.org/")
FABIO = Namespace("http://purl.org/spar/fabio/")
WORDS = {
    "title": SCHEMA.headline,
    "name": SCHEMA.name,
    "abstract": SCHEMA.abstract,
    "unit": SCHEMA.unitText,
    "comment": SCHEMA.comment,
    "url": SCHEMA.url,
}


def _parsed(path: Path):
    graph = RdfGraph()
    graph.parse(path, format="json-ld")
    return graph


def test_jsonld_is_what_rdflib_reads(tmp_path: Path) -> None:
    graph = synthetic(20)
    write_jsonld(graph, tmp_path / "g.jsonld")
    read = _parsed(tmp_path / "g.jsonld")
    papers = set(read.subjects(RDF.type, SCHEMA.ScholarlyArticle))
    assert len(papers) == 20 == len(set(read.subjects(RDF.type, FABIO.ResearchPaper)))
    assert len(set(read.subjects(RDF.type, KG.Statement))) == len(graph.relationships)
    for relationship in graph.relationships.values():
        ends = [URIRef(f"urn:paperkg:{ref.label}:{_quoted(ref.key)}") for ref in (relationship.start, relationship.end)]
        assert (ends[0], KG[relationship.type], ends[1]) in read
    authored = next(r for r in graph.relationships.values() if r.type == "AUTHORED")
    paper, author = (URIRef(f"urn:paperkg:{r.label}:{_quoted(r.key)}") for r in (authored.end, authored.start))
    assert (paper, SCHEMA.author, author) in read


def test_jsonld_of_a_stream_in_any_order_is_the_same_bytes(tmp_path: Path) -> None:
    graph = hostile_graph(texts(130))
    write_jsonld(graph, tmp_path / "held.jsonld")
    write_jsonld(iter(sorted(graph, key=repr)), tmp_path / "streamed.jsonld", run_lines=20)
    assert (tmp_path / "streamed.jsonld").read_bytes() == (tmp_path / "held.jsonld").read_bytes()


def test_jsonld_of_nothing_is_a_document(tmp_path: Path) -> None:
    write_jsonld(iter(()), tmp_path / "g.jsonld")
    assert json.loads((tmp_path / "g.jsonld").read_text("utf-8"))["@graph"] == []


def _quoted(key: str) -> str:
    return quote(key, safe="")


def test_jsonld_keeps_hostile_texts(tmp_path: Path) -> None:
    graph = hostile_graph(texts(130))
    write_jsonld(graph, tmp_path / "g.jsonld")
    read = _parsed(tmp_path / "g.jsonld")
    keys = {(str(s).split(":")[2], unquote(str(s).split(":", 3)[3])): s for s in read.subjects(KG.key, None)}
    assert len(keys) == len(graph.nodes)
    for ref, node in graph.nodes.items():
        subject = keys[ref]
        for name, value in node.properties.items():
            found = list(read.objects(subject, WORDS.get(name, KG[name])))
            if isinstance(value, str):
                assert Literal(value) in found, (ref, name)
    paper = next(ref for ref in graph.nodes if ref.label == "Paper")
    authors = next(read.objects(keys[paper], KG.authors))
    assert tuple(str(item) for item in Collection(read, authors)) == graph.nodes[paper].properties["authors"]
