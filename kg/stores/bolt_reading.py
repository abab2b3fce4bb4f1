"""What the stages ask a store for, over one connection: the part of the graph that papers own, names and what they stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import cypher
from kg.graph import Foreign, Graph, Node, Ref, Relationship
from kg.model import Run
from kg.nodes import carried_appearances, paper_of, run_of
from kg.ports import Assigned, Extracted, StoredPaper
from kg.schema import BASE_LABEL, LABELS, RELATIONSHIPS, RESOLVED_LABELS, SHARED_LABELS
from kg.stores.batches import by_label, split
from kg.stores.bolt_connection import Connection
from kg.stores.bolt_values import from_properties

__all__ = ["Reading"]

_KEYS = 2_000
_PAGE = 2_000


def _bearing(end: int) -> dict[str, tuple[str, ...]]:
    """Resolved label -> the types of relationships that carry surfaces of it, where it is their start (0) or end (1)."""
    found: dict[str, tuple[str, ...]] = {}
    for name in RESOLVED_LABELS:
        types = tuple(
            kind.type
            for kind in RELATIONSHIPS.values()
            if any(one.name == "surfaces" for one in kind.properties)
            and any(pair[end] == name and pair[1 - end] not in RESOLVED_LABELS for pair in kind.ends)
        )
        if types:
            found[name] = types
    return found


_BEARING = ((_bearing(1), "in"), (_bearing(0), "out"))
_STARTS = {kind.type: sorted({start for start, _ in kind.ends}) for kind in RELATIONSHIPS.values()}
#: Relations between entities: (type, label of the start).
_BETWEEN = tuple(
    sorted({(kind.type, start) for kind in RELATIONSHIPS.values() if kind.extracted for start, _ in kind.ends if start in RESOLVED_LABELS})
)


def _label(labels: Iterable[str]) -> str:
    """The one that is declared; of what somebody else put there any other."""
    others = sorted({*labels} - {BASE_LABEL})
    return next((name for name in others if name in LABELS), "".join(others[:1]))


def _ref(row: Mapping[str, Any], end: str) -> Ref:
    key = row[end]
    return Ref(_label(row[f"{end}_labels"]), key if type(key) is str else Foreign(key))


class Reading:
    """The reading methods of a store, but for queries and decisions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _read(self, name: str, filled: Mapping[str, str | Iterable[str]] | None = None, **parameters: object) -> list[dict[str, Any]]:
        return self._connection.read(cypher.load("write", name).fill(**(filled or {})), **parameters)

    def _each(
        self,
        name: str,
        keys: Collection[str],
        filled: Mapping[str, str | Iterable[str]] | None = None,
        *,
        of: str = "keys",
        **parameters: object,
    ) -> Iterator[dict[str, Any]]:
        """The rows of a statement for any number of keys, some at a time."""
        for some in split(sorted(set(keys)), len, most_rows=_KEYS):
            yield from self._read(name, filled, **{of: some}, **parameters)

    def papers(self, keys: Collection[str]) -> dict[str, StoredPaper]:
        """Papers by their keys or keys of their titles."""
        wanted = {*keys, *(row["key"] for row in self._each("papers_by_name", keys))}
        nodes: dict[str, Node] = {}
        read: dict[str, dict[str, Extracted]] = {}
        for row in self._each("papers", wanted):
            if row["key"] not in nodes:
                nodes[row["key"]] = Node("Paper", row["key"], from_properties(row["properties"]))
            if row["run"] is not None:
                read.setdefault(row["key"], {})[row["extractor"]] = Extracted(row["run"], row["text"], row["facts"])
        return {key: StoredPaper(paper_of(nodes[key]), read.get(key, {})) for key in sorted(nodes)}

    def paper_keys(self) -> Iterator[str]:
        """Keys of all papers, ascending."""
        for page in self._pages_of_keys("Paper"):
            yield from page

    def owned(self, papers: Collection[str]) -> Graph:
        """What papers support."""
        graph = Graph()
        for name in ("owned_by_paper", "owned_by_result"):
            graph.add(*map(_relationship, self._each(name, papers, of="papers")))
        for kind, start in _BETWEEN:
            graph.add(*map(_relationship, self._each("owned_between", papers, {"type": kind, "label": start}, of="papers")))
        refs = {Ref("Paper", key) for key in papers}
        for found in graph.relationships.values():
            refs.update(end for end in (found.start, found.end) if end.label in {"Result", "Name", *SHARED_LABELS})
        graph.add(*self._nodes_by_ref(refs))
        return graph

    def _nodes_by_ref(self, refs: Iterable[Ref]) -> Iterator[Node]:
        for label, keys in by_label(refs):
            for row in self._each("nodes_by_key", keys, {"label": label}):
                yield Node(label, row["key"], from_properties(row["properties"]))

    def assigned(self, names: Collection[str], *, without: Collection[str] = ()) -> set[Assigned]:
        """The appearances of every node that these names lead to, families included."""
        refs = {Ref(_label(row["labels"]), row["key"]) for row in self._each("family", names, of="names")}
        found: set[Assigned] = set()
        for label, keys in by_label(refs):
            for bearing, way in _BEARING:
                if types := bearing.get(label):
                    filled = {"label": label, "types": types}
                    for row in self._each(f"appearances_{way}", keys, filled, without=sorted(without)):
                        found.update(Assigned(one, Ref(label, row["key"])) for one in carried_appearances(label, row))
        return found

    def papers_on(self, refs: Collection[Ref]) -> set[str]:
        """Papers with an appearance on one of these nodes."""
        found: set[str] = set()
        for label, keys in by_label(refs):
            for bearing, way in _BEARING:
                if types := bearing.get(label):
                    found.update(row["paper"] for row in self._each(f"papers_on_{way}", keys, {"label": label, "types": types}))
        return found

    def papers_by_appearance(self, refs: Collection[Ref]) -> dict[Assigned, set[str]]:
        """The appearances on these nodes with their papers."""
        found: dict[Assigned, set[str]] = {}
        for label, keys in by_label(refs):
            for bearing, way in _BEARING:
                if types := bearing.get(label):
                    for row in self._each(f"papers_by_appearance_{way}", keys, {"label": label, "types": types}):
                        for one in carried_appearances(label, row):
                            found.setdefault(Assigned(one, Ref(label, row["key"])), set()).add(row["paper"])
        return found

    def used(self, label: str) -> Iterator[tuple[Node, int]]:
        """Nodes of a label with the number of their papers."""
        for bearing, way in _BEARING:
            if types := bearing.get(label):
                for row in self._read(f"used_{way}", {"label": label, "types": types}):
                    yield Node(label, row["key"], from_properties(row["properties"])), row["papers"]

    def named(self, refs: Collection[Ref]) -> Graph:
        """Resolved nodes with their names and families."""
        graph = Graph.of(self._nodes_by_ref(refs))
        for label, keys in by_label(refs):
            for row in self._each("named_names", keys, {"label": label}):
                name = Node("Name", row["start"], from_properties(row["start_properties"]))
                graph.add(name, Relationship("NAMES", name.ref, Ref(label, row["end"]), from_properties(row["properties"])))
            for row in self._each("named_families", keys, {"label": label}):
                graph.add(Relationship("VARIANT_OF", Ref(label, row["start"]), _ref(row, "end"), from_properties(row["properties"])))
        return graph

    def beside(self, refs: Collection[Ref]) -> Graph:
        """Nodes with all that is joined to them."""
        graph, ends = Graph(), set(refs)
        for label, keys in by_label(refs):
            for name in ("beside_out", "beside_in"):
                for row in self._each(name, keys, {"label": label}):
                    if row["type"] in RELATIONSHIPS:
                        found = _relationship(row)
                        graph.add(found)
                        ends |= {found.start, found.end}
        graph.add(*self._nodes_by_ref(ends))
        return graph

    def runs(self, keys: Collection[str]) -> dict[str, Run]:
        """Runs by key."""
        return {node.key: run_of(node) for node in self._nodes_by_ref(Ref("ExtractionRun", key) for key in keys)}

    def papers_by_run(self, run: str) -> list[str]:
        """Papers that a run has read."""
        return sorted(row["key"] for row in self._read("papers_by_run", run=run))

    def nodes(self) -> Iterator[Node]:
        """All nodes in order."""
        for label in sorted(LABELS):
            statement = cypher.load("write", "page_of_nodes").fill(label=label)
            for rows in self._pages(statement):
                yield from (Node(label, row["key"], from_properties(row["properties"])) for row in rows)

    def _pages(self, statement: str) -> Iterator[list[dict[str, Any]]]:
        """Pages of a statement whose rows are ordered by key, which takes the last key of the page before."""
        after = ""
        while rows := self._connection.read(statement, after=after, size=_PAGE):
            yield rows
            if len(rows) < _PAGE:
                return
            after = rows[-1]["key"]

    def _pages_of_keys(self, label: str) -> Iterator[list[str]]:
        statement = cypher.load("write", "page_of_keys").fill(label=label)
        return ([row["key"] for row in rows] for rows in self._pages(statement))

    def _starts(self, label: str, few: dict[str, list[str]]) -> Iterator[list[str]]:
        """Pages of keys; those of a label with one page alone are kept in `few`, so that not every type asks for them again."""
        if label in few:
            yield few[label]
            return
        for number, keys in enumerate(self._pages_of_keys(label)):
            if number == 0 and len(keys) < _PAGE:
                few[label] = keys
            yield keys

    def relationships(self) -> Iterator[Relationship]:
        """All relationships in order."""
        few: dict[str, list[str]] = {}
        for kind in sorted(RELATIONSHIPS):
            for start in _STARTS[kind]:
                for keys in self._starts(start, few):
                    rows = self._read("relationships_from", {"label": start, "type": kind}, keys=keys)
                    found = [
                        Relationship(kind, Ref(start, row["start"]), _ref(row, "end"), from_properties(row["properties"])) for row in rows
                    ]
                    yield from sorted(found, key=lambda one: one.id)


def _relationship(row: Mapping[str, Any]) -> Relationship:
    return Relationship(row["type"], _ref(row, "start"), _ref(row, "end"), from_properties(row["properties"]))
