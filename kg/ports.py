"""What the stages promise each other: sources, extractors, resolvers, stores.

Small protocols; kg.testing holds their conformance suites.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from kg.graph import Change, Graph, Node, Ref, Relationship, Value
from kg.model import Appearance, Extraction, Loss, Paper, Record, Run, Text

__all__ = [
    "Access",
    "Assigned",
    "Decision",
    "Extracted",
    "Extractor",
    "Named",
    "Reachable",
    "Resolution",
    "Resolver",
    "Source",
    "Store",
    "StoredPaper",
    "Table",
]


@runtime_checkable
class Source(Protocol):
    """Something that gives records. Reading never stops at a bad record: that comes as a Loss, and the rest follows."""

    def read(self) -> Iterator[Record | Loss]:
        """Every record in the order of the source, duplicates included. Raises SourceError where nothing can be read at all."""


@runtime_checkable
class Extractor(Protocol):
    """Something that reads texts. The extraction of a text depends on that text and `run` alone."""

    @property
    def run(self) -> Run:
        """What produced the extractions."""

    def extract(self, texts: Iterable[Text]) -> Iterator[Extraction]:
        """One extraction for each text, in order, whatever the text holds."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about two names of one label: the same thing, or two things. The log is ordered by `number`."""

    number: int
    kind: str  # "same" | "apart"
    label: str
    a: str
    b: str
    reason: str


@dataclass(frozen=True, slots=True)
class Named:
    """A node that the resolver derives: its properties, the Name nodes that find it, its family, and other nodes it implies."""

    ref: Ref
    properties: Mapping[str, Value]
    names: Mapping[str, str] = field(default_factory=dict)  # key of the Name -> representative surface
    variant_of: Ref | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which node each appearance stands for, and what these nodes are. Nodes of families that nobody names are in `named` too."""

    assignment: Mapping[Appearance, Ref]
    named: tuple[Named, ...]


class Resolver(Protocol):
    """Puts names together. Pure: the result depends on the set of appearances and the decisions alone."""

    def blocks(self, appearance: Appearance) -> frozenset[str]:
        """Keys of the Name nodes through which this appearance can meet others; appearances that share none, directly or
        through others, never influence each other's node, name or key.
        """

    def resolve(self, appearances: Collection[Appearance], decisions: Sequence[Decision] = ()) -> Resolution:
        """The resolution of a set that is closed under `blocks`."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a store keeps of one extractor's reading of one paper: the run's key, the hash of the text it read, the facts as JSON."""

    run: str
    text: str
    facts: str


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper as a store holds it, and what was read in it, by extractor."""

    paper: Paper
    extracted: Mapping[str, Extracted]


@dataclass(frozen=True, slots=True)
class Assigned:
    """An appearance that the store holds and the node it stands for at present."""

    appearance: Appearance
    ref: Ref


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query. `truncated` where the row limit cut it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool = False

    def records(self) -> list[dict[str, object]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Store(Protocol):
    """A place that keeps one graph. Every reading method may be called for any number of keys; unknown keys give nothing."""

    @property
    def address(self) -> str:
        """The folder or URI, without secrets."""

    def papers(self, keys: Collection[str]) -> dict[str, StoredPaper]:
        """The papers whose key is among `keys`, or that a Name node whose key is among them names (keys of titles), by key."""

    def paper_keys(self) -> Iterator[str]:
        """The keys of all papers, ascending."""

    def owned(self, papers: Collection[str]) -> Graph:
        """What the papers with these keys support.

        The Paper nodes, their Results, every relationship whose `paper` is one of them (NAMES of their titles included, with
        the Name nodes), and the shared nodes (schema.SHARED_LABELS) at the ends of these.
        """

    def assigned(self, names: Collection[str], *, without: Collection[str] = ()) -> set[Assigned]:
        """The distinct appearances of every node that one of the Name nodes with these keys names.

        Also of every node joined to such a node by VARIANT_OF, in either direction and any number of steps. An appearance is
        a relationship that carries `surfaces` (its `groups` where it has them); those whose `paper` is in `without` are left out.
        """

    def named(self, refs: Collection[Ref]) -> Graph:
        """These resolved nodes with their Name nodes, NAMES, and outgoing VARIANT_OF (not the nodes these lead to)."""

    def papers_on(self, refs: Collection[Ref]) -> set[str]:
        """Keys of the papers that have an appearance on one of these nodes."""

    def papers_by_appearance(self, refs: Collection[Ref]) -> dict[Assigned, set[str]]:
        """The appearances on these nodes, and the keys of the papers that each is in."""

    def used(self, label: str) -> Iterator[tuple[Node, int]]:
        """The nodes of a resolved label that some paper has an appearance on, with the number of such papers; in any order."""

    def beside(self, refs: Collection[Ref]) -> Graph:
        """Those of these nodes that are there, every relationship at one of them, and the nodes at the other ends."""

    def runs(self, keys: Collection[str]) -> dict[str, Run]:
        """The runs with these keys, by key."""

    def papers_by_run(self, run: str) -> list[str]:
        """Keys of the papers that the run with this key has read, ascending."""

    def apply(self, change: Change) -> None:
        """Carry out one change, all or nothing; one at a time, see `alone`. Raises StoreError."""

    def nodes(self) -> Iterator[Node]:
        """Every node of ours, ordered by label and key, without holding them all."""

    def relationships(self) -> Iterator[Relationship]:
        """Every relationship of ours, ordered by type, start, end, paper and extractor, without holding them all."""

    def decisions(self, *, settled: bool = False) -> list[Decision]:
        """People's decisions on names, in order; where `settled`, those that the names in the graph are resolved with.

        The two differ after a process that was cut off, and where somebody changed the log by hand.
        """

    def decide(self, decisions: Sequence[Decision], *, settled: bool = False) -> None:
        """Replace the log of decisions; where `settled`, the record of those that the graph is resolved with."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes that write from being inside at the same time; they wait. May be entered again from within."""

    def query(
        self, text: str, parameters: Mapping[str, object] | None = None, *, rows: int | None = None, seconds: float | None = None
    ) -> Table:
        """Run a statement that only reads, by the engine's own means of refusing writes. `rows` limits what is fetched,
        `seconds` the time. Values come as Python values: None, bool, int, float, str, date, datetime, list, dict.
        Raises QueryError and its kin, StoreError.
        """

    def close(self) -> None:
        """Let go of the store. Idempotent."""


@dataclass(frozen=True, slots=True)
class Access:
    """How other tools get into a store over Bolt; `database` is None where the server's default one is meant."""

    uri: str
    username: str
    password: str | None = field(repr=False)
    database: str | None


@runtime_checkable
class Reachable(Protocol):
    """An ability of a store: other tools can talk to it over Bolt while it is open."""

    def access(self, *, writing: bool = False) -> Access:
        """As whom to come: for an engine that tells them apart, as one who can only read, unless `writing`."""
