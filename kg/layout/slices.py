"""A bounded part of a graph for a picture or a file, and one sentence on what it leaves out."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kg.errors import UsageError
from kg.graph import Graph, Ref, Relationship
from kg.ids import arxiv_id, squeeze
from kg.layout.kinds import KINDS
from kg.ports import Table
from kg.schema import BOOKKEEPING

__all__ = ["Called", "Cut", "Slice", "Whole", "cut", "named_in"]


#: Columns of a query's answer that hold words about things and no names of things.
_WORDS = frozenset(
    {"evidence", "first_evidence", "second_evidence", "quote", "kind", "relation", "unit", "units", "date", "direction", "type"}
)


class Called(NamedTuple):
    """What an answer calls a thing: its key, name, title or address, and its label where the answer says so, else empty."""

    label: str
    text: str


def named_in(table: Table) -> tuple[Called, ...]:
    """What the rows of an answer name, each once, in order."""
    found: dict[Called, None] = {}
    for row in table.records():
        for column, value in row.items():
            label = column.capitalize() if column.capitalize() in KINDS else str(row.get("kind") or "") if column in ("name", "key") else ""
            for text in value if isinstance(value, list | tuple) else (value,):
                if isinstance(text, str) and text and column not in _WORDS:
                    found[Called(label if label in KINDS else "", text)] = None
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part. What is given is applied together: `since` first, then the union of papers, around,
    benchmark, nodes and named, then `top`.

    `papers`: keys, arXiv ids or addresses; `around`: a name, with everything within `hops` steps; `benchmark`: a name, with its
    papers and results; `nodes`: nodes themselves; `named`: what the rows of a query name (`named_in`), with everything within `hops`
    steps; `since`: papers from this day on; `top`: at most so many nodes, the most connected first and
    kinds that overviews fold last.
    """

    papers: tuple[str, ...] = ()
    around: str | None = None
    hops: int = 1
    benchmark: str | None = None
    nodes: tuple[Ref, ...] = ()
    since: date | None = None
    top: int | None = None
    named: tuple[Called, ...] | None = None

    def __bool__(self) -> bool:
        given = self.papers or self.around or self.benchmark or self.nodes or self.since
        return bool(given or self.top is not None or self.named is not None)


@dataclass(frozen=True, slots=True)
class Cut:
    """The part, and what it leaves out in one sentence; empty where it is everything."""

    graph: Graph
    left_out: str


@dataclass(frozen=True, slots=True)
class Whole:
    """How much there is in all, where the graph at hand is only what is near."""

    nodes: Mapping[str, int]
    relationships: int


def cut(graph: Graph, wanted: Slice, whole: Whole | None = None) -> Cut:
    """The part of `graph` that `wanted` asks for. Raises UsageError for a name that the graph does not hold.

    `whole` says what the part is a part of; else it is one of `graph`.
    """
    if wanted.hops < 0 or (wanted.top is not None and wanted.top < 1):
        raise UsageError(f"a slice needs hops of 0 or more and top of 1 or more; it got hops={wanted.hops} and top={wanted.top}")
    part = _since(graph, wanted.since) if wanted.since else graph
    seeds = tuple(_seeds(part, wanted))
    if seeds:
        hops = wanted.hops if wanted.around or wanted.named else 1
        part = _kept(part, _around(part, seeds, hops))
    if wanted.top is not None:
        part = _top(part, wanted.top, seeds)
    counted = whole or Whole(Counter(ref.label for ref in graph.nodes), _joints(graph))
    return Cut(part, _sentence(counted, part))


def _seeds(graph: Graph, wanted: Slice) -> Iterator[Ref]:
    for paper in wanted.papers:
        yield _paper(graph, paper)
    if wanted.around:
        yield from _named(graph, wanted.around, None)
    if wanted.benchmark:
        yield from _named(graph, wanted.benchmark, "Benchmark")
    for ref in wanted.nodes:
        if ref in graph.nodes:
            yield ref
    if wanted.named is not None:
        yield from _called(graph, wanted.named)


def _called(graph: Graph, named: Collection[Called]) -> list[Ref]:
    """The nodes that an answer names, exactly as it writes them. Raises UsageError where it names none."""
    by_text: defaultdict[str, set[Ref]] = defaultdict(set)
    for ref, node in graph.nodes.items():
        if ref.label in KINDS:
            for said in (ref.key, *(node.properties.get(name) for name in ("name", "title", "url"))):
                by_text[str(said or "")].add(ref)
    found = {ref for label, text in named for ref in by_text.get(text, ()) if label in ("", ref.label)}
    if not found:
        raise UsageError("the query's answer names nothing in this graph; `kg query` shows the answer, and other parameters may give more")
    return sorted(found)


def _paper(graph: Graph, text: str) -> Ref:
    known = arxiv_id(text)
    for key in (text, f"arxiv:{known}" if known else text):
        if Ref("Paper", key) in graph.nodes:
            return Ref("Paper", key)
    wanted = squeeze(text)
    for ref in sorted(graph.nodes):
        if ref.label == "Paper" and squeeze(str(graph.nodes[ref].properties.get("title", ""))) == wanted:
            return ref
    raise UsageError(f"no paper {text!r} in this graph; give its key, arXiv id, address or title")


def _named(graph: Graph, text: str, label: str | None) -> list[Ref]:
    """The nodes that `text` names: by key, name, title or alias; all of them where several do."""
    wanted = squeeze(text)
    names: defaultdict[str, set[Ref]] = defaultdict(set)
    for ref, node in graph.nodes.items():
        if ref.label not in KINDS or ref.label == "Result" or (label and ref.label != label):
            continue
        aliases = node.properties.get("aliases", ())
        said = (
            ref.key,
            node.properties.get("name", ""),
            node.properties.get("title", ""),
            *(aliases if isinstance(aliases, tuple) else ()),
        )
        for word in said:
            names[squeeze(str(word))].add(ref)
    if wanted in names:
        return sorted(names[wanted])
    near = difflib.get_close_matches(wanted, [name for name in sorted(names) if name], n=3)
    meant = sorted({str(graph.nodes[ref].properties.get("name") or ref.key) for name in near for ref in names[name]})[:3]
    hint = f"; near it are {', '.join(meant)}" if meant else ""
    raise UsageError(f"nothing in this graph is called {text!r}{hint}")


def _neighbours(graph: Graph) -> dict[Ref, set[Ref]]:
    beside: dict[Ref, set[Ref]] = defaultdict(set)
    for relationship in graph.relationships.values():
        if relationship.type not in BOOKKEEPING:
            beside[relationship.start].add(relationship.end)
            beside[relationship.end].add(relationship.start)
    return beside


def _around(graph: Graph, seeds: Iterable[Ref], hops: int) -> set[Ref]:
    """Everything within `hops` steps. A Result is no step of its own: it comes with both its sides."""
    beside = _neighbours(graph)
    reached = set(seeds)
    edge = set(reached)
    for _ in range(hops):
        near = {other for ref in edge for other in beside.get(ref, ())}
        near |= {other for ref in near if ref.label == "Result" for other in beside[ref]}
        edge = near - reached
        reached |= edge
    results = {ref for ref in graph.nodes if ref.label == "Result" and beside.get(ref) and beside[ref] <= reached}
    return reached | results


def _since(graph: Graph, day: date) -> Graph:
    papers = set()
    for ref, node in graph.nodes.items():
        dated = node.properties.get("published") or node.properties.get("listed")
        if ref.label == "Paper" and isinstance(dated, date) and dated >= day:
            papers.add(ref)
    keys = {ref.key for ref in papers}
    kept = [r for r in graph.relationships.values() if r.type not in BOOKKEEPING and _supported(r, keys)]
    return _kept(graph, papers | {end for r in kept for end in (r.start, r.end)}, keys)


def _supported(relationship: Relationship, papers: Collection[str]) -> bool:
    paper = relationship.properties.get("paper")
    return paper in papers if paper else False


def _top(graph: Graph, count: int, seeds: Collection[Ref]) -> Graph:
    """The `count` most connected nodes that pictures show: what was asked for first, kinds that start folded last."""
    beside = _neighbours(graph)
    first = set(seeds)

    def rank(ref: Ref) -> tuple[bool, bool, int, Ref]:
        return ref not in first, KINDS[ref.label].folded, -len(beside.get(ref, ())), ref

    shown = sorted((ref for ref in graph.nodes if ref.label in KINDS), key=rank)
    return _kept(graph, set(shown[:count]))


def _kept(graph: Graph, refs: Collection[Ref], papers: Collection[str] | None = None) -> Graph:
    """The nodes and what joins them, with the bookkeeping of each; relationships of other papers left out where papers are given."""
    part = Graph()
    part.add(*(graph.nodes[ref] for ref in sorted(refs) if ref in graph.nodes))
    for identity, relationship in graph.relationships.items():
        if relationship.type in BOOKKEEPING:
            core = relationship.end if relationship.type == "NAMES" else relationship.start
            if core in part.nodes and core in refs:
                part.add(graph.nodes[relationship.start], graph.nodes[relationship.end])
                part.relationships[identity] = relationship
        elif relationship.start in part.nodes and relationship.end in part.nodes:
            paper = relationship.properties.get("paper")
            if papers is None or not paper or paper in papers:
                part.relationships[identity] = relationship
    return part


def _joints(graph: Graph) -> int:
    return sum(relationship.type not in BOOKKEEPING for relationship in graph.relationships.values())


def _sentence(whole: Whole, part: Graph) -> str:
    before = Counter({label: count for label, count in whole.nodes.items() if label in KINDS})
    after = Counter(ref.label for ref in part.nodes if ref.label in KINDS)
    kept = _joints(part)
    gone = before - after
    if not gone and whole.relationships == kept:
        return ""
    kinds = ", ".join(f"{gone[label]:,} {kind.plural}" for label, kind in KINDS.items() if gone[label])
    left = f": left out are {kinds}" if kinds else ""
    return f"This is a part: {after.total():,} of {before.total():,} nodes and {kept:,} of {whole.relationships:,} relationships{left}."
