"""`check` finds every kind of damage, and nothing where all is well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from math import nan
from typing import Any

import pytest
from corpus import PAPERS, Scripted, fill

from kg.audit import check
from kg.graph import Change, Foreign, Graph, Node, Ref, Relationship
from kg.pipeline import Pipeline
from kg.queries import named
from kg.resolve import NameResolver
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.stores.bolt import BoltStore
from kg.testing.memory import MemoryStore
from kg.testing.sources import RecordedSource
from kg.testing.stores import graph_of

TREEWALK, SUMBENCH, RESULT = Ref("Method", "treewalk"), Ref("Benchmark", "sumbench"), "Result"
PAPER, NAME = Ref("Paper", "arxiv:2402.00002"), Ref("Name", "Method:treewalk")


@pytest.fixture(scope="module")
def sound() -> Graph:
    store = MemoryStore()
    fill(store)
    assert check(store) == []
    return graph_of(store)


def damaged(sound: Graph, change: Callable[[Graph], object]) -> set[tuple[str, str]]:
    """The faults, kind and place, of a graph that was changed behind everyone's back."""
    return {(kind, where) for kind, where, _ in told(sound, change)}


def told(sound: Graph, change: Callable[[Graph], object]) -> set[tuple[str, str, str]]:
    """The same with what is said of each."""
    graph = Graph(dict(sound.nodes), dict(sound.relationships))
    change(graph)
    store = MemoryStore()
    store.apply(Change(tuple(graph.nodes.values()), tuple(graph.relationships.values())))
    return {(fault.kind, fault.where.split(" of ")[0], fault.message) for fault in check(store)}


def some(graph: Graph, label: str) -> Node:
    return next(graph.nodes[ref] for ref in sorted(graph.nodes) if ref.label == label)


def edge(graph: Graph, kind: str, start: Ref = PAPER) -> Relationship:
    return next(graph.relationships[one] for one in sorted(graph.relationships) if one.type == kind and one.start == start)


def put(graph: Graph, item: Node | Relationship, **properties: Any) -> None:
    graph.add(replace(item, properties={name: value for name, value in {**item.properties, **properties}.items() if value is not None}))


def place(one: Relationship) -> str:
    return f"{one.start.label} {one.start.key} -{one.type}-> {one.end.label} {one.end.key}"


def test_result_that_no_paper_reports_is_dangling(sound: Graph) -> None:
    reports = edge(sound, "REPORTS")
    faults = damaged(sound, lambda graph: graph.relationships.pop(reports.id))
    assert faults == {("dangling", f"Result {reports.end.key}"), ("facts", place(reports))}


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
    assert {found for found, _ in faults} == {"dangling", "facts"}


@pytest.mark.parametrize("name", ["evidence", "paper", "start", "run", "confidence"])
def test_relationship_without_evidence_is_named(sound: Graph, name: str) -> None:
    uses = edge(sound, "USES")
    faults = damaged(sound, lambda graph: (graph.relationships.pop(uses.id), put(graph, uses, **{name: None})))  # type: ignore[func-returns-value]
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
    assert {found for found, _ in faults} == {"offset", "facts"}


@pytest.mark.parametrize(
    "node",
    [
        Node("Paper", "doi:1"),
        Node("Task", "x" * 201),
        Node("Task", ""),
        Node("ExtractionRun", "run:made up", {"extractor": "x", "version": "1"}),
    ],
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
    for kind, changed in (("evidence", {"confidence": 1.5}), ("property", {"field": "appendix"})):
        assert (kind, f"Result {result.key}") in damaged(sound, lambda graph, changed=changed: put(graph, result, **changed))  # type: ignore[misc]


def test_relationship_between_labels_that_it_does_not_join_is_named(sound: Graph) -> None:
    wrong = Relationship("OUTPERFORMS", SUMBENCH, TREEWALK, edge(sound, "USES").properties)
    assert ("end", place(wrong)) in damaged(sound, lambda graph: graph.add(wrong))


def test_property_that_is_required_and_missing_or_empty_is_named(sound: Graph) -> None:
    for ref, name in ((TREEWALK, "name"), (TREEWALK, "aliases"), (NAME, "folded"), (NAME, "surface"), (PAPER, "title_keys")):
        faults = told(sound, lambda graph, r=ref, n=name: put(graph, graph.nodes[r], **{n: None}))  # type: ignore[misc]
        assert ("property", named(ref), f"it lacks {name}") in faults
    faults = told(sound, lambda graph: put(graph, graph.nodes[TREEWALK], aliases=()))
    assert faults == {("property", "Method treewalk", "aliases is empty")}


@pytest.mark.parametrize(
    ("label", "changed", "message"),
    [
        ("Result", {"kind": "bogus"}, "kind is one of absolute, relative, not bogus"),
        ("Paper", {"sources": ("arxiv", "rumour")}, "sources is one of arxiv, hub, listing, not rumour"),
        ("Result", {"value": nan}, "value should be a number, not nan"),
        ("Method", {"aliases": (1, 2)}, "aliases should be of type strings, but holds one of type int"),
        ("Paper", {"published": Foreign(time(12))}, "published should be of type date, not time"),
        ("Name", {"folded": "another"}, "folded should be {squeezed}, by which its surface is found"),
    ],
)
def test_value_that_a_property_cannot_have_is_named(sound: Graph, label: str, changed: dict[str, object], message: str) -> None:
    node = sound.nodes[NAME] if label == "Name" else some(sound, label)
    faults = told(sound, lambda graph: put(graph, node, **changed))
    assert ("property", named(node.ref), message.format(squeezed=sound.nodes[NAME].properties["folded"])) in faults


@pytest.mark.parametrize("label", ["Method", "Author", "Organization", "Name", "Repository", "Resource", "Paper", "ExtractionRun"])
def test_key_that_its_node_does_not_give_is_named(sound: Graph, label: str) -> None:
    node = some(sound, label)
    bogus = replace(node, key=f"{node.key}x")
    assert ("key", named(bogus.ref)) in damaged(sound, lambda graph: graph.add(bogus))


def test_title_that_is_none_of_its_keys_is_named(sound: Graph) -> None:
    assert ("key", named(PAPER)) in damaged(sound, lambda graph: put(graph, graph.nodes[PAPER], title="Another title"))
    titled = next(node for ref, node in sorted(sound.nodes.items()) if ref.key.startswith("title:") and ref.label == "Paper")
    bogus = replace(titled, key="title:bogus")
    assert ("key", named(bogus.ref), "the key of a paper without an arXiv id is one of its title_keys") in told(
        sound, lambda graph: graph.add(bogus)
    )


def test_result_under_another_key_is_named_with_the_key_that_its_facts_give(sound: Graph) -> None:
    result = some(sound, "Result")

    def rename(graph: Graph) -> None:
        bogus = Ref("Result", "result:bogus")
        del graph.nodes[result.ref]
        graph.add(replace(result, key=bogus.key))
        for one in [each for each in graph.relationships.values() if result.ref in (each.start, each.end)]:
            del graph.relationships[one.id]
            graph.add(replace(one, start=bogus) if one.start == result.ref else replace(one, end=bogus))

    faults = damaged(sound, rename)
    assert ("facts", named(result.ref)) in faults
    assert ("facts", f"{named(Ref('Paper', str(result.properties['paper'])))} -REPORTS-> Result result:bogus") in faults


def test_what_the_schema_allows_and_the_facts_do_not_say_is_named(sound: Graph) -> None:
    result = some(sound, "Result")
    for changed in ({"value": 12.25}, {"quote": "made up"}, {"kind": "relative"}, {"metric": None}, {"paper": "arxiv:2401.00001"}):
        name = next(iter(changed))
        assert result.properties[name] != changed[name]
        found = told(sound, lambda graph, changed=changed: put(graph, result, **changed))  # type: ignore[misc]
        assert [what for kind, where, what in found if (kind, where) == ("facts", named(result.ref)) and what.startswith(f"{name} is ")]
    uses = edge(sound, "USES")
    empty = {"evidence": "", "start": 0, "end": 0, "mention_start": 0, "mention_end": 0}
    found = told(sound, lambda graph: put(graph, uses, **empty))
    assert {("evidence" in what, kind) for kind, where, what in found if where == place(uses)} >= {(True, "property"), (True, "facts")}


def test_relationship_that_is_gone_made_up_or_led_elsewhere_is_named(sound: Graph) -> None:
    of = next(one for one in sound.relationships.values() if one.type == "OF")
    other = next(ref for ref in sorted(sound.nodes) if ref.label == of.end.label and ref != of.end)
    for gone in (of, edge(sound, "USES"), edge(sound, "PROPOSES")):
        assert "facts" in {kind for kind, _ in damaged(sound, lambda graph, gone=gone: graph.relationships.pop(gone.id))}  # type: ignore[misc]
    assert ("facts", place(replace(of, end=other))) in damaged(sound, lambda graph: graph.add(replace(of, end=other)))
    wrong = {**of.properties, "paper": PAPER.key}
    assert ("evidence", place(of)) in damaged(sound, lambda graph: graph.add(replace(of, properties=wrong)))


def test_facts_of_another_text_are_named(sound: Graph) -> None:
    read = edge(sound, "EXTRACTED_BY")
    assert damaged(sound, lambda graph: put(graph, read, text="0" * 16)) == {("facts", place(read))}


def test_title_by_which_nobody_finds_its_paper_is_named(sound: Graph) -> None:
    title = next(one for one in sorted(sound.relationships) if one.type == "NAMES" and one.end == PAPER)
    faults = damaged(sound, lambda graph: (graph.relationships.pop(title), graph.nodes.pop(title.start)))
    assert faults == {("evidence", named(PAPER)), ("facts", named(title.start))}


@pytest.mark.parametrize(
    "facts", ["{", "[]", "null", '{"entities": [[]]}', '{"entities": 3}', '{"entities": [["x", "Y", "z", [], ["t"], 1]]}']
)
def test_facts_that_cannot_be_read_are_one_fault(sound: Graph, facts: str) -> None:
    read = edge(sound, "EXTRACTED_BY")
    faults = damaged(sound, lambda graph: put(graph, read, facts=facts))
    assert {kind for kind, _ in faults} == {"facts"}
    assert len(faults) == 1
    assert min(faults)[1].startswith(named(PAPER))


def test_facts_that_are_gone_leave_all_that_was_made_of_them_without_a_ground(sound: Graph) -> None:
    read, uses = edge(sound, "EXTRACTED_BY"), edge(sound, "USES")
    assert ("facts", place(uses)) in damaged(sound, lambda graph: graph.relationships.pop(read.id))


def test_entity_that_no_paper_mentions_is_named(sound: Graph) -> None:
    ref, name = Ref("Task", "idling"), Ref("Name", "Task:idling")

    def add(graph: Graph) -> None:
        graph.add(Node(*ref, {"name": "idling", "aliases": ("idling",), "ambiguous": False}))
        graph.add(Node(*name, {"surface": "idling", "folded": "idling"}), Relationship("NAMES", name, ref))

    assert damaged(sound, add) == {("dangling", named(ref))}


def test_name_that_leads_elsewhere_is_missed_where_papers_use_it(sound: Graph) -> None:
    names = next(one for one in sound.relationships.values() if one.type == "NAMES" and (one.start, one.end) == (NAME, TREEWALK))
    other = next(ref for ref in sorted(sound.nodes) if ref.label == "Method" and ref != TREEWALK)
    second = Ref("Name", "Method:walkofatree")

    def lead(graph: Graph) -> None:
        del graph.relationships[names.id]
        graph.add(replace(names, end=other), Node(*second, {"surface": "walk of a tree", "folded": "walkofatree"}))
        graph.add(Relationship("NAMES", second, TREEWALK))

    assert damaged(sound, lead) == {("dangling", named(TREEWALK))}


def test_family_that_goes_round_is_named_once(sound: Graph) -> None:
    models = [ref for ref in sorted(sound.nodes) if ref.label == "Model"][:3]
    own = {one.id for one in sound.relationships.values() if one.type == "VARIANT_OF"}

    def ring(graph: Graph) -> None:
        for one in own:
            del graph.relationships[one]
        for start, end in zip(models, [*models[1:], models[0]], strict=True):
            graph.add(Relationship("VARIANT_OF", start, end))

    faults = told(sound, ring)
    assert [where for kind, where, _ in faults if kind == "cycle"] == [named(models[0])]
    alone = Relationship("VARIANT_OF", models[0], models[0])
    assert ("cycle", place(alone)) in damaged(sound, lambda graph: graph.add(alone))


def test_thing_with_two_families_is_named(sound: Graph) -> None:
    variant = next(one for one in sound.relationships.values() if one.type == "VARIANT_OF")
    other = next(ref for ref in sorted(sound.nodes) if ref.label == variant.start.label and ref not in (variant.start, variant.end))
    assert "cycle" in {kind for kind, _ in damaged(sound, lambda graph: graph.add(replace(variant, end=other)))}


def test_store_from_which_papers_and_runs_were_withdrawn_is_sound(sound: Graph) -> None:
    store = MemoryStore()
    fill(store)
    pipeline = Pipeline(store, NameResolver())
    assert pipeline.remove([PAPER.key]) == 1
    assert check(store) == []
    assert pipeline.remove_run(some(sound, "ExtractionRun").key) > 1
    assert check(store) == []


@pytest.mark.parametrize("names", [("able", "zealous"), ("zealous", "able")])
def test_result_that_two_extractors_found_may_stand_as_either_has_it(names: tuple[str, str]) -> None:
    store = MemoryStore()
    pipeline = Pipeline(store, NameResolver())
    for name in names:
        pipeline.build([RecordedSource([script.record for script in PAPERS])], [Scripted(PAPERS, name)])
        assert check(store) == []


#: Statements of somebody who changes a store by hand, and the faults that they leave: kind, beginning of the place, part of the message.
BY_HAND = (
    ("MATCH (p:Paper {key: 'arxiv:2402.00002'}) SET p.seen = datetime()", "property", "Paper arxiv:2402.00002", "no property seen"),
    (
        "MATCH (p:Paper {key: 'arxiv:2401.00001'}) SET p.published = duration('P1D')",
        "property", "Paper arxiv:2401.00001", "published should be of type date, not ",
    ),
    ("MATCH (m:Method {key: 'treewalk'}) SET m.aliases = [1, 2]", "property", "Method treewalk", "aliases should be of type strings"),
    ("MATCH (b:Benchmark {key: 'sumbench'}) SET b.key = 'bogus'", "key", "Benchmark bogus", "the key of its name is sumbench"),
    ("MATCH (r:Result) WITH r ORDER BY r.key LIMIT 1 MATCH (r)-[e]->() DELETE e", "facts", "Result ", "it is not there"),
    (
        "MATCH (:Paper {key: 'arxiv:2404.00007'})-[r:EXTRACTED_BY]->() SET r.facts = '{'",
        "facts", "Paper arxiv:2404.00007 -EXTRACTED_BY-> ", "JSON",
    ),
    (
        "MATCH (a:Paper)-[r:USES]->(b) WITH a, r, b LIMIT 1 CREATE (a)-[c:USES]->(b) SET c = properties(r)",
        "duplicate", "Paper ", "more than once",
    ),
    ("MATCH (a:Paper {key: 'arxiv:2401.00001'}) CREATE (a)-[:USES]->(:PaperKG:Gadget {key: 'x'})", "end", "Paper ", "joins no such"),
    ("MATCH (a:Paper {key: 'arxiv:2401.00001'}) CREATE (a)-[:USES]->(:PaperKG:Method {key: 5})", "end", "Paper ", "Method 5 is not there"),
    (
        "MATCH (a:Model {key: 'ostrich 62b'}), (b:Method {key: 'slowdecode'}) "
        "CREATE (a)-[:BASED_ON {paper: 'arxiv:2403.00006', extractor: 'x'}]->(b)",
        "facts", "Paper arxiv:2403.00006", "not joined to it, its results or its entities: 1",
    ),
)  # fmt: skip


def test_damage_by_hand_is_named_in_every_store(store_settings: StoreSettings) -> None:
    with open_store(store_settings) as store:
        fill(store)
        for statement, *_ in BY_HAND:
            store.engine.connection.write(lambda transaction, text=statement: transaction.run(text))  # type: ignore[misc]
        faults = check(store)
    for statement, kind, where, message in BY_HAND:
        assert [one for one in faults if one.kind == kind and one.where.startswith(where) and message in one.message], (statement, faults)


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
