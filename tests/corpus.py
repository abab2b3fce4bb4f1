"""Nine made-up papers and what there is to find in each: a small graph whose every row can be worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Entity, Evidence, Extraction, Field, Link, Mention, Record, Relation, Result, Run, Text
from kg.pipeline import Pipeline
from kg.ports import Store
from kg.resolve import NameResolver
from kg.testing.sources import RecordedSource

__all__ = ["PAPERS", "Script", "Scripted", "fill"]


@dataclass(frozen=True)
class Script:
    """A record, and what an extractor finds in it.

    entities: TYPE role surface|surface; results: quote, value, kind, unit, metric, subject, benchmark, baseline (- for none);
    relations: head TYPE tail; links: url kind role. Fields are separated by `;`.
    """

    record: Record
    entities: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def _paper(arxiv: str, title: str, abstract: str, day: date | None, **more: object) -> Record:
    plain = Record("arxiv", title, abstract, arxiv_id=arxiv, published=day)
    return replace(plain, **more)  # type: ignore[arg-type]


PAPERS = (
    Script(
        _paper(
            "2401.00001", "Stepwise: reasoning one step at a time",
            "We introduce Stepwise Prompting (SWP), which lets a model reason in steps. On SumBench, SWP with Ostrich-62B gets "
            "56.9% accuracy. Code: https://github.com/example/stepwise.",
            date(2024, 1, 10), upvotes=40, authors=("Ada Writer", "Bo Reader"), organization="Acme Research", organization_handle="acme",
        ),
        ("METHOD;proposes;Stepwise Prompting|SWP", "MODEL;uses;Ostrich-62B", "BENCHMARK;evaluates_on;SumBench", "METRIC;reports;accuracy"),
        ("56.9%;56.9;absolute;%;accuracy;Stepwise Prompting;SumBench;-",),
        (),
        ("https://github.com/example/stepwise;code;official",),
    ),
    Script(
        _paper(
            "2402.00002", "TreeWalk for arithmetic reasoning",
            "TreeWalk extends Stepwise Prompting to trees for arithmetic reasoning. It reaches 74.0% accuracy on SumBench and "
            "beats Stepwise Prompting by 12.5 points on ProofBench. We run Ostrich-62B, with https://github.com/other/tools.",
            date(2024, 2, 1), upvotes=12, authors=("Bo Reader",),
        ),
        (
            "METHOD;proposes;TreeWalk", "METHOD;compares;Stepwise Prompting", "MODEL;uses;Ostrich-62B",
            "TASK;addresses;arithmetic reasoning", "BENCHMARK;evaluates_on;SumBench", "BENCHMARK;evaluates_on;ProofBench",
            "METRIC;reports;accuracy",
        ),
        (
            "74.0%;74.0;absolute;%;accuracy;TreeWalk;SumBench;-",
            "12.5 points;12.5;relative;points;accuracy;TreeWalk;ProofBench;Stepwise Prompting",
        ),
        ("TreeWalk;BASED_ON;Stepwise Prompting", "TreeWalk;OUTPERFORMS;Stepwise Prompting", "TreeWalk;INTRODUCES_FOR;arithmetic reasoning"),
        ("https://github.com/other/tools;code;related",),
    ),
    Script(
        _paper(
            "2402.00003", "QuizBench: questions that nobody wrote down",
            "QuizBench is a benchmark for question answering. The best model, Ostrich-62B, answers 61.5% of it, which is its accuracy. "
            "Data: https://huggingface.co/datasets/example/quizbench.",
            date(2024, 2, 1), upvotes=12, organization="Acme Research", organization_handle="acme",
        ),
        (
            "BENCHMARK;proposes;QuizBench", "MODEL;uses;Ostrich-62B", "TASK;addresses;question answering", "METRIC;reports;accuracy",
        ),
        ("61.5%;61.5;absolute;%;accuracy;Ostrich-62B;QuizBench;-",),
        ("QuizBench;INTRODUCES_FOR;question answering",),
        ("https://huggingface.co/datasets/example/quizbench;dataset;official",),
    ),
    Script(
        _paper(
            "2403.00004", "TinyNet",
            "We release TinyNet-2B and TinyNet-7B, built on Ostrich-62B. TinyNet-7B outperforms Ostrich-62B on QuizBench with 70.2% "
            "accuracy. TinyNet-2B has a perplexity of 5.2 on WordPile. Code: https://github.com/example/tinynet.",
            date(2024, 3, 5), upvotes=90, authors=("Cy Maker",), organization="Acme Research", organization_handle="acme",
        ),
        (
            "MODEL;proposes;TinyNet-2B", "MODEL;proposes;TinyNet-7B", "MODEL;compares;Ostrich-62B", "BENCHMARK;evaluates_on;QuizBench",
            "BENCHMARK;evaluates_on;WordPile", "METRIC;reports;accuracy", "METRIC;reports;perplexity",
        ),
        (
            "70.2%;70.2;absolute;%;accuracy;TinyNet-7B;QuizBench;Ostrich-62B",
            "5.2;5.2;absolute;-;perplexity;TinyNet-2B;WordPile;-",
        ),
        (
            "TinyNet-7B;BASED_ON;Ostrich-62B", "TinyNet-2B;BASED_ON;Ostrich-62B", "TinyNet-7B;OUTPERFORMS;Ostrich-62B",
        ),
        ("https://github.com/example/tinynet;code;official",),
    ),
    Script(
        Record(
            "listing", "After TinyNet",
            "We prompt TinyNet with SWP for arithmetic reasoning. tiny-net 2b scores 65.0% on sum-bench and a perplexity of "
            "4.8 on WordPile.",
            listed=date(2024, 3, 20), upvotes=15, author_count=3,
        ),
        (
            "METHOD;uses;SWP", "MODEL;uses;tiny-net 2b", "MODEL;uses;TinyNet", "TASK;addresses;arithmetic reasoning",
            "BENCHMARK;evaluates_on;sum-bench", "BENCHMARK;evaluates_on;WordPile", "METRIC;reports;perplexity",
        ),
        ("65.0%;65.0;absolute;%;-;tiny-net 2b;sum-bench;-", "4.8;4.8;absolute;-;perplexity;tiny-net 2b;WordPile;-"),
    ),
    Script(
        _paper(
            "2403.00006", "What do we know about explainability?",
            "A survey of explainability. Stepwise Prompting is only one way to show a reason.",
            date(2024, 3, 20),
        ),
        ("TASK;addresses;explainability", "METHOD;mentions;Stepwise Prompting"),
    ),
    Script(
        _paper(
            "2404.00007", "SlowDecode",
            "SlowDecode applies TreeWalk to question answering and is 2 to 3 times slower than TreeWalk. It needs no code.",
            date(2024, 4, 2), upvotes=3,
        ),
        ("METHOD;proposes;SlowDecode", "METHOD;compares;TreeWalk", "TASK;addresses;question answering"),
        ("2 to 3 times;2;relative;x;-;SlowDecode;-;TreeWalk",),
        ("SlowDecode;BASED_ON;TreeWalk",),
    ),
    Script(
        Record("listing", "Undated notes on SumBench", "Notes on SumBench, ProofBench and TreeWalk, without a date."),
        ("BENCHMARK;evaluates_on;SumBench", "BENCHMARK;evaluates_on;ProofBench", "METHOD;uses;TreeWalk"),
    ),
    Script(
        _paper(
            "2404.00009", "SumBench 2024: the same sums again",
            "SumBench-2024 renews SumBench. Stepwise Prompting falls to 31.0% accuracy there.",
            date(2024, 4, 3), upvotes=7, organization="Acme Research", organization_handle="acme",
        ),
        ("BENCHMARK;proposes;SumBench-2024", "BENCHMARK;mentions;SumBench", "METHOD;uses;Stepwise Prompting", "METRIC;reports;accuracy"),
        ("31.0%;31.0;absolute;%;accuracy;Stepwise Prompting;SumBench-2024;-",),
    ),
)  # fmt: skip

_HIGHER = {"2 to 3 times": 3.0}


def _place(text: Text, surface: str) -> tuple[Field, int]:
    """Where a surface first stands: in the title, else in the abstract, not inside a longer word."""
    fields: tuple[Field, Field] = ("title", "abstract")
    for name in fields:
        at = text.field(name).find(surface)
        if at >= 0:
            return name, at
    raise ValueError(f"{surface!r} is not in {text.title!r}")


def _evidence(text: Text, surface: str, beside: str = "") -> Evidence:
    """The sentence of a surface; where `beside` is given, the first of the abstract that holds both, if one does."""
    field, at = _place(text, surface)
    body = text.field(field)
    for start, end in _sentences(text.abstract) if beside else ():
        if surface in text.abstract[start:end] and beside in text.abstract[start:end]:
            field, body, at = "abstract", text.abstract, text.abstract.index(surface, start)
            break
    start, end = next((start, end) for start, end in _sentences(body) if start <= at < end)
    return Evidence(field, body[start:end], start, end, at, at + len(surface))


def _sentences(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(body):
        stop = body.find(". ", start)
        end = len(body) if stop < 0 else stop + 1
        yield start, end
        start = end + 1


class Scripted:
    """An extractor that finds what the scripts say."""

    def __init__(self, papers: Iterable[Script] = PAPERS, name: str = "scripted", version: str = "1") -> None:
        self.run = Run(name, version, ("script@1",))
        self._scripts = {script.record.title: script for script in papers}

    def extract(self, texts: Iterable[Text]) -> Iterator[Extraction]:
        for text in texts:
            script = self._scripts[text.title]
            yield Extraction(
                text.key,
                tuple(_entity(text, *line.split(";")) for line in script.entities),
                tuple(_result(text, *line.split(";")) for line in script.results),
                tuple(_relation(text, *line.split(";")) for line in script.relations),
                tuple(_link(text, *line.split(";")) for line in script.links),
            )


def _entity(text: Text, kind: str, role: str, surfaces: str) -> Entity:
    names = surfaces.split("|")
    mentions = []
    for name in names:
        field, at = _place(text, name)
        mentions.append(Mention(name, field, at, at + len(name)))
    confidence = {"proposes": 0.95, "mentions": 0.5}.get(role, 0.8)
    return Entity(names[0], kind, role, tuple(mentions), _evidence(text, names[0]), confidence)  # type: ignore[arg-type]


def _result(text: Text, *line: str) -> Result:
    quote, value, kind, *rest = line
    unit, metric, subject, benchmark, baseline = (None if word == "-" else word for word in rest)
    return Result(
        float(value), kind, quote, _evidence(text, quote), 0.9, value_high=_HIGHER.get(quote),  # type: ignore[arg-type]
        unit=unit, metric=metric, subject=subject, benchmark=benchmark, baseline=baseline,
    )  # fmt: skip


def _relation(text: Text, head: str, kind: str, tail: str) -> Relation:
    return Relation(head, kind, tail, _evidence(text, head, tail), 0.7)  # type: ignore[arg-type]


def _link(text: Text, url: str, kind: str, role: str) -> Link:
    return Link(url, kind, role, _evidence(text, url), 0.99)  # type: ignore[arg-type]


def fill(store: Store, papers: Iterable[Script] = PAPERS, extractors: Iterable[str] = ("scripted",)) -> None:
    """Build the graph of the papers, as extractors of these names find it: all of them the same."""
    found = tuple(papers)
    for name in extractors:
        Pipeline(store, NameResolver()).build([RecordedSource([script.record for script in found])], [Scripted(found, name)])
