"""Does the graph in a store keep to its own schema?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kg.errors import QueryError
from kg.graph import Node, Ref, Relationship, Value
from kg.ids import MAX_KEY, run_key
from kg.nodes import run_of
from kg.ports import Store, Table
from kg.queries.library import run
from kg.schema import EVIDENCE, LABELS, RELATIONSHIPS, RESOLVED_LABELS, Property

__all__ = ["Fault", "check", "stats"]

_PAGE = 200
_TYPES: Mapping[str, type] = {"string": str, "integer": int, "float": float, "boolean": bool, "date": date, "strings": tuple}
#: Labels whose nodes say nothing alone, and what has to lead to or from each.
_JOINED: Mapping[str, tuple[str, ...]] = {
    "Result": ("REPORTS",),
    "Repository": ("HAS_CODE",),
    "Resource": ("LINKS_TO",),
    "ExtractionRun": ("EXTRACTED_BY",),
    "Name": ("NAMES",),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks the schema: what kind of fault, where, and what would be right."""

    kind: str  # key, property, end, evidence, offset, dangling, kind
    where: str
    message: str


def check(store: Store) -> list[Fault]:
    """Every fault, in order. Reads the whole store; what it keeps in memory are keys."""
    faults: list[Fault] = []
    refs: set[Ref] = set()
    nodes: Counter[str] = Counter()
    for node in store.nodes():
        refs.add(node.ref)
        nodes[node.label] += 1
        faults += _node_faults(node)
    joined: set[tuple[str, Ref]] = set()
    relationships: Counter[str] = Counter()
    for relationship in store.relationships():
        relationships[relationship.type] += 1
        joined |= {(relationship.type, relationship.start), (relationship.type, relationship.end)}
        faults += _relationship_faults(relationship, refs)
    faults += _dangling_faults(refs, joined)
    return [*faults, *_offset_faults(store), *_unseen_faults(store, nodes, relationships)]


def _dangling_faults(refs: set[Ref], joined: set[tuple[str, Ref]]) -> Iterator[Fault]:
    for ref in sorted(refs):
        wanted = _JOINED.get(ref.label, ())
        if wanted and not any((kind, ref) in joined for kind in wanted):
            yield Fault("dangling", _at(ref), f"no {wanted[0]} joins it to anything")
        if ref.label in RESOLVED_LABELS and ("NAMES", ref) not in joined:
            yield Fault("dangling", _at(ref), "no Name leads to it, so nobody finds it")


def _unseen_faults(store: Store, nodes: Mapping[str, int], relationships: Mapping[str, int]) -> Iterator[Fault]:
    """What carries our label and is none of the graph: unknown labels and types, nodes without a key."""
    try:
        there = (
            ("node", nodes, LABELS, run(store, "nodes_by_kind").rows),
            ("relationship", relationships, RELATIONSHIPS, run(store, "relationships_by_kind").rows),
        )
    except QueryError:  # a store without Cypher holds nothing beside the graph
        return
    for what, seen, known, rows in there:
        for kind, count, *_ in rows:
            unseen = int(str(count)) - seen.get(str(kind), 0)
            reason = "without a key, or of two kinds at once" if kind in known else "of a kind that the schema does not know"
            if unseen:
                yield Fault("kind", str(kind), f"{unseen} {what}{'s' if unseen > 1 else ''} {reason}")


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
    if node.label == "Paper" and not {"title", "abstract", "text_kind"} <= node.properties.keys():
        yield Fault("property", where, "a paper has a title, an abstract and the kind of source that they are from")
    arxiv = node.properties.get("arxiv_id") if node.label == "Paper" else None
    if arxiv and node.key != f"arxiv:{arxiv}":
        yield Fault("key", where, f"the key of a paper with an arXiv id is arxiv:{arxiv}")
    yield from _property_faults(where, node.properties, {one.name: one for one in LABELS[node.label].properties})
    if node.label == "ExtractionRun" and node.key != (right := _right_run_key(node)):
        yield Fault("key", where, f"the key of this configuration is {right}")
    if node.label == "Result":
        yield from _place_faults(where, node.properties)
        if missing := [each.name for each in EVIDENCE if each.name not in node.properties]:
            yield Fault("evidence", where, f"it lacks {', '.join(missing)}")


def _right_run_key(node: Node) -> str | None:
    try:
        return run_key(run_of(node))
    except (KeyError, ValueError):  # what is missing or of another type is a fault of its own
        return None


def _place_faults(where: str, properties: Mapping[str, Value]) -> Iterator[Fault]:
    """Offsets out of order, a field that no paper has, a confidence that is none."""
    start, first, last, end = (properties.get(name) for name in ("start", "mention_start", "mention_end", "end"))
    numbers = [one for one in (start, first, last, end) if isinstance(one, int)]
    if numbers != sorted(numbers) or any(number < 0 for number in numbers):
        yield Fault("offset", where, f"its words {first}-{last} do not stand in its sentence {start}-{end}")
    if properties.get("field", "title") not in ("title", "abstract"):
        yield Fault("evidence", where, f"a paper has a title and an abstract, but no {properties['field']}")
    confidence = properties.get("confidence", 0.0)
    if isinstance(confidence, float) and not 0 <= confidence <= 1:
        yield Fault("evidence", where, f"a confidence is 0 to 1, not {confidence:g}")


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
    yield from _place_faults(where, one.properties)
    paper = one.properties.get("paper")
    if paper is not None and Ref("Paper", str(paper)) not in refs:
        yield Fault("evidence", where, f"its paper {paper} is not there")
    elif paper is not None and any(ref.label == "Paper" and ref.key != paper for ref in (one.start, one.end)):
        yield Fault("evidence", where, f"it says that it is of the paper {paper}")
    if one.type == "NAMES" and one.end.label != "Paper" and not one.start.key.startswith(f"{one.end.label}:"):
        yield Fault("key", where, f"the key of a Name of a {one.end.label} begins with {one.end.label}:")
    if not kind.extracted or one.properties.get("extractor") == "source":
        return
    if missing := [each.name for each in EVIDENCE if each.name not in one.properties]:
        yield Fault("evidence", where, f"it lacks {', '.join(missing)}")
    elif Ref("ExtractionRun", str(one.properties["run"])) not in refs:
        yield Fault("evidence", where, f"its run {one.properties['run']} is not there")


def _offset_faults(store: Store) -> Iterator[Fault]:
    keys = store.paper_keys()
    while page := list(islice(keys, _PAGE)):
        owned = store.owned(page)
        texts = {ref.key: node.properties for ref, node in owned.nodes.items() if ref.label == "Paper"}
        for item in owned:
            properties = item.properties
            paper = texts.get(str(properties.get("paper")))
            start, end = properties.get("start"), properties.get("end")
            if paper is not None and "evidence" in properties and isinstance(start, int) and isinstance(end, int):
                text = str(paper.get(str(properties.get("field")), ""))
                if end > len(text) or text[start:end] != properties["evidence"]:
                    where = _at(item.ref) if isinstance(item, Node) else _between(item)
                    yield Fault("offset", where, f"its evidence is not {properties.get('field')}[{start}:{end}] of the paper")


def stats(store: Store) -> Table:
    """How many nodes and relationships there are, by label and type."""
    nodes = [("node", *row) for row in run(store, "nodes_by_kind").rows]
    relationships = [("relationship", row[0], row[1]) for row in run(store, "relationships_by_kind").rows]
    return Table(("what", "kind", "count"), (*nodes, *relationships))
