import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from extractors.engine import PaperExtractor, load_engine
from extractors.judgement import Judgement
from extractors.metrics import candidates
from extractors.quantities import quantities
from extractors.reading import Reading
from extractors.scene import Scene
from extractors.taggers import TaggedSpan, load
from kg.model import Text
from kg.testing.extractors import PAPERS, ExtractorConformance, faults

#: Texts of a given length that invite regular expressions and pairwise comparisons to go wrong.
LONG: dict[str, Callable[[int], str]] = {
    "one sentence": lambda n: " ".join(
        ("we propose GraphNet a novel attention reaching 91.2% accuracy on ImageNet " * n).split()[: n // 6]
    ),
    "definitions": lambda n: " ".join(f"Long Form Name{k} (LFN{k})" for k in range(n // 25)),
    "one definition": lambda n: "Alpha Beta Gamma (ABG) " * (n // 23),
    "numbers": lambda n: " ".join(f"{k}.5%" for k in range(n // 7)),
    "list": lambda n: "12.5/" * (n // 5),
    "open brackets": lambda n: "(" * n,
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "braces": lambda n: "{" * n,
    "backslashes": lambda n: "\\" * n,
    "digits": lambda n: "1" * n,
    "digits and dots": lambda n: "1." * (n // 2),
    "hyphens": lambda n: "a-" * (n // 2),
    "addresses": lambda n: "http://www." * (n // 11),
    "one address": lambda n: "https://github.com/" + "a/" * (n // 2),
    "spaces": lambda n: " " * n + "x",
    "lines": lambda n: "\n" * n + "x",
    "latex": lambda n: r"$\mathcal{O}(n^{2})$ $2.5\times$ " * (n // 32),
    "chinese": lambda n: "我们提出了一种新的方法。" * (n // 12),
    "families": lambda n: "👩‍👩‍👧‍👦 " * (n // 8),
}


@pytest.fixture(scope="module", params=["fast", "accurate"])
def extractor(request: pytest.FixtureRequest) -> PaperExtractor:
    return load_engine(request.param)


@pytest.fixture(scope="module")
def fast() -> PaperExtractor:
    return load_engine("fast")


class TestOurs(ExtractorConformance):
    pass


def test_extract_reads_a_plain_paper(extractor: PaperExtractor) -> None:
    found = next(iter(extractor.extract(PAPERS)))
    by_name = {entity.name: entity for entity in found.entities}
    assert by_name["SortBench"].type == "BENCHMARK"
    assert any(entity.role == "proposes" and {"QuickSort-Net", "QSN"} <= set(entity.surfaces) for entity in found.entities)
    assert (91.5, "%", "absolute") in {(r.value, r.unit, r.kind) for r in found.results}
    assert (3.2, "points", "relative") in {(r.value, r.unit, r.kind) for r in found.results}
    assert [(link.url, link.kind, link.role) for link in found.links] == [("https://github.com/example/qsn", "code", "official")]


def test_extract_reads_no_more_texts_than_it_needs(fast: PaperExtractor) -> None:
    taken = 0

    def endless() -> Iterator[Text]:
        nonlocal taken
        while True:
            taken += 1
            yield Text(str(taken), "A title", "We propose FooNet.")

    stream = fast.extract(endless())
    for _ in range(70):
        next(stream)
    assert taken <= 128


def test_run_tells_engines_apart() -> None:
    runs = [load_engine(name).run for name in ("fast", "accurate")]
    assert runs[0].extractor == runs[1].extractor == "paperkg"
    assert runs[0] != runs[1]


@pytest.mark.parametrize("kind", sorted(LONG))
def test_extract_takes_time_in_proportion_to_length(fast: PaperExtractor, kind: str) -> None:
    def seconds(size: int) -> float:
        text = Text("x", "A title", LONG[kind](size))
        started = time.process_time()
        (found,) = fast.extract([text])
        spent = time.process_time() - started
        assert faults(found, text) == []
        return spent

    # As long, but not the same: memory that is asked for the first time takes as long as the work, and what is kept must not help.
    seconds(99_000)
    # Four times the length; a square law would make it sixteen, and the floor keeps noise out of what is done at once.
    assert seconds(100_000) < 11 * max(seconds(25_000), 0.05)


class Everything:
    """A tagger that takes every word for a method."""

    version = "1"
    weights = "none"

    def tag(self, texts: list[Text]) -> list[list[TaggedSpan]]:
        return [
            [
                TaggedSpan("abstract", start, start + len(word), "METHOD", 0.9)
                for start, word in zip(range(0, len(text.abstract), 8), text.abstract.split(), strict=False)
            ]
            for text in texts
        ]


def test_read_stays_quick_however_much_the_tagger_finds() -> None:
    greedy = PaperExtractor(Everything(), Judgement.load(), "everything")

    def seconds(count: int) -> float:
        text = Text("x", "", " ".join(f"A{k:06}" for k in range(count)))
        started = time.process_time()
        (found,) = greedy.extract([text])
        assert faults(found, text) == []
        return time.process_time() - started

    seconds(100)
    assert seconds(8_000) < 11 * max(seconds(2_000), 0.05)


def test_quote_of_a_result_ends_before_a_linking_word(extractor: PaperExtractor) -> None:
    text = Text("x", "FooNet", "We propose FooNet. On GSM8K, FooNet outperforms the best baseline by 6.2% over three runs.")
    (extraction,) = extractor.extract([text])
    assert [result.quote for result in extraction.results] == ["6.2%"]


def test_candidates_for_a_metric_begin_with_whole_words() -> None:
    reading = Reading.of(Text("x", "", r"With the ratio $10^{-\varepsilon^2} = 0.04$ the rest keeps 80\% of the calls."))
    found = [c for quantity in quantities(reading) for c in candidates(Scene(reading, ()), quantity)]
    assert "ratio" in {candidate.text for candidate in found}
    assert all(not reading.text.abstract[candidate.start - 1].isalnum() for candidate in found)


def test_tasks_are_kept_by_a_level_of_their_own() -> None:
    judgement = Judgement.load()
    text = Text("x", "FooNet for image captioning", "We propose FooNet for image captioning. On GSM8K, FooNet reaches 91.2% accuracy.")

    def types(tasks: float) -> set[str]:
        strict = replace(judgement, levels=replace(judgement.levels, tasks=tasks))
        (found,) = PaperExtractor(load("fast"), strict, "fast").extract([text])
        return {entity.type for entity in found.entities}

    assert types(0.0) - types(1.1) == {"TASK"}
    assert types(1.1) >= {"METHOD", "BENCHMARK"}
