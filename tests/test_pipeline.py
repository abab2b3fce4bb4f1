from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ExtractorError, SourceError
from kg.graph import dump_line
from kg.ids import run_key, title_key
from kg.model import Definition, Entity, Evidence, Extraction, Loss, Mention, Origin, Record, Relation, Result, Run, Text
from kg.pipeline import Pipeline
from kg.ports import Source, Store
from kg.resolve import NameResolver
from kg.testing.memory import MemoryStore

NOTE = re.compile(r"\{(\w+) (\w+) ([^{}]+)\}")


class Notes:
    """Reads entities that the text itself marks up: {METHOD uses chain-of-thought=CoT}; `N% on X` is a result; first is based on last."""

    def __init__(self, version: str = "1", name: str = "notes") -> None:
        self.run = Run(name, version, ("notes@1",))
        self.read: list[str] = []

    def extract(self, texts: Iterable[Text]) -> Iterator[Extraction]:
        for text in texts:
            self.read.append(text.key)
            yield self._one(text)

    def _one(self, text: Text) -> Extraction:
        body = text.abstract
        entities: dict[str, Entity] = {}
        results = []
        for note in NOTE.finditer(body):
            kind, role, surfaces = note.groups()
            mentions = []
            for surface in surfaces.split("="):
                start = body.index(surface, note.start(3))
                mentions.append(Mention(surface, "abstract", start, start + len(surface)))
            evidence = Evidence("abstract", note.group(), note.start(), note.end(), mentions[0].start, mentions[0].end)
            entities.setdefault(mentions[0].text, Entity(mentions[0].text, kind, role, tuple(mentions), evidence, 0.5))  # type: ignore[arg-type]
        for number in re.finditer(r"(\d+)% on (\w+)", body):
            evidence = Evidence("abstract", number.group(), number.start(), number.end(), number.start(), number.end())
            results.append(Result(float(number.group(1)), "absolute", number.group(), evidence, 0.9, unit="%", metric="accuracy"))
        things = [entity for entity in entities.values() if entity.type in {"METHOD", "MODEL"}]
        relations = []
        if len(things) > 1:
            relations.append(Relation(things[0].name, "BASED_ON", things[-1].name, things[0].evidence, 0.7))
        return Extraction(text.key, tuple(entities.values()), tuple(results), tuple(relations), (), (Definition("a", "b"),))


class Given:
    """A source of given records."""

    def __init__(self, *records: Record | Loss) -> None:
        self._records = records

    def read(self) -> Iterator[Record | Loss]:
        yield from self._records


class Broken:
    def read(self) -> Iterator[Record | Loss]:
        raise SourceError("broken.txt is a picture; give a listing")


def record(number: int, abstract: str, **more: object) -> Record:
    plain = Record("arxiv", f"Paper number {number}", abstract, arxiv_id=f"2401.{number:05}", authors=("Ada Lovelace",), upvotes=number)
    return replace(plain, **more)  # type: ignore[arg-type]


CORPUS = (
    record(1, "We use {METHOD uses chain-of-thought=CoT} on {BENCHMARK evaluates_on GSM8K}, 52% on it."),
    record(2, "{METHOD uses CoT} and {MODEL uses GPT-4} beat {MODEL compares GPT-4o}. 61% on GSM8K."),
    record(3, "{METHOD uses collision of tones=CoT} is another thing. {METRIC reports accuracy}"),
    record(4, "{METHOD uses CoT} with {METHOD proposes Chain of Thought} in one paper."),
    record(5, "{MODEL uses Qwen2.5-7B} and {MODEL uses Qwen2.5} by {METHOD uses COT}", authors=("Ada LOVELACE", "Charles Babbage")),
)


def build(store: Store, *records: Record, extractor: Notes | None = None, batch: int = 256) -> Notes:
    extractor = extractor or Notes()
    Pipeline(store, NameResolver()).build([Given(*records)], [extractor], batch=batch)
    return extractor


def dump(store: Store) -> list[str]:
    return sorted(map(dump_line, [*store.nodes(), *store.relationships()]))


def fresh(*records: Record) -> list[str]:
    store = MemoryStore()
    build(store, *records)
    return dump(store)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(CORPUS), st.integers(1, 6), st.integers(0, 5))
def test_build_is_independent_of_order_batches_and_number_of_builds(order: Sequence[Record], batch: int, cut: int) -> None:
    store = MemoryStore()
    build(store, *order[:cut], batch=batch)
    build(store, *order[cut:], batch=batch)
    assert dump(store) == fresh(*CORPUS)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(CORPUS), st.integers(1, 4))
def test_remove_leaves_what_a_build_without_the_paper_makes(order: Sequence[Record], count: int) -> None:
    store = MemoryStore()
    build(store, *CORPUS)
    for gone in order[:count]:
        assert Pipeline(store, NameResolver()).remove([f"arxiv:{gone.arxiv_id}"]) == 1
    assert dump(store) == fresh(*order[count:])


def test_remove_of_everything_leaves_nothing() -> None:
    store = MemoryStore()
    build(store, *CORPUS)
    Pipeline(store, NameResolver()).remove(list(store.paper_keys()))
    assert dump(store) == []


def test_build_extracts_an_unchanged_paper_once() -> None:
    store = MemoryStore()
    extractor = build(store, *CORPUS)
    before = dump(store)
    build(store, *CORPUS, extractor=extractor)
    assert len(extractor.read) == len(CORPUS)
    assert dump(store) == before


def test_build_with_another_run_replaces_the_facts_of_the_former() -> None:
    store = MemoryStore()
    build(store, *CORPUS)
    build(store, *CORPUS, extractor=Notes("2"))
    runs = [node.key for node in store.nodes() if node.label == "ExtractionRun"]
    assert runs == [run_key(Notes("2").run)]


def test_two_extractors_keep_their_facts_side_by_side_and_one_can_be_withdrawn() -> None:
    store = MemoryStore()
    build(store, *CORPUS)
    before = dump(store)
    other = Notes(name="other")
    build(store, *CORPUS, extractor=other)
    assert len(dump(store)) > len(before)
    assert Pipeline(store, NameResolver()).remove_run(run_key(other.run)) == len(CORPUS)
    assert dump(store) == before


def test_a_revised_paper_changes_only_its_own_facts() -> None:
    store = MemoryStore()
    build(store, *CORPUS)
    revised = replace(CORPUS[1], abstract="{MODEL uses GPT-4} alone", updated=date(2024, 2, 1))
    build(store, revised)
    assert dump(store) == fresh(CORPUS[0], revised, *CORPUS[2:])


@pytest.mark.parametrize(
    "theirs", ["{MODEL uses GPT-4o}", "{MODEL uses GPT-4o} and {METHOD proposes Chain of Thought}, and much more than that: 77% on GSM8K."]
)
def test_build_reads_a_paper_again_that_another_one_has_written_meanwhile(theirs: str) -> None:
    store, rival = MemoryStore(), replace(CORPUS[1], abstract=theirs)

    class Overtaken(Notes):
        def extract(self, texts: Iterable[Text]) -> Iterator[Extraction]:
            if not self.read:
                build(store, rival)
            return super().extract(texts)

    report = Pipeline(store, NameResolver()).build([Given(*CORPUS)], [Overtaken()])
    assert report.contested == 1
    assert dump(store) == fresh(rival, *CORPUS)
    assert dump(store) == fresh(*CORPUS, rival)


def test_a_paper_known_by_title_is_rekeyed_with_its_results_when_its_id_comes() -> None:
    listing = Record("listing", "Paper number 1!", CORPUS[0].abstract, upvotes=99)
    store = MemoryStore()
    build(store, listing)
    assert list(store.paper_keys()) == [title_key("Paper number 1")]
    build(store, CORPUS[0])
    assert list(store.paper_keys()) == ["arxiv:2401.00001"]
    assert dump(store) == fresh(CORPUS[0], listing)
    assert Pipeline(store, NameResolver()).remove([title_key("paper NUMBER 1")]) == 1
    assert dump(store) == []


def test_build_goes_on_after_a_source_that_cannot_be_read() -> None:
    store = MemoryStore()
    sources: list[Source] = [Given(CORPUS[0]), Broken(), Given(Loss(Origin("x", 3), "no title"), CORPUS[1])]
    report = Pipeline(store, NameResolver()).build(sources, [Notes()])
    assert (report.records, report.added, report.complete) == (2, 2, False)
    assert [str(loss.message) for loss in report.losses] == ["broken.txt is a picture; give a listing", "no title"]


def test_furniture_of_a_page_is_no_loss() -> None:
    report = Pipeline(MemoryStore(), NameResolver()).build([Given(Loss(Origin("x", 1), "Subscribe", furniture=True))], [Notes()])
    assert report.complete


def test_build_refuses_an_extraction_whose_evidence_is_not_in_the_text() -> None:
    class Liar(Notes):
        def _one(self, text: Text) -> Extraction:
            found = super()._one(text)
            entity = found.entities[0]
            return replace(found, entities=(replace(entity, evidence=replace(entity.evidence, text="made up")),))

    store = MemoryStore()
    with pytest.raises(ExtractorError, match=r"arxiv:2401\.00001"):
        build(store, CORPUS[0], extractor=Liar())
    assert dump(store) == []


def test_an_abbreviation_parts_again_when_the_paper_that_defined_it_is_withdrawn() -> None:
    """CoT joins chain-of-thought through one paper alone: without it the two are two nodes, in a paper that nobody touched."""
    store = MemoryStore()
    build(store, CORPUS[0], CORPUS[3])
    Pipeline(store, NameResolver()).remove(["arxiv:2401.00001"])
    assert dump(store) == fresh(CORPUS[3])
