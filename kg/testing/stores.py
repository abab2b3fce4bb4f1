"""The conformance suite of stores: what every store must do, against the model in a dictionary.

A store of your own is tried in a few lines of a pytest module:

    from kg.testing.stores import StoreConformance

    class TestMyStore(StoreConformance):
        @pytest.fixture
        def make_store(self, tmp_path):  # opens the same empty store, as often as it is called
            yield lambda: MyStore(tmp_path / "graph")

        has_cypher = True
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from kg.errors import PaperKGError, QueryError, ReadOnlyError, StoreError, UsageError
from kg.graph import Change, Graph, Node, Ref, Relationship, difference
from kg.ids import name_key
from kg.model import Appearance
from kg.nodes import paper_node, run_node
from kg.ports import Assigned, Decision, Store
from kg.schema import SHARED_LABELS
from kg.testing.little import (
    AUTHOR,
    COUSIN,
    FAMILY,
    METRIC,
    MODEL,
    OTHER,
    PAPER,
    REPOSITORY,
    RESULT,
    RUN,
    edge,
    evidence,
    little_graph,
    said_by_both,
)
from kg.testing.memory import MemoryStore

__all__ = ["MakeStore", "MemoryStore", "StoreConformance", "graph_of", "little_graph"]

MakeStore = Callable[[], Store]
E = TypeVar("E", bound=PaperKGError)

#: Seconds that one who may not come in is watched, and that one who may is waited for.
_MOMENT, _LONG = 0.3, 60.0


def graph_of(store: Store) -> Graph:
    """All that a store holds."""
    return Graph.of([*store.nodes(), *store.relationships()])


def _types(graph: Graph) -> list[list[tuple[str, type]]]:
    """The types of all values, which equality does not tell apart: 1.0 == 1 == True."""
    items: list[Node | Relationship] = [*(graph.nodes[ref] for ref in sorted(graph.nodes))]
    items += [graph.relationships[one] for one in sorted(graph.relationships)]
    return [[(name, type(item.properties[name])) for name in sorted(item.properties)] for item in items]


def _assert_same(found: Graph, expected: Graph) -> None:
    assert found == expected
    assert _types(found) == _types(expected)


def _raised(kind: type[E], action: Callable[[], object]) -> E:
    try:
        action()
    except kind as error:
        return error
    raise AssertionError(f"nothing raised {kind.__name__}")


class StoreConformance:
    """What every store must do. A subclass gives the fixture `make_store`."""

    #: False for a store that cannot run Cypher.
    has_cypher = True

    def _filled(self, make_store: MakeStore) -> Store:
        store = make_store()
        store.apply(difference(Graph(), little_graph()))
        return store

    def test_new_store_holds_nothing(self, make_store: MakeStore) -> None:
        store = make_store()
        assert list(store.nodes()) == []
        assert list(store.relationships()) == []
        assert list(store.paper_keys()) == []
        assert store.papers(["arxiv:1"]) == {}
        assert store.owned(["arxiv:1"]) == Graph()
        assert store.assigned(["Model:x"]) == set()
        assert store.named([MODEL]) == Graph()
        assert store.papers_on([MODEL]) == set()
        assert store.runs(["run:1"]) == {}
        assert store.papers_by_run("run:1") == []
        assert store.decisions() == []

    def test_change_is_read_back_in_order(self, make_store: MakeStore) -> None:
        store, graph = self._filled(make_store), little_graph()
        assert list(store.nodes()) == [graph.nodes[ref] for ref in sorted(graph.nodes)]
        assert list(store.relationships()) == [graph.relationships[one] for one in sorted(graph.relationships)]
        _assert_same(graph_of(store), graph)

    def test_second_handle_sees_what_the_first_wrote(self, make_store: MakeStore) -> None:
        self._filled(make_store)
        assert graph_of(make_store()) == little_graph()

    def test_same_change_twice_changes_nothing(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        store.apply(difference(Graph(), little_graph()))
        assert graph_of(store) == little_graph()

    def test_properties_are_replaced_not_merged(self, make_store: MakeStore) -> None:
        store, graph = self._filled(make_store), little_graph()
        joint = edge("OUTPERFORMS", MODEL, COUSIN, {"paper": PAPER.key, "extractor": "paperkg", "confidence": 0.5})
        graph.add(Node(*REPOSITORY, {"host": "github.com"}), joint)
        store.apply(difference(little_graph(), graph))
        assert graph_of(store) == graph

    def test_deleted_relationship_leaves_its_parallels(self, make_store: MakeStore) -> None:
        store, graph = self._filled(make_store), little_graph()
        gone = edge("USES", PAPER, MODEL, evidence(PAPER, "other"))
        del graph.relationships[gone.id]
        store.apply(Change(deleted_relationships=(gone.id,)))
        assert graph_of(store) == graph

    def test_deleted_node_takes_its_relationships_along(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        store.apply(Change(deleted_nodes=(RESULT,)))
        left = graph_of(store)
        assert RESULT not in left.nodes
        assert not [one for one in left.relationships if RESULT in (one.start, one.end)]

    def test_doubtful_node_goes_with_its_last_relationship(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        for paper, is_left in ((PAPER, True), (OTHER, False)):
            change = difference(store.owned([paper.key]), Graph(), SHARED_LABELS)
            assert REPOSITORY in change.doubtful
            store.apply(change)
            assert (REPOSITORY in graph_of(store).nodes) is is_left

    def test_change_with_a_missing_end_changes_nothing(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        stray = edge("BASED_ON", MODEL, Ref("Method", "nowhere"), evidence(PAPER))
        change = Change(nodes=(Node("Task", "new"),), relationships=(stray,), deleted_nodes=(RESULT,))
        _raised(StoreError, lambda: store.apply(change))
        assert graph_of(store) == little_graph()

    def test_label_or_type_that_is_not_in_the_schema_is_refused(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        _raised(UsageError, lambda: store.apply(Change(nodes=(Node("Paper) DETACH DELETE (n", "x"),))))
        _raised(UsageError, lambda: store.apply(Change(relationships=(edge("R]->() DELETE n//", MODEL, FAMILY),))))
        assert graph_of(store) == little_graph()

    def test_hostile_text_stays_text(self, make_store: MakeStore) -> None:
        store, graph = make_store(), Graph()
        texts = (
            "'}) DETACH DELETE n //",
            'a"b\\c',
            "`x`",
            "$rows",
            "{{label}}",
            "\u202e\ufeff\u2028",
            "\N{GRINNING FACE}\uff5e",
            "a\tb\nc",
            "",
            "e\u0301 \u212b \ufb01",
            "\u00e9 \u00c5 fi",
        )
        for number, text in enumerate(texts):
            graph.add(Node("Task", f"{text}{number}", {"name": text, "aliases": (text, text)}))
        store.apply(difference(Graph(), graph))
        assert graph_of(store) == graph

    def test_keys_come_in_the_order_of_code_points(self, make_store: MakeStore) -> None:
        store = make_store()
        keys = ["B", "a", "Z", "~", "é", "e\u0301", "\uff5e", "\N{GRINNING FACE}", "aa", "a b", "中"]
        store.apply(Change(nodes=tuple(Node("Task", key, {"name": key}) for key in keys)))
        assert [node.key for node in store.nodes()] == sorted(keys)

    def test_many_nodes_come_completely_and_in_order(self, make_store: MakeStore) -> None:
        store = make_store()
        graph = Graph.of(Node("Task", f"task {number % 7} {number}", {"name": "x" * 50}) for number in range(2500))
        refs = sorted(graph.nodes)
        graph.add(
            *(edge("BASED_ON", MODEL, COUSIN, evidence(Ref("Paper", f"arxiv:{n}"))) for n in range(1500)), Node(*MODEL), Node(*COUSIN)
        )
        store.apply(difference(Graph(), graph))
        assert [node.ref for node in store.nodes() if node.label == "Task"] == refs
        assert graph_of(store) == graph

    def test_papers_are_found_by_key_and_by_title(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        found = store.papers([PAPER.key, OTHER.key, "arxiv:0"])
        assert sorted(found) == [PAPER.key, OTHER.key]
        assert paper_node(found[PAPER.key].paper) == little_graph().nodes[PAPER]
        assert found[OTHER.key].extracted["paperkg"].run == run_node(RUN).key
        assert found[OTHER.key].extracted["paperkg"].facts == '{"entities":[]}'
        assert list(store.papers(["title:2"])) == [PAPER.key]
        assert list(store.paper_keys()) == [PAPER.key, OTHER.key]

    def test_runs_are_found_by_key(self, make_store: MakeStore) -> None:
        store, key = self._filled(make_store), run_node(RUN).key
        assert store.runs([key, "run:0"]) == {key: RUN}
        assert store.papers_by_run(key) == [PAPER.key, OTHER.key]

    def test_owned_is_what_the_model_says(self, make_store: MakeStore) -> None:
        store, model = self._filled(make_store), MemoryStore()
        model.apply(difference(Graph(), little_graph()))
        for papers in ([PAPER.key], [OTHER.key], [PAPER.key, OTHER.key], ["arxiv:0"]):
            _assert_same(store.owned(papers), model.owned(papers))
        assert edge("OUTPERFORMS", MODEL, COUSIN, evidence(PAPER)).id in store.owned([PAPER.key]).relationships

    def test_assigned_follows_names_and_families(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        of_model = {
            Assigned(Appearance("Model", "TinyNet-2B", ("TinyNet-2B", "our model")), MODEL),
            Assigned(Appearance("Model", "TinyNet-2B", ("TinyNet-2B",)), MODEL),
        }
        of_cousin = {
            Assigned(Appearance("Model", "TinyNet-7B", ("TinyNet-7B",)), COUSIN),
            Assigned(Appearance("Model", "TN7", ("TN7", "tn 7")), COUSIN),
        }
        for name in ("TinyNet", "TinyNet-2B", "TinyNet-7B"):
            assert store.assigned([name_key("Model", name)]) == of_model | of_cousin
        assert store.assigned([name_key("Model", "TinyNet")], without=[PAPER.key]) == of_cousin
        assert store.assigned([name_key("Author", "Ada Writer")]) == {Assigned(Appearance("Author", "Ada Writer", ("Ada Writer",)), AUTHOR)}
        assert store.assigned([name_key("Metric", "accuracy")]) == {Assigned(Appearance("Metric", "accuracy", ("accuracy",)), METRIC)}
        assert store.assigned(["title:1", "Model:nobody"]) == set()

    def test_papers_by_appearance_are_what_the_model_says(self, make_store: MakeStore) -> None:
        store, model = self._filled(make_store), MemoryStore()
        model.apply(difference(Graph(), little_graph()))
        for change in (Change(), said_by_both()):
            store.apply(change)
            model.apply(change)
            for refs in ([MODEL], [COUSIN, AUTHOR, METRIC], [FAMILY]):
                assert store.papers_by_appearance(refs) == model.papers_by_appearance(refs)
        appearance = Appearance("Model", "TN7", ("TN7", "tn 7"))
        assert store.papers_by_appearance([COUSIN])[Assigned(appearance, COUSIN)] == {OTHER.key}
        both = store.papers_by_appearance([MODEL, AUTHOR, METRIC])
        for appearance, ref in (
            (Appearance("Model", "TinyNet-2B", ("TinyNet-2B",)), MODEL),
            (Appearance("Author", "Ada Writer", ("Ada Writer",)), AUTHOR),
            (Appearance("Metric", "accuracy", ("accuracy",)), METRIC),
        ):
            assert both[Assigned(appearance, ref)] == {PAPER.key, OTHER.key}

    def test_used_nodes_come_with_the_number_of_their_papers(self, make_store: MakeStore) -> None:
        store, graph = self._filled(make_store), little_graph()
        assert sorted(store.used("Model"), key=lambda one: one[0].key) == [(graph.nodes[MODEL], 1), (graph.nodes[COUSIN], 1)]
        assert list(store.used("Author")) == [(graph.nodes[AUTHOR], 1)]
        assert list(store.used("Metric")) == [(graph.nodes[METRIC], 1)]
        assert list(store.used("Organization")) == []
        store.apply(said_by_both())
        assert sorted(store.used("Model"), key=lambda one: one[0].key) == [(graph.nodes[MODEL], 2), (graph.nodes[COUSIN], 1)]
        assert list(store.used("Author")) == [(graph.nodes[AUTHOR], 2)]

    def test_named_gives_nodes_names_and_families(self, make_store: MakeStore) -> None:
        store, model = self._filled(make_store), MemoryStore()
        model.apply(difference(Graph(), little_graph()))
        for refs in ([MODEL], [FAMILY, AUTHOR], [Ref("Model", "nobody")]):
            _assert_same(store.named(refs), model.named(refs))

    def test_beside_is_what_the_model_says(self, make_store: MakeStore) -> None:
        store, model = self._filled(make_store), MemoryStore()
        model.apply(difference(Graph(), little_graph()))
        for refs in ([MODEL], [PAPER, METRIC], [REPOSITORY, run_node(RUN).ref], [Ref("Model", "nobody")], []):
            _assert_same(store.beside(refs), model.beside(refs))

    def test_papers_on_a_node(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        assert store.papers_on([MODEL]) == {PAPER.key}
        assert store.papers_on([COUSIN, AUTHOR, METRIC]) == {PAPER.key, OTHER.key}
        assert store.papers_on([FAMILY]) == set()
        store.apply(said_by_both())
        for ref in (MODEL, AUTHOR, METRIC):
            assert store.papers_on([ref]) == {PAPER.key, OTHER.key}

    def test_decisions_are_replaced_and_kept(self, make_store: MakeStore) -> None:
        store = make_store()
        first = Decision(1, "same", "Model", "a\n\u2028b", "\N{GRINNING FACE}", 'because "so" e\u0301')
        second = Decision(2, "apart", "Model", "a", "c", "two things")
        store.decide([second, first])
        assert make_store().decisions() == [first, second]
        store.decide([second])
        assert make_store().decisions() == [second]
        assert list(store.nodes()) == []

    def test_decisions_that_the_graph_is_resolved_with_are_kept_beside_the_log(self, make_store: MakeStore) -> None:
        store, decision = make_store(), Decision(1, "same", "Model", "a", "b", "so")
        store.decide([decision])
        assert store.decisions(settled=True) == []
        store.decide([decision], settled=True)
        store.decide([])
        assert make_store().decisions(settled=True) == [decision]
        assert make_store().decisions() == []

    def test_writers_that_want_to_be_alone_wait_for_each_other(self, make_store: MakeStore) -> None:
        store = make_store()

        def work(one: Store) -> None:
            for _ in range(5):
                with one.alone(), one.alone():
                    log = one.decisions()
                    one.decide([*log, Decision(len(log) + 1, "same", "Model", "a", "b", "so")])

        threads = [threading.Thread(target=work, args=(one,)) for one in (store, make_store())]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [one.number for one in store.decisions()] == [*range(1, 11)]

    def test_writer_that_is_alone_keeps_others_out_until_it_leaves(self, make_store: MakeStore) -> None:
        def enter(one: Store, tried: threading.Event, inside: threading.Event) -> None:
            tried.set()
            with one.alone():
                inside.set()

        store = make_store()
        for other in (store, make_store()):
            tried, inside = threading.Event(), threading.Event()
            thread = threading.Thread(target=enter, args=(other, tried, inside))
            with store.alone(), store.alone():
                thread.start()
                assert tried.wait(_LONG)
                assert not inside.wait(_MOMENT)
            assert inside.wait(_LONG)
            thread.join()

    def test_query_reads_and_refuses_writes(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        count = "MATCH (p:Paper) RETURN count(p) AS papers"
        if not self.has_cypher:
            _raised(QueryError, lambda: store.query(count))
            return
        assert store.query(count).columns == ("papers",)
        assert store.query(count).rows == ((2,),)
        _raised(ReadOnlyError, lambda: store.query("MATCH (p:Paper) SET p.title = 'x'"))
        _raised(QueryError, lambda: store.query("MATCH (p:Paper RETURN p"))
        assert graph_of(store) == little_graph()

    def test_query_gives_python_values_and_says_where_it_was_cut(self, make_store: MakeStore) -> None:
        if not self.has_cypher:
            return
        store = self._filled(make_store)
        row = store.query(
            "MATCH (p:Paper {key: $key}) RETURN p.published, p.upvotes, p.authors, p.none, {a: 1.5}, $flag",
            {"key": PAPER.key, "flag": True},
        )
        assert row.rows == ((date(2024, 1, 31), 7, ["Ada Writer"], None, {"a": 1.5}, True),)
        cut = store.query("UNWIND range(1, 10) AS n RETURN n", rows=3)
        assert (cut.rows, cut.truncated) == (((1,), (2,), (3,)), True)
        assert not store.query("UNWIND range(1, 3) AS n RETURN n", rows=3).truncated

    def test_close_may_be_called_twice(self, make_store: MakeStore) -> None:
        store = make_store()
        store.close()
        store.close()
