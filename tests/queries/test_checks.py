"""`check` finds every kind of damage, and nothing where all is well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from corpus import fill

from kg.graph import Change, Graph, Node, Ref, Relationship
from kg.queries import check
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.stores.bolt import BoltStore
from kg.testing.memory import MemoryStore
from kg.testing.stores import graph_of

TREEWALK, SUMBENCH, RESULT = Ref("Method", "treewalk"), Ref("Benchmark", "sumbench"), "Result"
PAPER = Ref("Paper", "arxiv:2402.00002")


@pytest.fixture(scope="module")
def sound() -> Graph:
    store = MemoryStore()
    fill(store)
    assert check(store) == []
    return graph_of(store)


def damaged(sound: Graph, change: Callable[[Graph], None]) -> set[tuple[str, str]]:
    """The faults, kind and place, of a graph that was changed behind everyone's back."""
    graph = Graph(dict(sound.nodes), dict(sound.relationships))
    change(graph)
    store = MemoryStore()
    store.apply(Change(tuple(graph.nodes.values()), tuple(graph.relationships.values())))
    return {(fault.kind, fault.where.split(" of ")[0]) for fault in check(store)}


def some(graph: Graph, label: str) -> Node:
    return next(graph.nodes[ref] for ref in sorted(graph.nodes) if ref.label == label)


def edge(graph: Graph, kind: str, start: Ref = PAPER) -> Relationship:
    return next(graph.relationships[one] for one in sorted(graph.relationships) if one.type == kind and one.start == start)


def put(graph: Graph, item: Node | Relationship, **properties: object) -> None:
    graph.add(replace(item, properties={name: value for name, value in {**item.properties, **properties}.items() if value is not None}))


def place(one: Relationship) -> str:
    return f"{one.start.label} {one.start.key} -{one.type}-> {one.end.label} {one.end.key}"


def test_result_that_no_paper_reports_is_dangling(sound: Graph) -> None:
    reports = edge(sound, "REPORTS")
    faults = damaged(sound, lambda graph: graph.relationships.pop(reports.id))
    assert faults == {("dangling", f"Result {reports.end.key}")}


@pytest.mark.parametrize("kind", ["HAS_CODE", "LINKS_TO", "NAMES", "EXTRACTED_BY"])
def test_node_that_says_nothing_alone_is_dangling(sound: Graph, kind: str) -> None:
    gone = {one for one in sound.relationships if one.type == kind}

    def cut(graph: Graph) -> None:
        for one in gone:
            del graph.relationships[one]

    label = {"HAS_CODE": "Repository", "LINKS_TO": "Resource", "NAMES": "Name", "EXTRACTED_BY": "ExtractionRun"}[kind]
    faults = damaged(sound, cut)
    assert {where for found, where in faults if found == "dangling" and where.startswith(label)} == {
        f"{label} {ref.key}" for ref in sound.nodes if ref.label == label
    }
    assert {found for found, _ in faults} == {"dangling"}


@pytest.mark.parametrize("name", ["evidence", "paper", "start", "run", "confidence"])
def test_relationship_without_evidence_is_named(sound: Graph, name: str) -> None:
    uses = edge(sound, "USES")
    faults = damaged(sound, lambda graph: (graph.relationships.pop(uses.id), put(graph, uses, **{name: None})))  # type: ignore[arg-type, func-returns-value]
    assert ("evidence", place(uses)) in faults


def test_evidence_of_a_paper_or_a_run_that_is_not_there_is_named(sound: Graph) -> None:
    uses = edge(sound, "USES")
    for changed in ({"run": "run:gone"}, {"paper": "arxiv:0000.00000"}, {"paper": "arxiv:2401.00001"}):
        assert ("evidence", place(uses)) in damaged(sound, lambda graph, changed=changed: put(graph, uses, **changed))  # type: ignore[misc]


@pytest.mark.parametrize(
    "changed",
    [{"start": 3}, {"end": 4000}, {"evidence": "made up"}, {"mention_start": 0, "mention_end": 4000}, {"start": -1}, {"field": "abstract"}],
)
def test_offsets_that_do_not_match_the_text_are_named(sound: Graph, changed: dict[str, object]) -> None:
    proposes = edge(sound, "PROPOSES")
    assert proposes.properties["field"] == "title"
    assert ("offset", place(proposes)) in damaged(sound, lambda graph: put(graph, proposes, **changed))


def test_text_that_was_changed_under_its_evidence_is_named(sound: Graph) -> None:
    faults = damaged(sound, lambda graph: put(graph, graph.nodes[PAPER], abstract="Another text."))
    assert ("offset", place(edge(sound, "USES"))) in faults
    assert {found for found, _ in faults} == {"offset"}


@pytest.mark.parametrize(
    "node", [Node("Paper", "doi:1"), Node("Task", "x" * 201), Node("Task", ""), Node("ExtractionRun", "run:made up", {"extractor": "x"})]
)
def test_broken_key_is_named(sound: Graph, node: Node) -> None:
    assert ("key", f"{node.label} {node.key}") in damaged(sound, lambda graph: graph.add(node))


def test_key_that_is_not_that_of_its_arxiv_id_is_named(sound: Graph) -> None:
    faults = damaged(sound, lambda graph: put(graph, graph.nodes[PAPER], arxiv_id="2402.99999"))
    assert ("key", f"Paper {PAPER.key}") in faults


def test_name_that_leads_to_a_node_of_another_label_is_named(sound: Graph) -> None:
    wrong = Relationship("NAMES", Ref("Name", "Benchmark:sumbench"), TREEWALK)
    assert ("key", place(wrong)) in damaged(sound, lambda graph: graph.add(wrong))


@pytest.mark.parametrize("changed", [{"colour": "red"}, {"name": 3}, {"aliases": "TreeWalk"}, {"ambiguous": "no"}])
def test_property_that_the_schema_does_not_know_or_of_another_type_is_named(sound: Graph, changed: dict[str, object]) -> None:
    assert damaged(sound, lambda graph: put(graph, graph.nodes[TREEWALK], **changed)) == {("property", "Method treewalk")}


def test_confidence_and_field_that_are_none_are_named(sound: Graph) -> None:
    result = some(sound, "Result")
    for changed in ({"confidence": 1.5}, {"field": "appendix"}):
        assert ("evidence", f"Result {result.key}") in damaged(sound, lambda graph, changed=changed: put(graph, result, **changed))  # type: ignore[misc]


def test_relationship_between_labels_that_it_does_not_join_is_named(sound: Graph) -> None:
    wrong = Relationship("OUTPERFORMS", SUMBENCH, TREEWALK, edge(sound, "USES").properties)
    assert ("end", place(wrong)) in damaged(sound, lambda graph: graph.add(wrong))


def test_what_carries_our_label_and_is_none_of_the_graph_is_counted(store_settings: StoreSettings) -> None:
    with open_store(store_settings) as store:
        fill(store)
        assert check(store) == []
        damage(store)
        found = {fault.where: fault.message for fault in check(store) if fault.kind == "kind"}
    assert sorted(found) == ["ADMIRES", "Gadget", "Task"]
    assert found["Gadget"] == "1 node of a kind that the schema does not know"


def damage(store: BoltStore) -> None:
    store.engine.connection.write(
        lambda transaction: [
            transaction.run("CREATE (:PaperKG:Gadget {key: 'x'}), (:PaperKG:Task {name: 'without a key'})"),
            transaction.run("MATCH (a:PaperKG:Method), (b:PaperKG:Benchmark) CREATE (a)-[:ADMIRES]->(b)"),
        ]
    )
