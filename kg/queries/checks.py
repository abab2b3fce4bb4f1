"""Does the graph in a store keep to its own schema?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kg.graph import Node, Ref, Relationship, Value
from kg.ids import MAX_KEY
from kg.ports import Store, Table
from kg.queries.library import run
from kg.schema import EVIDENCE, LABELS, RELATIONSHIPS, RESOLVED_LABELS, Property

__all__ = ["Fault", "check", "stats"]

_PAGE = 200
_TYPES: Mapping[str, type] = {"string": str, "integer": int, "float": float, "boolean": bool, "date": date, "strings": tuple}
#: Labels whose nodes say nothing alone.
_JOINED = frozenset({"Result", "Repository", "Resource", "ExtractionRun", "Name"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks the schema: what kind of fault, where, and what would be right."""

    kind: str  # key, property, end, evidence, offset, dangling
    where: str
    message: str


def check(store: Store) -> list[Fault]:
    """Every fault, in order. Reads the whole store; what it keeps in memory are keys."""
    faults: list[Fault] = []
    refs: set[Ref] = set()
    for node in store.nodes():
        refs.add(node.ref)
        faults += _node_faults(node)
    joined: set[Ref] = set()
    named: set[Ref] = set()
    for relationship in store.relationships():
        joined |= {relationship.start, relationship.end}
        if relationship.type == "NAMES":
            named.add(relationship.end)
        faults += _relationship_faults(relationship, refs)
    faults += [Fault("dangling", _at(ref), "nothing is joined to it") for ref in sorted(refs - joined) if ref.label in _JOINED]
    faults += [
        Fault("dangling", _at(ref), "no Name leads to it, so nobody finds it")
        for ref in sorted(refs - named)
        if ref.label in RESOLVED_LABELS
    ]
    return faults + list(_offset_faults(store))


def _at(ref: Ref) -> str:
    return f"{ref.label} {ref.key}"


def _between(one: Relationship) -> str:
    return f"{_at(one.start)} -{one.type}-> {_at(one.end)}" + (f" of {one.id.paper} by {one.id.extractor}" if one.id.paper else "")


def _node_faults(node: Node) -> Iterator[Fault]:
    where = _at(node.ref)
    if not node.key or len(node.key) > MAX_KEY:
        yield Fault("key", where, f"a key has 1 to {MAX_KEY} characters")
    if node.label == "Paper" and not node.key.startswith(("arxiv:", "title:")):
        yield Fault("key", where, "the key of a paper begins with arxiv: or title:")
    arxiv = node.properties.get("arxiv_id") if node.label == "Paper" else None
    if arxiv and node.key != f"arxiv:{arxiv}":
        yield Fault("key", where, f"the key of a paper with an arXiv id is arxiv:{arxiv}")
    yield from _property_faults(where, node.properties, {one.name: one for one in LABELS[node.label].properties})


def _property_faults(where: str, properties: Mapping[str, Value], declared: Mapping[str, Property]) -> Iterator[Fault]:
    for name, value in properties.items():
        if name not in declared:
            yield Fault("property", where, f"the schema knows no property {name}")
        elif type(value) is not _TYPES[declared[name].type]:
            yield Fault("property", where, f"{name} should be of type {declared[name].type}, not {type(value).__name__}")


def _relationship_faults(one: Relationship, refs: set[Ref]) -> Iterator[Fault]:
    where, kind = _between(one), RELATIONSHIPS[one.type]
    if (one.start.label, one.end.label) not in kind.ends:
        yield Fault("end", where, "the schema joins no such labels by it")
    yield from (Fault("end", where, f"{_at(ref)} is not there") for ref in (one.start, one.end) if ref not in refs)
    declared = {each.name: each for each in (*kind.properties, *(EVIDENCE if kind.extracted else ()))}
    yield from _property_faults(where, one.properties, declared)
    if not kind.extracted or one.properties.get("extractor") == "source":
        return
    if missing := [each.name for each in EVIDENCE if each.name not in one.properties]:
        yield Fault("evidence", where, f"it lacks {', '.join(missing)}")
    elif Ref("ExtractionRun", str(one.properties["run"])) not in refs:
        yield Fault("evidence", where, f"its run {one.properties['run']} is not there")


def _offset_faults(store: Store) -> Iterator[Fault]:
    keys = store.paper_keys()
    while page := list(islice(keys, _PAGE)):
        texts = {key: stored.paper for key, stored in store.papers(page).items()}
        for item in store.owned(page):
            properties = item.properties
            paper = texts.get(str(properties.get("paper")))
            if paper is not None and "evidence" in properties and {"field", "start", "end"} <= properties.keys():
                text = paper.title if properties["field"] == "title" else paper.abstract
                start, end = int(str(properties["start"])), int(str(properties["end"]))
                if text[start:end] != properties["evidence"]:
                    where = _at(item.ref) if isinstance(item, Node) else _between(item)
                    yield Fault("offset", where, f"its evidence is not {properties['field']}[{start}:{end}] of the paper")


def stats(store: Store) -> Table:
    """How many nodes and relationships there are, by label and type."""
    nodes = [("node", *row) for row in run(store, "nodes_by_kind").rows]
    relationships = [("relationship", row[0], row[1]) for row in run(store, "relationships_by_kind").rows]
    return Table(("what", "kind", "count"), (*nodes, *relationships))
