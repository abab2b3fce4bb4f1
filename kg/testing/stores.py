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
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from kg.errors import PaperKGError, QueryError, ReadOnlyError, StoreError, UsageError
from kg.graph import Change, Graph, Node, Ref, Relationship, difference
from kg.ids import name_key
from kg.model import Appearance, Paper, Run
from kg.nodes import paper_node, run_node
from kg.ports import Assigned, Decision, Store
from kg.schema import SHARED_LABELS
from kg.testing.memory import MemoryStore

__all__ = ["MakeStore", "MemoryStore", "StoreConformance", "graph_of", "little_graph"]

MakeStore = Callable[[], Store]
E = TypeVar("E", bound=PaperKGError)

PAPER, OTHER = Ref("Paper", "arxiv:2401.00001"), Ref("Paper", "title:00aa")
MODEL, FAMILY, COUSIN = Ref("Model", "tinynet 2b"), Ref("Model", "tinynet"), Ref("Model", "tinynet 7b")
BENCHMARK, AUTHOR, METRIC = Ref("Benchmark", "quizbench"), Ref("Author", "ada writer"), Ref("Metric", "accuracy")
RESULT, REPOSITORY = Ref("Result", "result:1"), Ref("Repository", "github.com/ada/tinynet")
RUN = Run("paperkg", "1", ("sentences 1",), "", {"engine": "fast"})


def _evidence(paper: Ref, extractor: str = "paperkg", **more: str | int | float | bool | tuple[str, ...]) -> dict[str, object]:
    return {
        "paper": paper.key, "extractor": extractor, "run": "run:1",
        "field": "abstract", "evidence": "TinyNet-2B gets 61.5 \N{GRINNING FACE}.", "start": 0, "end": 22,
        "mention_start": 0, "mention_end": 10, "confidence": 0.9, **more,
    }  # fmt: skip


def _edge(kind: str, start: Ref, end: Ref, properties: Mapping[str, object] | None = None) -> Relationship:
    return Relationship(kind, start, end, properties or {})  # type: ignore[arg-type]


def _named(ref: Ref, name: str) -> list[Node | Relationship]:
    key = name_key(ref.label, name)
    return [
        Node(*ref, {"name": name, "aliases": (name,), "ambiguous": False}),
        Node("Name", key, {"surface": name, "folded": key.partition(":")[2]}),
        _edge("NAMES", Ref("Name", key), ref),
    ]


def little_graph() -> Graph:
    """Two papers, their entities, a result, a repository and what joins them: every kind of value and of relationship."""
    first = Paper(
        PAPER.key, ("title:1", "title:2"), "TinyNet: \u201csmall\u201d", "TinyNet-2B gets 61.5 \N{GRINNING FACE}.", "arxiv",
        published=date(2024, 1, 31), arxiv_id="2401.00001", upvotes=7, authors=("Ada Writer",), sources=("arxiv", "listing"),
    )  # fmt: skip
    second = Paper(OTHER.key, (OTHER.key,), "After TinyNet", "", "listing", sources=("listing",))
    graph = Graph.of([paper_node(first), paper_node(second), run_node(RUN)])
    run = run_node(RUN).ref
    for paper in (first, second):
        for key in paper.title_keys:
            graph.add(Node("Name", key), _edge("NAMES", Ref("Name", key), Ref("Paper", paper.key), {"paper": paper.key}))
        read = {"paper": paper.key, "extractor": "paperkg", "text": "hash", "facts": '{"entities":[]}'}
        graph.add(_edge("EXTRACTED_BY", Ref("Paper", paper.key), run, read))
    for ref, name in ((MODEL, "TinyNet-2B"), (FAMILY, "TinyNet"), (COUSIN, "TinyNet-7B"), (BENCHMARK, "QuizBench"), (METRIC, "accuracy")):
        graph.add(*_named(ref, name))
    graph.add(*_named(AUTHOR, "Ada Writer"))
    graph.add(
        _edge("VARIANT_OF", MODEL, FAMILY),
        _edge("VARIANT_OF", COUSIN, FAMILY),
        _edge("PROPOSES", PAPER, MODEL, _evidence(PAPER, name="TinyNet-2B", surfaces=("TinyNet-2B", "our model"))),
        _edge("USES", PAPER, MODEL, _evidence(PAPER, "other", name="TinyNet-2B", surfaces=("TinyNet-2B",))),
        _edge("USES", OTHER, COUSIN, _evidence(OTHER, name="a", surfaces=("a", "b"), groups=("TinyNet-7B\tTinyNet-7B", "TN7\tTN7\ttn 7"))),
        _edge("EVALUATED_ON", PAPER, BENCHMARK, _evidence(PAPER, name="QuizBench", surfaces=("QuizBench",))),
        _edge("EVALUATED_ON", MODEL, BENCHMARK, _evidence(PAPER)),
        _edge("OUTPERFORMS", MODEL, COUSIN, _evidence(PAPER)),
        _edge("AUTHORED", AUTHOR, PAPER, {"paper": PAPER.key, "position": 1, "name": "Ada Writer", "surfaces": ("Ada Writer",)}),
        Node(*RESULT, {"value": 61.5, "kind": "absolute", "metric": "accuracy", **_evidence(PAPER)}),  # type: ignore[dict-item]
        _edge("REPORTS", PAPER, RESULT, _evidence(PAPER)),
        _edge("OF", RESULT, MODEL, _evidence(PAPER)),
        _edge("ON", RESULT, BENCHMARK, _evidence(PAPER)),
        _edge("MEASURED_BY", RESULT, METRIC, _evidence(PAPER, name="accuracy", surfaces=("accuracy",))),
        Node(*REPOSITORY, {"url": "https://github.com/ada/tinynet", "host": "github.com"}),
        _edge("HAS_CODE", PAPER, REPOSITORY, _evidence(PAPER, official=True)),
        _edge("HAS_CODE", OTHER, REPOSITORY, _evidence(OTHER, official=False)),
    )
    return graph


def graph_of(store: Store) -> Graph:
    """All that a store holds."""
    return Graph.of([*store.nodes(), *store.relationships()])


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

    def test_second_handle_sees_what_the_first_wrote(self, make_store: MakeStore) -> None:
        self._filled(make_store)
        assert graph_of(make_store()) == little_graph()

    def test_same_change_twice_changes_nothing(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        store.apply(difference(Graph(), little_graph()))
        assert graph_of(store) == little_graph()

    def test_properties_are_replaced_not_merged(self, make_store: MakeStore) -> None:
        store, graph = self._filled(make_store), little_graph()
        edge = _edge("OUTPERFORMS", MODEL, COUSIN, {"paper": PAPER.key, "extractor": "paperkg", "confidence": 0.5})
        graph.add(Node(*REPOSITORY, {"host": "github.com"}), edge)
        store.apply(difference(little_graph(), graph))
        assert graph_of(store) == graph

    def test_deleted_relationship_leaves_its_parallels(self, make_store: MakeStore) -> None:
        store, graph = self._filled(make_store), little_graph()
        gone = _edge("USES", PAPER, MODEL, _evidence(PAPER, "other"))
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
        stray = _edge("BASED_ON", MODEL, Ref("Method", "nowhere"), _evidence(PAPER))
        change = Change(nodes=(Node("Task", "new"),), relationships=(stray,), deleted_nodes=(RESULT,))
        _raised(StoreError, lambda: store.apply(change))
        assert graph_of(store) == little_graph()

    def test_label_or_type_that_is_not_in_the_schema_is_refused(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        _raised(UsageError, lambda: store.apply(Change(nodes=(Node("Paper) DETACH DELETE (n", "x"),))))
        _raised(UsageError, lambda: store.apply(Change(relationships=(_edge("R]->() DELETE n//", MODEL, FAMILY),))))
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
        )
        for number, text in enumerate(texts):
            graph.add(Node("Task", f"{text}{number}", {"name": text, "aliases": (text, text)}))
        store.apply(difference(Graph(), graph))
        assert graph_of(store) == graph

    def test_keys_come_in_the_order_of_code_points(self, make_store: MakeStore) -> None:
        store = make_store()
        keys = ["B", "a", "Z", "~", "é", "\uff5e", "\N{GRINNING FACE}", "aa", "a b", "中"]
        store.apply(Change(nodes=tuple(Node("Task", key, {"name": key}) for key in keys)))
        assert [node.key for node in store.nodes()] == sorted(keys)

    def test_many_nodes_come_completely_and_in_order(self, make_store: MakeStore) -> None:
        store = make_store()
        graph = Graph.of(Node("Task", f"task {number % 7} {number}", {"name": "x" * 50}) for number in range(2500))
        refs = sorted(graph.nodes)
        graph.add(
            *(_edge("BASED_ON", MODEL, COUSIN, _evidence(Ref("Paper", f"arxiv:{n}"))) for n in range(1500)), Node(*MODEL), Node(*COUSIN)
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
            assert store.owned(papers) == model.owned(papers)
        assert _edge("OUTPERFORMS", MODEL, COUSIN, _evidence(PAPER)).id in store.owned([PAPER.key]).relationships

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
        for refs in ([MODEL], [COUSIN, AUTHOR, METRIC], [FAMILY]):
            assert store.papers_by_appearance(refs) == model.papers_by_appearance(refs)
        appearance = Appearance("Model", "TN7", ("TN7", "tn 7"))
        assert store.papers_by_appearance([COUSIN])[Assigned(appearance, COUSIN)] == {OTHER.key}

    def test_used_nodes_come_with_the_number_of_their_papers(self, make_store: MakeStore) -> None:
        store, graph = self._filled(make_store), little_graph()
        assert sorted(store.used("Model"), key=lambda one: one[0].key) == [(graph.nodes[MODEL], 1), (graph.nodes[COUSIN], 1)]
        assert list(store.used("Author")) == [(graph.nodes[AUTHOR], 1)]
        assert list(store.used("Metric")) == [(graph.nodes[METRIC], 1)]
        assert list(store.used("Organization")) == []

    def test_named_gives_nodes_names_and_families(self, make_store: MakeStore) -> None:
        store, model = self._filled(make_store), MemoryStore()
        model.apply(difference(Graph(), little_graph()))
        for refs in ([MODEL], [FAMILY, AUTHOR], [Ref("Model", "nobody")]):
            assert store.named(refs) == model.named(refs)

    def test_beside_is_what_the_model_says(self, make_store: MakeStore) -> None:
        store, model = self._filled(make_store), MemoryStore()
        model.apply(difference(Graph(), little_graph()))
        for refs in ([MODEL], [PAPER, METRIC], [REPOSITORY, run_node(RUN).ref], [Ref("Model", "nobody")], []):
            assert store.beside(refs) == model.beside(refs)

    def test_papers_on_a_node(self, make_store: MakeStore) -> None:
        store = self._filled(make_store)
        assert store.papers_on([MODEL]) == {PAPER.key}
        assert store.papers_on([COUSIN, AUTHOR, METRIC]) == {PAPER.key, OTHER.key}
        assert store.papers_on([FAMILY]) == set()

    def test_decisions_are_replaced_and_kept(self, make_store: MakeStore) -> None:
        store = make_store()
        first = Decision(1, "same", "Model", "a\n\u2028b", "\N{GRINNING FACE}", 'because "so"')
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
