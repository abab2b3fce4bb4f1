"""The little graph that the conformance suite of stores writes: every kind of value and of relationship."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.graph import Change, Graph, Node, Ref, Relationship
from kg.ids import name_key
from kg.model import Paper, Run
from kg.nodes import paper_node, run_node

__all__ = [
    "AUTHOR",
    "BENCHMARK",
    "COUSIN",
    "FAMILY",
    "METRIC",
    "MODEL",
    "OTHER",
    "PAPER",
    "REPOSITORY",
    "RESULT",
    "RUN",
    "edge",
    "evidence",
    "little_graph",
    "said_by_both",
]

PAPER, OTHER = Ref("Paper", "arxiv:2401.00001"), Ref("Paper", "title:00aa")
MODEL, FAMILY, COUSIN = Ref("Model", "tinynet 2b"), Ref("Model", "tinynet"), Ref("Model", "tinynet 7b")
BENCHMARK, AUTHOR, METRIC = Ref("Benchmark", "quizbench"), Ref("Author", "ada writer"), Ref("Metric", "accuracy")
RESULT, REPOSITORY = Ref("Result", "result:1"), Ref("Repository", "github.com/ada/tinynet")
RUN = Run("paperkg", "1", ("sentences 1",), "", {"engine": "fast"})


def evidence(paper: Ref, extractor: str = "paperkg", **more: str | int | float | bool | tuple[str, ...]) -> dict[str, object]:
    """What every extracted relationship of a paper carries."""
    return {
        "paper": paper.key, "extractor": extractor, "run": "run:1",
        "field": "abstract", "evidence": "TinyNet-2B gets 62.0 \N{GRINNING FACE}.", "start": 0, "end": 22,
        "mention_start": 0, "mention_end": 10, "confidence": 0.9, **more,
    }  # fmt: skip


def edge(kind: str, start: Ref, end: Ref, properties: Mapping[str, object] | None = None) -> Relationship:
    """One relationship, of whatever type."""
    return Relationship(kind, start, end, properties or {})  # type: ignore[arg-type]


def _named(ref: Ref, name: str) -> list[Node | Relationship]:
    key = name_key(ref.label, name)
    return [
        Node(*ref, {"name": name, "aliases": (name,), "ambiguous": False}),
        Node("Name", key, {"surface": name, "folded": key.partition(":")[2]}),
        edge("NAMES", Ref("Name", key), ref),
    ]


def little_graph() -> Graph:
    """Two papers, their entities, a result, a repository and what joins them: every kind of value and of relationship."""
    first = Paper(
        PAPER.key, ("title:1", "title:2"), "TinyNet: \u201csmall\u201d", "TinyNet-2B gets 62.0 \N{GRINNING FACE}.", "arxiv",
        published=date(2024, 1, 31), arxiv_id="2401.00001", upvotes=7, authors=("Ada Writer",), sources=("arxiv", "listing"),
    )  # fmt: skip
    second = Paper(OTHER.key, (OTHER.key,), "After TinyNet", "", "listing", sources=("listing",))
    graph = Graph.of([paper_node(first), paper_node(second), run_node(RUN)])
    run = run_node(RUN).ref
    for paper in (first, second):
        for key in paper.title_keys:
            graph.add(Node("Name", key), edge("NAMES", Ref("Name", key), Ref("Paper", paper.key), {"paper": paper.key}))
        read = {"paper": paper.key, "extractor": "paperkg", "text": "hash", "facts": '{"entities":[]}'}
        graph.add(edge("EXTRACTED_BY", Ref("Paper", paper.key), run, read))
    for ref, name in ((MODEL, "TinyNet-2B"), (FAMILY, "TinyNet"), (COUSIN, "TinyNet-7B"), (BENCHMARK, "QuizBench"), (METRIC, "accuracy")):
        graph.add(*_named(ref, name))
    graph.add(*_named(AUTHOR, "Ada Writer"))
    graph.add(
        edge("VARIANT_OF", MODEL, FAMILY),
        edge("VARIANT_OF", COUSIN, FAMILY),
        edge("PROPOSES", PAPER, MODEL, evidence(PAPER, name="TinyNet-2B", surfaces=("TinyNet-2B", "our model"))),
        edge("USES", PAPER, MODEL, evidence(PAPER, "other", name="TinyNet-2B", surfaces=("TinyNet-2B",))),
        edge("USES", OTHER, COUSIN, evidence(OTHER, name="a", surfaces=("a", "b"), groups=("TinyNet-7B\tTinyNet-7B", "TN7\tTN7\ttn 7"))),
        edge("EVALUATED_ON", PAPER, BENCHMARK, evidence(PAPER, name="QuizBench", surfaces=("QuizBench",))),
        edge("EVALUATED_ON", MODEL, BENCHMARK, evidence(PAPER)),
        edge("OUTPERFORMS", MODEL, COUSIN, evidence(PAPER)),
        edge("AUTHORED", AUTHOR, PAPER, {"paper": PAPER.key, "position": 1, "name": "Ada Writer", "surfaces": ("Ada Writer",)}),
        Node(*RESULT, {"value": 62.0, "kind": "absolute", "metric": "accuracy", **evidence(PAPER)}),  # type: ignore[dict-item]
        edge("REPORTS", PAPER, RESULT, evidence(PAPER)),
        edge("OF", RESULT, MODEL, evidence(PAPER)),
        edge("ON", RESULT, BENCHMARK, evidence(PAPER)),
        edge("MEASURED_BY", RESULT, METRIC, evidence(PAPER, name="accuracy", surfaces=("accuracy",))),
        Node(*REPOSITORY, {"url": "https://github.com/ada/tinynet", "host": "github.com"}),
        edge("HAS_CODE", PAPER, REPOSITORY, evidence(PAPER, official=True, confidence=1.0)),
        edge("HAS_CODE", OTHER, REPOSITORY, evidence(OTHER, official=False)),
    )
    return graph


def said_by_both() -> Change:
    """What makes each appearance of the first paper one of the second as well, at either end of what carries it."""
    return Change(
        relationships=(
            edge("USES", OTHER, MODEL, evidence(OTHER, name="TinyNet-2B", surfaces=("TinyNet-2B",))),
            edge("AUTHORED", AUTHOR, OTHER, {"paper": OTHER.key, "position": 1, "name": "Ada Writer", "surfaces": ("Ada Writer",)}),
            edge("MEASURED_BY", RESULT, METRIC, evidence(OTHER, name="accuracy", surfaces=("accuracy",))),
        )
    )
