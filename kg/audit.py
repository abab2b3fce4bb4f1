"""Does a store hold what its papers and their facts say, and nothing else? The check of the schema, and this beside it.

All that a paper owns follows from its node and its facts, so both are put together again and compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from kg import facts, queries
from kg.facts import PaperFacts
from kg.graph import Graph, Node, Ref, Relationship, RelationshipId, Value
from kg.ids import name_key
from kg.model import Appearance, Extraction, Paper, Run
from kg.nodes import carried_appearances, paper_of, run_of
from kg.ports import Store
from kg.queries import Fault, Seen, named, place

__all__ = ["check"]

#: What comes of reading values that somebody changed by hand.
_BROKEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)
_SHOWN = 60


def check(store: Store) -> list[Fault]:
    """Every fault, in order. Reads the whole store; what it keeps in memory are keys."""
    return queries.check(store, _of_papers)


def _of_papers(keys: Collection[str], owned: Graph, seen: Seen) -> Iterator[Fault]:
    """Where what these papers own is not what their facts say."""
    of: defaultdict[str, list[Relationship]] = defaultdict(list)
    for one in owned.relationships.values():
        of[one.id.paper].append(one)
    for key in keys:
        yield from _of_paper(key, of[key], owned.nodes, seen)


def _of_paper(key: str, items: list[Relationship], nodes: Mapping[Ref, Node], seen: Seen) -> Iterator[Fault]:
    where = named(Ref("Paper", key))
    if lost := seen.supported[key] - len(items):
        yield Fault(
            "facts", where, f"it is named as the paper of relationships that are not joined to it, its results or its entities: {lost}"
        )
    try:
        paper = paper_of(nodes[Ref("Paper", key)])
    except _BROKEN:  # each missing property is a fault of its own
        return
    read = _read(paper, items, nodes)
    yield from read.faults
    again = _Again(paper, _Assignment(items), read)
    stored = {one.id: one for one in items if one.id.extractor not in read.unread}
    yield from again.compare(stored, nodes, seen)
    yield from again.unnamed(seen)


@dataclass(slots=True)
class _Read:
    """What extractors found in one paper, as far as it can be read, and why the rest cannot."""

    extractions: list[tuple[Run, Extraction]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def _read(paper: Paper, items: list[Relationship], nodes: Mapping[Ref, Node]) -> _Read:
    read, now = _Read(), facts.text_hash(paper.text)
    for one in sorted((each for each in items if each.type == "EXTRACTED_BY"), key=lambda each: each.id):
        message = None
        try:
            run = run_of(nodes[one.end])
            found = facts.decode(str(one.properties["facts"]), paper.text)
        except _BROKEN:
            message = "its facts are not those of an extraction in JSON, or its run is broken"
        else:
            if one.properties.get("text") != now:
                message = f"text is not the hash of the title and abstract that the paper has, {now}"
        if message:
            read.faults.append(Fault("facts", place(one), message))
            read.unread.add(one.id.extractor)
        else:
            read.extractions.append((run, found))
    return read


class _Assignment(dict[Appearance, Ref]):
    """Which node each appearance stands for, as the relationships of a paper say; `unknown` is asked for and stands nowhere."""

    def __init__(self, items: list[Relationship]) -> None:
        super().__init__()
        self.unknown: set[Appearance] = set()
        for one in items:
            end = one.start if one.type == "AUTHORED" else one.end
            try:
                self.update(dict.fromkeys(carried_appearances(end.label, one.properties), end))
            except _BROKEN:  # then these appearances are unknown
                continue

    def __missing__(self, appearance: Appearance) -> Ref:
        self.unknown.add(appearance)
        return Ref(appearance.label, "")


class _Again:
    """What a paper owns, put together again from its facts."""

    def __init__(self, paper: Paper, assignment: _Assignment, read: _Read) -> None:
        self._paper, self._assignment = paper, assignment
        self._faults: list[Fault] = []
        # A result that several extractors found stands as one of them has it, so each is put together alone.
        self._graphs: list[Graph] = []
        for each in ((one,) for one in read.extractions):
            try:
                self._graphs.append(facts.assemble(PaperFacts(paper, each), assignment))
            except _BROKEN:
                read.unread.add(each[0][0].extractor)
                self._faults.append(Fault("facts", named(Ref("Paper", paper.key)), f"the facts by {each[0][0].extractor} are none"))
        if not self._graphs:
            self._graphs = [facts.assemble(PaperFacts(paper), assignment)]

    def compare(self, stored: Mapping[RelationshipId, Relationship], nodes: Mapping[Ref, Node], seen: Seen) -> Iterator[Fault]:
        """Where what is stored is something else."""
        yield from self._faults
        where, unsure = named(Ref("Paper", self._paper.key)), set[str]()
        for each in sorted(self._assignment.unknown):
            yield Fault("facts", where, f"no relationship carries the {each.label} {each.name!r} that its facts name")
        absent = {ref for graph in self._graphs for ref in graph.nodes if ref not in seen.refs}
        for ref in sorted(absent):
            yield Fault("facts", named(ref), f"it is not there, but the facts of {where} tell of it")
        yield from self._nodes(nodes)
        wanted = {one.id: one for graph in self._graphs for one in graph.relationships.values()}
        for i, one in sorted(wanted.items()):
            if "" in (one.start.key, one.end.key):
                unsure.add(one.type)
            elif i in stored:
                yield from _differing(place(one), stored[i].properties, one.properties)
            elif not absent & {one.start, one.end}:
                yield Fault("facts", place(one), "it is not there, but the facts of its paper say so")
        for i in sorted(stored.keys() - wanted.keys()):
            if i.type not in unsure:
                yield Fault("facts", place(stored[i]), "the facts of its paper do not say so")

    def _nodes(self, nodes: Mapping[Ref, Node]) -> Iterator[Fault]:
        wanted: defaultdict[Ref, list[Node]] = defaultdict(list)
        for graph in self._graphs:
            for node in graph.nodes.values():
                wanted[node.ref].append(node)
        for ref, several in sorted(wanted.items()):
            if ref in nodes and not any(nodes[ref].properties == each.properties for each in several):
                yield from _differing(named(ref), nodes[ref].properties, several[0].properties)

    def unnamed(self, seen: Seen) -> Iterator[Fault]:
        """Names of the paper that do not find what they stand for."""
        for each, ref in sorted(self._assignment.items()):
            if (name_key(each.label, each.name), ref) not in seen.names and ("NAMES", ref) in seen.joined:
                yield Fault("dangling", named(ref), f"no Name {name_key(each.label, each.name)} leads to it, as {self._paper.key} calls it")


def _differing(where: str, stored: Mapping[str, Value], wanted: Mapping[str, Value]) -> Iterator[Fault]:
    for name in sorted(stored.keys() | wanted.keys()):
        if stored.get(name) != wanted.get(name):
            yield Fault("facts", where, f"{name} is {_shown(stored.get(name))}, but the facts of its paper say {_shown(wanted.get(name))}")


def _shown(value: Value | None) -> str:
    text = "missing" if value is None else repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
