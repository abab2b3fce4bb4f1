"""JSON-LD: papers and what they name as linked data, in the words of schema.org, FaBiO and CiTO."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from kg.exports.order import RUN_LINES, Items, sorted_lines
from kg.exports.values import kind_of
from kg.graph import Node, Ref, Relationship, Value
from kg.layout.kinds import caption
from kg.output import Out, whole_file

__all__ = ["write_jsonld"]

_OWN = "urn:paperkg:"
_VOCABULARY = "urn:paperkg:vocabulary#"
#: The two parts of the document, in this order.
_THING, _STATEMENT = "0", "1"

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


def write_jsonld(items: Items, out: Out, *, run_lines: int = RUN_LINES) -> None:
    """Write one document. Every node is an object with an `@id`; a relationship is a property, and a statement with its evidence.

    Nodes and relationships may come in any order; memory does not grow with them.
    """
    lines = (_line(entry) for item in items for entry in _entries(item))
    with whole_file(out) as stream:
        stream.write(f'{{\n "@context": {_indented(_CONTEXT, 1)},\n "@graph": ['.encode())
        between = "\n"
        for thing in _objects(sorted_lines(lines, key=json.loads, run_lines=run_lines)):
            stream.write(f"{between}  {_indented(thing, 2)}".encode())
            between = ",\n"
        stream.write(b"]\n}\n" if between == "\n" else b"\n ]\n}\n")


def _indented(thing: Mapping[str, object], depth: int) -> str:
    return json.dumps(thing, ensure_ascii=False, indent=1, sort_keys=True).replace("\n", "\n" + " " * depth)


def _line(entry: list[str]) -> bytes:
    return f"{json.dumps(entry)}\n".encode()


def _entries(item: Node | Relationship) -> Iterator[list[str]]:
    """Lists that sorting puts in the order of the document: each node followed by where it leads to, then the statements."""
    if isinstance(item, Node):
        yield [_THING, *item.ref, "", json.dumps(_thing(item))]
        return
    for subject, word, other in _triples(item):
        yield [_THING, *subject, word, _identity(other)]
    identity = item.id
    yield [_STATEMENT, identity.type, *identity.start, *identity.end, identity.paper, identity.extractor, json.dumps(_statement(item))]


def _objects(lines: Iterator[bytes]) -> Iterator[dict[str, object]]:
    """The objects of the document out of sorted entries."""
    number = 0
    for of, entries in itertools.groupby(map(json.loads, lines), key=lambda entry: entry[:3] if entry[0] == _THING else None):
        if of is None:
            for entry in entries:
                yield {"@id": f"{_OWN}statement:{number}", **json.loads(entry[-1])}
                number += 1
            continue
        thing: dict[str, object] = {}
        for word, others in itertools.groupby(entries, key=lambda entry: entry[3]):
            if word:
                thing[word] = [{"@id": other} for other in sorted({entry[4] for entry in others})]
            else:
                thing = json.loads(next(others)[4])
        if "@id" in thing:  # else the node went while the store was read
            yield thing


def _identity(ref: Ref) -> str:
    return f"{_OWN}{ref.label}:{quote(ref.key, safe='')}"


def _thing(node: Node) -> dict[str, object]:
    thing: dict[str, object] = {"@id": _identity(node.ref), "@type": list(_CLASSES[node.label]), "kg:key": node.key}
    thing |= {_WORDS.get(name, f"kg:{name}"): _value(value) for name, value in node.properties.items()}
    thing.setdefault("schema:name", caption(node))
    if node.label == "Paper" and node.properties.get("arxiv_id"):
        thing["schema:sameAs"] = {"@id": f"https://arxiv.org/abs/{quote(str(node.properties['arxiv_id']))}"}
    elif same := _address(node):
        thing["schema:sameAs"] = {"@id": same}
    return thing


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


def _statement(relationship: Relationship) -> dict[str, object]:
    """The relationship once more with what it carries: who says so, where, in which words."""
    statement: dict[str, object] = {
        "@type": "kg:Statement",
        "kg:subject": {"@id": _identity(relationship.start)},
        "kg:predicate": {"@id": f"{_VOCABULARY}{relationship.type}"},
        "kg:object": {"@id": _identity(relationship.end)},
    }
    statement |= {f"kg:{name}": _value(value) for name, value in relationship.properties.items()}
    if paper := relationship.properties.get("paper"):
        statement["prov:wasQuotedFrom"] = {"@id": _identity(Ref("Paper", str(paper)))}
    return statement


def _value(value: Value) -> object:
    """The value with its type, so that it comes back equal; lists keep their order."""
    if isinstance(value, tuple):
        return {"@list": list(value)}
    if kind_of(value) == "date":
        return {"@value": str(value), "@type": "xsd:date"}
    if kind_of(value) == "float":
        return {"@value": repr(value), "@type": "xsd:double"}
    return value
