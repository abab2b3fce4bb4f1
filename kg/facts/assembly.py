"""One paper's part of the graph: its node, its results, its relationships, each with the evidence for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.facts import names
from kg.facts.codec import encode, text_hash
from kg.graph import Graph, Node, Ref, Relationship, Value
from kg.ids import repository_key, resource_key, resource_kind, result_key, run_key
from kg.model import Appearance, Evidence, Extraction, Field, Link, Paper, Result, Run, Text
from kg.nodes import carried_appearances, paper_node, run_node
from kg.schema import ENTITY_RELATIONS, PAPER_RELATIONS

__all__ = ["PaperFacts", "assemble", "assignment_of"]

Assignment = Mapping[Appearance, Ref]
Properties = dict[str, Value]
#: The `extractor` of relationships that a source itself states.
SOURCE = "source"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper and what each extractor found in it."""

    paper: Paper
    extractions: tuple[tuple[Run, Extraction], ...] = ()

    @property
    def text(self) -> Text:
        """What extractors read of it."""
        return self.paper.text

    def appearances(self) -> set[Appearance]:
        """The appearances that it supports."""
        return set(names.appearances(self.paper, tuple(extraction for _, extraction in self.extractions)))


def assemble(facts: PaperFacts, assignment: Assignment) -> Graph:
    """The part of the graph that a paper supports, the resolved nodes themselves left out.

    `assignment` says which node each of its appearances stands for.
    """
    graph = Graph()
    paper = facts.paper
    node = paper_node(paper)
    graph.add(node)
    _titles(graph, facts)
    _people(graph, facts, assignment)
    for url in paper.links:
        link = _link(node.ref, url, {"paper": paper.key, "extractor": SOURCE, "official": True}, resource_kind(url))
        graph.add(*link)
    for run, extraction in facts.extractions:
        _Extracted(facts, run, extraction, assignment).add_to(graph)
    return graph


def _titles(graph: Graph, facts: PaperFacts) -> None:
    paper = facts.paper
    for key in paper.title_keys:
        graph.add(Node("Name", key))
        graph.add(Relationship("NAMES", Ref("Name", key), Ref("Paper", paper.key), {"paper": paper.key}))


def _people(graph: Graph, facts: PaperFacts, assignment: Assignment) -> None:
    paper, ref = facts.paper, Ref("Paper", facts.paper.key)
    for position, name in enumerate(paper.authors, 1):
        appearance = names.author(name)
        properties = {"paper": paper.key, "position": position, **_surfaces([appearance])}
        relationship = Relationship("AUTHORED", assignment[appearance], ref, properties)
        if relationship.id not in graph.relationships:
            graph.add(relationship)
    posted = names.organization(paper)
    if posted:
        graph.add(Relationship("FROM", ref, assignment[posted], {"paper": paper.key, **_surfaces([posted])}))


def _surfaces(appearances: Iterable[Appearance]) -> Properties:
    """How a relationship carries the appearances behind it: `groups` only where there are several."""
    found = sorted(set(appearances))
    properties: Properties = {
        "name": found[0].name,
        "surfaces": tuple(sorted({surface for each in found for surface in each.surfaces})),
    }
    if len(found) > 1:
        properties["groups"] = tuple("\t".join((each.name, *each.surfaces)) for each in found)
    return properties


def assignment_of(graph: Graph) -> dict[Appearance, Ref]:
    """Which node each appearance stands for, as the relationships of a stored graph carry it."""
    found: dict[Appearance, Ref] = {}
    for relationship in graph.relationships.values():
        end = relationship.start if relationship.type == "AUTHORED" else relationship.end
        for appearance in carried_appearances(end.label, relationship.properties):
            found[appearance] = end
    return found


def _link(paper: Ref, url: str, properties: Properties, kind: str) -> tuple[Node, Relationship]:
    repository = repository_key(url) if kind == "code" else None
    if repository:
        node = Node("Repository", repository, {"url": f"https://{repository}", "host": repository.split("/")[0]})
        return node, Relationship("HAS_CODE", paper, node.ref, properties)
    key = resource_key(url)
    node = Node("Resource", key, {"url": f"https://{key}", "kind": resource_kind(url)})
    return node, Relationship("LINKS_TO", paper, node.ref, {**properties, "kind": kind})


def _evidence(evidence: Evidence) -> Properties:
    return {
        "field": evidence.field,
        "evidence": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
        "mention_start": evidence.mention_start,
        "mention_end": evidence.mention_end,
    }


def _strength(relationship: Relationship) -> tuple[float, Field, int, str]:
    """The strongest first: the surest, then the earliest, the title before the abstract."""
    p = relationship.properties
    return (
        -float(str(p["confidence"])),
        "abstract" if p["field"] == "abstract" else "title",
        int(str(p["mention_start"])),
        str(p["evidence"]),
    )


class _Extracted:
    """What one extractor found in one paper, as nodes and relationships."""

    def __init__(self, facts: PaperFacts, run: Run, extraction: Extraction, assignment: Assignment) -> None:
        self._facts, self._run, self._extraction = facts, run, extraction
        self._paper = Ref("Paper", facts.paper.key)
        self._key = run_key(run)
        self._entities = {found.name: found for found in extraction.entities}
        self._nodes = {name: assignment[names.entity(found)] for name, found in self._entities.items()}
        self._assignment = assignment

    def add_to(self, graph: Graph) -> None:
        """Put all of it into the graph; of several relationships with one identity the strongest stands."""
        graph.add(*self._run_items())
        for node, _ in self._links():
            graph.add(node)
        several: defaultdict[object, list[Relationship]] = defaultdict(list)
        made = [*self._mentioned(), *self._related(), *(relationship for _, relationship in self._links())]
        for item in self._results():
            if isinstance(item, Node):
                graph.add(item)
            else:
                made.append(item)
        for relationship in made:
            several[relationship.id].append(relationship)
        for group in several.values():
            best = min(group, key=_strength)
            carrying = {a for each in group for a in carried_appearances(best.end.label, each.properties)}
            properties = {**best.properties, **(_surfaces(carrying) if carrying else {})}
            graph.add(Relationship(best.type, best.start, best.end, properties))

    def _run_items(self) -> tuple[Node, Relationship]:
        run, node = self._run, run_node(self._run)
        read: Properties = {
            "paper": self._paper.key,
            "extractor": run.extractor,
            "text": text_hash(self._facts.text),
            "facts": encode(self._extraction),
        }
        return node, Relationship("EXTRACTED_BY", self._paper, node.ref, read)

    def _provenance(self, evidence: Evidence, confidence: float) -> Properties:
        return {
            "paper": self._paper.key,
            "extractor": self._run.extractor,
            "run": self._key,
            **_evidence(evidence),
            "confidence": round(float(confidence), 2),
        }

    def _mentioned(self) -> Iterator[Relationship]:
        for name, found in self._entities.items():
            kind = PAPER_RELATIONS[self._nodes[name].label, found.role]
            properties = self._provenance(found.evidence, found.confidence) | _surfaces([names.entity(found)])
            yield Relationship(kind, self._paper, self._nodes[name], properties)

    def _related(self) -> Iterator[Relationship]:
        for relation in self._extraction.relations:
            head, tail = self._nodes.get(relation.head), self._nodes.get(relation.tail)
            if head and tail and head != tail:
                yield Relationship(ENTITY_RELATIONS[relation.type], head, tail, self._provenance(relation.evidence, relation.confidence))

    def _links(self) -> Iterator[tuple[Node, Relationship]]:
        for link in self._extraction.links:
            yield _link(self._paper, link.url, self._link_properties(link), link.kind)

    def _link_properties(self, link: Link) -> Properties:
        return self._provenance(link.evidence, link.confidence) | {"official": link.role == "official"}

    def _results(self) -> Iterator[Node | Relationship]:
        seen: Counter[str] = Counter()
        for result in self._extraction.results:
            key = result_key(self._paper.key, result, 0)
            seen[key] += 1
            node = self._result_node(result_key(self._paper.key, result, seen[key] - 1) if seen[key] > 1 else key, result)
            yield node
            yield Relationship("REPORTS", self._paper, node.ref, self._provenance(result.evidence, result.confidence))
            yield from self._result_relationships(node.ref, result)

    def _result_node(self, key: str, result: Result) -> Node:
        values: dict[str, Value | None] = {
            "value": float(result.value),
            "value_high": None if result.value_high is None else float(result.value_high),
            "unit": result.unit,
            "kind": result.kind,
            "metric": result.metric,
            "quote": result.quote,
            **self._provenance(result.evidence, result.confidence),
        }
        return Node("Result", key, {name: value for name, value in values.items() if value is not None})

    def _result_relationships(self, node: Ref, result: Result) -> Iterator[Relationship]:
        properties = self._provenance(result.evidence, result.confidence)
        for kind, name in (("OF", result.subject), ("ON", result.benchmark), ("AGAINST", result.baseline)):
            if name in self._nodes:
                yield Relationship(kind, node, self._nodes[name], properties)
        metric = names.metric(result, self._entities)
        if metric:
            own = metric not in map(names.entity, self._entities.values())
            yield Relationship("MEASURED_BY", node, self._assignment[metric], properties | (_surfaces([metric]) if own else {}))
