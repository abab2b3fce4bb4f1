"""JSON-LD: papers and what they name as linked data, in the words of schema.org, FaBiO and CiTO."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from kg.exports.order import ordered
from kg.exports.values import kind_of
from kg.graph import Graph, Node, Ref, Relationship, Value
from kg.layout.kinds import caption
from kg.output import Out, whole_file

__all__ = ["write_jsonld"]

_OWN = "urn:paperkg:"
_VOCABULARY = "urn:paperkg:vocabulary#"

#: label -> classes
_CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Paper": ("schema:ScholarlyArticle", "fabio:ResearchPaper"),
        "Author": ("schema:Person",),
        "Organization": ("schema:Organization",),
        "Model": ("schema:SoftwareApplication", "kg:Model"),
        "Method": ("schema:DefinedTerm", "kg:Method"),
        "Benchmark": ("schema:Dataset", "kg:Benchmark"),
        "Task": ("schema:DefinedTerm", "kg:Task"),
        "Metric": ("schema:DefinedTerm", "kg:Metric"),
        "Result": ("schema:Observation", "kg:Result"),
        "Repository": ("schema:SoftwareSourceCode",),
        "Resource": ("schema:WebPage",),
        "Name": ("kg:Name",),
        "ExtractionRun": ("schema:Action", "kg:ExtractionRun"),
    }
)
#: Properties that have a word elsewhere; the rest is ours.
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "schema:headline", "abstract": "schema:abstract", "published": "schema:datePublished", "updated": "schema:dateModified",
        "name": "schema:name", "aliases": "schema:alternateName", "url": "schema:url", "categories": "schema:about",
        "value": "schema:value", "unit": "schema:unitText", "comment": "schema:comment",
    }
)  # fmt: skip
#: Relationship types that have a word elsewhere, beside ours; a minus turns the direction round.
_RELATIONS: Mapping[str, str] = MappingProxyType(
    {"AUTHORED": "-schema:author", "FROM": "schema:publisher", "HAS_CODE": "schema:hasPart", "ADDRESSES": "schema:about",
     "EVALUATED_ON": "cito:usesDataFrom", "TRAINED_ON": "cito:usesDataFrom", "MENTIONS": "schema:mentions", "BASED_ON": "schema:isBasedOn"}
)  # fmt: skip
_CONTEXT = {
    "schema": "https://schema.org/",
    "fabio": "http://purl.org/spar/fabio/",
    "cito": "http://purl.org/spar/cito/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "kg": _VOCABULARY,
}


def write_jsonld(graph: Graph, out: Out) -> None:
    """Write one document. Every node is an object with an `@id`; a relationship is a property, and a statement with its evidence."""
    document = {"@context": _CONTEXT, "@graph": [*_things(graph), *_statements(graph)]}
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    with whole_file(out) as stream:
        stream.write(f"{text}\n".encode())


def _identity(ref: Ref) -> str:
    return f"{_OWN}{ref.label}:{quote(ref.key, safe='')}"


def _things(graph: Graph) -> Iterator[dict[str, object]]:
    relations: defaultdict[Ref, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for relationship in graph.relationships.values():
        for subject, word, other in _triples(relationship):
            relations[subject][word].add(_identity(other))
    for node in (item for item in ordered(graph) if isinstance(item, Node)):
        thing: dict[str, object] = {"@id": _identity(node.ref), "@type": list(_CLASSES[node.label]), "kg:key": node.key}
        thing |= {_WORDS.get(name, f"kg:{name}"): _value(value) for name, value in node.properties.items()}
        thing.setdefault("schema:name", caption(node))
        if node.label == "Paper" and node.properties.get("arxiv_id"):
            thing["schema:sameAs"] = {"@id": f"https://arxiv.org/abs/{quote(str(node.properties['arxiv_id']))}"}
        elif same := _address(node):
            thing["schema:sameAs"] = {"@id": same}
        for word, others in relations[node.ref].items():
            thing[word] = [{"@id": other} for other in sorted(others)]
        yield thing


def _address(node: Node) -> str | None:
    """The node's own address if it can stand as an identifier as it is."""
    url = node.properties.get("url")
    if not isinstance(url, str) or urlsplit(url[:8]).scheme not in ("http", "https") or any(sign in url for sign in '<>"{}|\\^` \n\t'):
        return None
    return url if url.isascii() and url.isprintable() else None


def _triples(relationship: Relationship) -> Iterator[tuple[Ref, str, Ref]]:
    yield relationship.start, f"kg:{relationship.type}", relationship.end
    if word := _RELATIONS.get(relationship.type):
        ends = (relationship.end, relationship.start) if word.startswith("-") else (relationship.start, relationship.end)
        yield ends[0], word.removeprefix("-"), ends[1]


def _statements(graph: Graph) -> Iterator[dict[str, object]]:
    """Each relationship once more with what it carries: who says so, where, in which words."""
    relationships = (item for item in ordered(graph) if isinstance(item, Relationship))
    for number, relationship in enumerate(relationships):
        statement: dict[str, object] = {
            "@id": f"{_OWN}statement:{number}",
            "@type": "kg:Statement",
            "kg:subject": {"@id": _identity(relationship.start)},
            "kg:predicate": {"@id": f"{_VOCABULARY}{relationship.type}"},
            "kg:object": {"@id": _identity(relationship.end)},
        }
        for name, value in relationship.properties.items():
            statement[f"kg:{name}"] = _value(value)
        if paper := relationship.properties.get("paper"):
            statement["prov:wasQuotedFrom"] = {"@id": _identity(Ref("Paper", str(paper)))}
        yield statement


def _value(value: Value) -> object:
    """The value with its type, so that it comes back equal; lists keep their order."""
    if isinstance(value, tuple):
        return {"@list": list(value)}
    if kind_of(value) == "date":
        return {"@value": str(value), "@type": "xsd:date"}
    if kind_of(value) == "float":
        return {"@value": repr(value), "@type": "xsd:double"}
    return value
