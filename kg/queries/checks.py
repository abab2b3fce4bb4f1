"""Does the graph in a store keep to its own schema?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from kg.errors import QueryError
from kg.graph import Graph, Ref, Relationship, RelationshipId
from kg.ports import Store, Table
from kg.queries.invariants import Fault, named, node_faults, place, references, relationship_faults
from kg.queries.library import run
from kg.schema import LABELS, RELATIONSHIPS, RESOLVED_LABELS

__all__ = ["Seen", "check", "stats"]

_PAGE = 200
#: Labels whose nodes say nothing alone, and what has to lead to or from each.
_JOINED: Mapping[str, str] = {
    "Result": "REPORTS",
    "Repository": "HAS_CODE",
    "Resource": "LINKS_TO",
    "ExtractionRun": "EXTRACTED_BY",
    "Name": "NAMES",
}
_JOINING = frozenset(_JOINED.values())


@dataclass(slots=True)
class Seen:
    """What is kept in memory of a graph that is read once: keys, and what is joined."""

    refs: set[Ref] = field(default_factory=set)
    nodes: Counter[str] = field(default_factory=Counter)
    relationships: Counter[str] = field(default_factory=Counter)
    joined: set[tuple[str, Ref]] = field(default_factory=set)  # by the types of _JOINED
    mentioned: set[Ref] = field(default_factory=set)
    papers: dict[Ref, str] = field(default_factory=dict)  # of Results
    supported: Counter[str] = field(default_factory=Counter)  # relationships by the paper that says so
    names: set[tuple[str, Ref]] = field(default_factory=set)  # keys of Name nodes, each with what it leads to
    above: dict[Ref, Ref] = field(default_factory=dict)  # along VARIANT_OF
    last: RelationshipId | None = None


#: Faults of what some papers own, where the rest of the graph is as it was seen.
OfPapers = Callable[[Collection[str], Graph, Seen], Iterable[Fault]]


def check(store: Store, of_papers: OfPapers | None = None) -> list[Fault]:
    """Every fault, in order. Reads the whole store; what it keeps in memory are keys."""
    seen = Seen()
    faults = [*_of_nodes(store, seen), *_of_relationships(store, seen), *_dangling(seen), *_cycles(seen.above)]
    keys = store.paper_keys()
    while page := list(islice(keys, _PAGE)):
        owned = store.owned(page)
        faults += _offset_faults(owned)
        if of_papers:
            faults += of_papers(page, owned, seen)
    return [*faults, *_unseen_faults(store, seen)]


def _of_nodes(store: Store, seen: Seen) -> Iterator[Fault]:
    later: list[tuple[str, str, Ref]] = []
    for node in store.nodes():
        seen.refs.add(node.ref)
        seen.nodes[node.label] += 1
        if node.label == "Result":
            seen.papers[node.ref] = str(node.properties.get("paper"))
        yield from node_faults(node)
        later += ((named(node.ref), name, ref) for name, ref in references(node) if ref not in seen.refs)
    yield from (_nowhere(where, name, ref) for where, name, ref in later if ref not in seen.refs)


def _nowhere(where: str, name: str, ref: Ref) -> Fault:
    return Fault("evidence", where, f"its {name} names {named(ref)}, which is not there")


def _of_relationships(store: Store, seen: Seen) -> Iterator[Fault]:
    for one in store.relationships():
        seen.relationships[one.type] += 1
        if one.type in _JOINING:
            seen.joined |= {(one.type, one.start), (one.type, one.end)}
        if one.type == "NAMES":
            seen.names.add((one.start.key, one.end))
        else:
            seen.mentioned |= {one.end} if one.type == "VARIANT_OF" else {one.start, one.end}
        if one.id.paper:
            seen.supported[one.id.paper] += 1
        yield from relationship_faults(one)
        yield from _faults_beside(one, seen)


def _faults_beside(one: Relationship, seen: Seen) -> Iterator[Fault]:
    """Where a relationship does not go with the nodes and with the relationships before it."""
    where = place(one)
    if one.id == seen.last:
        yield Fault("duplicate", where, "it is there more than once")
    seen.last = one.id
    ends = (one.start, one.end)
    yield from (Fault("end", where, f"{named(ref)} is not there") for ref in ends if ref not in seen.refs)
    yield from (_nowhere(where, name, ref) for name, ref in references(one) if ref not in seen.refs)
    paper = one.properties.get("paper")
    for ref in ends:
        own = ref.key if ref.label == "Paper" else seen.papers.get(ref)
        if own is not None and paper is not None and own != paper:
            yield Fault("evidence", where, f"it says that it is of the paper {paper}, and {named(ref)} is of {own}")
    if one.type == "VARIANT_OF" and seen.above.setdefault(one.start, one.end) != one.end:
        yield Fault("cycle", where, f"{named(one.start)} is a variant of {named(seen.above[one.start])} already")


def _dangling(seen: Seen) -> Iterator[Fault]:
    for ref in sorted(seen.refs):
        wanted = _JOINED.get(ref.label)
        if wanted and (wanted, ref) not in seen.joined:
            yield Fault("dangling", named(ref), f"no {wanted} joins it to anything")
        if ref.label in RESOLVED_LABELS and ("NAMES", ref) not in seen.joined:
            yield Fault("dangling", named(ref), "no Name leads to it, so nobody finds it")
        if ref.label in RESOLVED_LABELS and ref not in seen.mentioned:
            yield Fault("dangling", named(ref), "no paper mentions it, and nothing is a variant of it")


def _cycles(above: Mapping[Ref, Ref]) -> Iterator[Fault]:
    """One fault for every ring of VARIANT_OF, at its first node; a node above itself is told by its relationship."""
    done: set[Ref] = set()
    for start in sorted(above):
        way, ref = list[Ref](), start
        while ref in above and ref not in done:
            done.add(ref)
            way.append(ref)
            ref = above[ref]
        ring = way[way.index(ref) :] if ref in way else []
        if len(ring) > 1:
            first, *others = sorted(ring)
            yield Fault("cycle", named(first), f"VARIANT_OF leads from it back to it over {', '.join(map(named, others))}")


def _unseen_faults(store: Store, seen: Seen) -> Iterator[Fault]:
    """What carries our label and is none of the graph: unknown labels and types, nodes without a key."""
    try:
        there = (
            ("node", seen.nodes, LABELS, run(store, "nodes_by_kind").rows),
            ("relationship", seen.relationships, RELATIONSHIPS, run(store, "relationships_by_kind").rows),
        )
    except QueryError:  # a store without Cypher holds nothing beside the graph
        return
    for what, found, known, rows in there:
        for kind, count, *_ in rows:
            unseen = int(str(count)) - found.get(str(kind), 0)
            reason = "without a key, or of two kinds at once" if kind in known else "of a kind that the schema does not know"
            if unseen:
                yield Fault("kind", str(kind), f"{unseen} {what}{'s' if unseen > 1 else ''} {reason}")


def _offset_faults(owned: Graph) -> Iterator[Fault]:
    """Evidence that is not the text of its paper at its offsets."""
    texts = {ref.key: node.properties for ref, node in owned.nodes.items() if ref.label == "Paper"}
    for item in owned:
        properties = item.properties
        paper = texts.get(str(properties.get("paper")))
        start, end = properties.get("start"), properties.get("end")
        if paper is not None and "evidence" in properties and isinstance(start, int) and isinstance(end, int):
            text = str(paper.get(str(properties.get("field")), ""))
            if end > len(text) or text[start:end] != properties["evidence"]:
                yield Fault("offset", place(item), f"its evidence is not {properties.get('field')}[{start}:{end}] of the paper")


def stats(store: Store) -> Table:
    """How many nodes and relationships there are, by label and type."""
    nodes = [("node", *row) for row in run(store, "nodes_by_kind").rows]
    relationships = [("relationship", row[0], row[1]) for row in run(store, "relationships_by_kind").rows]
    return Table(("what", "kind", "count"), (*nodes, *relationships))
