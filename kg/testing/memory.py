"""A store in a dictionary: the model that every real store is compared with. It has no Cypher."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from kg.errors import QueryError, StoreError
from kg.graph import Change, Graph, Node, Ref, Relationship
from kg.model import Run
from kg.nodes import carried_appearances, paper_of, run_of
from kg.ports import Assigned, Decision, Extracted, StoredPaper, Table
from kg.schema import RESOLVED_LABELS, SHARED_LABELS, label, relationship_type

__all__ = ["MemoryStore"]


class MemoryStore:
    """Keeps one graph as long as it lives; `close` keeps what it holds, so that it may be used again."""

    address = "memory"

    def __init__(self) -> None:
        self._graph = Graph()
        self._decisions: dict[bool, list[Decision]] = {False: [], True: []}
        self._lock = threading.RLock()

    def _of_type(self, name: str) -> Iterator[Relationship]:
        return (one for one in self._graph.relationships.values() if one.type == name)

    def papers(self, keys: Collection[str]) -> dict[str, StoredPaper]:
        """Papers by their keys or keys of their titles."""
        wanted = {one.end for one in self._of_type("NAMES") if one.start.key in keys} | {Ref("Paper", key) for key in keys}
        found = {}
        for ref in sorted(wanted & self._graph.nodes.keys()):
            if ref.label != "Paper":
                continue
            read = {
                str(one.properties["extractor"]): Extracted(one.end.key, str(one.properties["text"]), str(one.properties["facts"]))
                for one in self._of_type("EXTRACTED_BY")
                if one.start == ref
            }
            found[ref.key] = StoredPaper(paper_of(self._graph.nodes[ref]), read)
        return found

    def paper_keys(self) -> Iterator[str]:
        """Keys of all papers, ascending."""
        return iter(sorted(ref.key for ref in self._graph.nodes if ref.label == "Paper"))

    def owned(self, papers: Collection[str]) -> Graph:
        """What papers support."""
        found = Graph.of(one for one in self._graph.relationships.values() if one.properties.get("paper") in papers)
        refs = {ref for one in found.relationships.values() for ref in (one.start, one.end)}
        refs = {ref for ref in refs if ref.label in {"Result", "Name", *SHARED_LABELS}} | {Ref("Paper", key) for key in papers}
        found.add(*(self._graph.nodes[ref] for ref in refs if ref in self._graph.nodes))
        return found

    def _carried(self, one: Relationship) -> Iterator[Assigned]:
        resolved = [ref for ref in (one.start, one.end) if ref.label in RESOLVED_LABELS]
        if len(resolved) == 1:
            yield from (Assigned(appearance, resolved[0]) for appearance in carried_appearances(resolved[0].label, one.properties))

    def assigned(self, names: Collection[str], *, without: Collection[str] = ()) -> set[Assigned]:
        """The appearances of every node that these names lead to, families included."""
        nodes = {one.end for one in self._of_type("NAMES") if one.start.key in names and one.end.label != "Paper"}
        while more := {ref for one in self._of_type("VARIANT_OF") if nodes & {one.start, one.end} for ref in (one.start, one.end)} - nodes:
            nodes |= more
        found = {
            each for one in self._graph.relationships.values() if one.properties.get("paper") not in without for each in self._carried(one)
        }
        return {each for each in found if each.ref in nodes}

    def named(self, refs: Collection[Ref]) -> Graph:
        """Resolved nodes with their names and families."""
        found = Graph.of(self._graph.nodes[ref] for ref in refs if ref in self._graph.nodes)
        for one in self._of_type("NAMES"):
            if one.end in refs:
                found.add(self._graph.nodes[one.start], one)
        found.add(*(one for one in self._of_type("VARIANT_OF") if one.start in refs))
        return found

    def papers_on(self, refs: Collection[Ref]) -> set[str]:
        """Papers with an appearance on one of these nodes."""
        return {
            str(one.properties["paper"])
            for one in self._graph.relationships.values()
            if any(each.ref in refs for each in self._carried(one))
        }

    def papers_by_appearance(self, refs: Collection[Ref]) -> dict[Assigned, set[str]]:
        """The appearances on these nodes with their papers."""
        found: dict[Assigned, set[str]] = {}
        for one in self._graph.relationships.values():
            for each in self._carried(one):
                if each.ref in refs:
                    found.setdefault(each, set()).add(str(one.properties["paper"]))
        return found

    def used(self, label: str) -> Iterator[tuple[Node, int]]:
        """Nodes of a label with the number of their papers."""
        for ref in sorted(self._graph.nodes):
            if ref.label == label and (papers := self.papers_on({ref})):
                yield self._graph.nodes[ref], len(papers)

    def beside(self, refs: Collection[Ref]) -> Graph:
        """Nodes with all that is joined to them."""
        found = Graph.of(one for one in self._graph.relationships.values() if one.start in refs or one.end in refs)
        ends = {ref for one in found.relationships.values() for ref in (one.start, one.end)} | set(refs)
        found.add(*(self._graph.nodes[ref] for ref in sorted(ends) if ref in self._graph.nodes))
        return found

    def runs(self, keys: Collection[str]) -> dict[str, Run]:
        """Runs by key."""
        refs = (Ref("ExtractionRun", key) for key in sorted(keys))
        return {ref.key: run_of(self._graph.nodes[ref]) for ref in refs if ref in self._graph.nodes}

    def papers_by_run(self, run: str) -> list[str]:
        """Papers that a run has read."""
        return sorted({one.start.key for one in self._of_type("EXTRACTED_BY") if one.end.key == run})

    def apply(self, change: Change) -> None:
        """Carry out one change, all or nothing."""
        nodes, relationships = dict(self._graph.nodes), dict(self._graph.relationships)
        for identity in change.deleted_relationships:
            relationships.pop(identity, None)
        gone = set(change.deleted_nodes)
        for ref in gone:
            nodes.pop(ref, None)
        relationships = {i: one for i, one in relationships.items() if not gone & {one.start, one.end}}
        for node in change.nodes:
            label(node.label)
            nodes[node.ref] = node
        for one in change.relationships:
            relationship_type(one.type)
            if one.start not in nodes or one.end not in nodes:
                raise StoreError(f"a relationship {one.type} leads from or to a node that is not there; nothing was written")
            relationships[one.id] = one
        joined = {ref for one in relationships.values() for ref in (one.start, one.end)}
        for ref in set(change.doubtful) - joined:
            nodes.pop(ref, None)
        self._graph = Graph(nodes, relationships)

    def nodes(self) -> Iterator[Node]:
        """All nodes in order."""
        return (self._graph.nodes[ref] for ref in sorted(self._graph.nodes))

    def relationships(self) -> Iterator[Relationship]:
        """All relationships in order."""
        return (self._graph.relationships[one] for one in sorted(self._graph.relationships))

    def decisions(self, *, settled: bool = False) -> list[Decision]:
        """People's decisions on names, in order."""
        return list(self._decisions[settled])

    def decide(self, decisions: Sequence[Decision], *, settled: bool = False) -> None:
        """Replace the log of decisions."""
        self._decisions[settled] = sorted(decisions, key=lambda one: one.number)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads that write out."""
        with self._lock:
            yield

    def query(
        self, text: str, parameters: Mapping[str, object] | None = None, *, rows: int | None = None, seconds: float | None = None
    ) -> Table:
        """Always raises QueryError: there is no Cypher here."""
        raise QueryError(f"a store in memory runs no Cypher, so not {text[:40]!r} with {parameters or {}}, {rows} rows, {seconds} seconds")

    def close(self) -> None:
        """Nothing to let go of."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
