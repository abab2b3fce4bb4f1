from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from kg import __version__
from kg.errors import SourceError
from kg.model import Loss, Record
from kg.sources import open_sources
from kg.sources.fetching import Fetcher, Service
from kg.sources.live import ArxivSource, HubSource
from kg.testing.sources import Recorded, RecordedService, recorded_service

DAY = "/api/daily_papers?date=2020-11-25&limit=100&p={}"


def hub_paper(number: int) -> dict[str, object]:
    inner = {
        "id": f"2000.{number:05d}",
        "title": f"Paper {number}",
        "summary": "It exists.",
        "upvotes": number,
        "publishedAt": "2020-11-20T00:00:00Z",
    }
    return {"paper": inner, "publishedAt": "2020-11-25T00:00:00Z", "title": f"Paper {number}"}


def hub(*numbers: int) -> Recorded:
    return Recorded(json.dumps([hub_paper(number) for number in numbers]).encode())


def entry(arxiv: str, title: str) -> str:
    return f"<entry><id>http://arxiv.org/abs/{arxiv}v1</id><title>{title}</title><summary>It exists.</summary></entry>"


def feed(*entries: str) -> Recorded:
    return Recorded(f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>'.encode())


def service(recorded: RecordedService, name: str = "hf") -> Service:
    return Service(name, recorded.endpoint, interval=0.0, attempts=3, pause=0.0)


def titles(items: Sequence[Record | Loss]) -> list[str]:
    return [item.title for item in items if isinstance(item, Record)]


Ask = Callable[[str, Mapping[str, Sequence[Recorded]]], tuple[list[Record | Loss], list[str]]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Read a live source from recorded answers: what it gave, and what was asked for."""

    def ask_(word: str, answers: Mapping[str, Sequence[Recorded]]) -> tuple[list[Record | Loss], list[str]]:
        scheme, _, words = word.partition(":")
        kind = HubSource if scheme == "hf" else ArxivSource
        with recorded_service(answers) as recorded:
            return list(kind(words, Fetcher(tmp_path), service(recorded, scheme)).read()), recorded.asked

    return ask_


def test_hub_source_reads_a_day(ask: Ask) -> None:
    items, asked = ask("hf:2020-11-25", {DAY.format(0): [hub(1, 2)]})
    assert titles(items) == ["Paper 1", "Paper 2"]
    assert asked == [DAY.format(0)]
    first = items[0]
    assert isinstance(first, Record)
    assert (first.kind, first.arxiv_id, first.upvotes, str(first.listed)) == ("hub", "2000.00001", 1, "2020-11-25")
    assert first.origin.source == "hf:2020-11-25"


def test_hub_source_reads_every_page_once(ask: Ask) -> None:
    pages = {DAY.format(0): [hub(*range(100))], DAY.format(1): [hub(*range(99, 199))], DAY.format(2): [hub(200)]}
    items, asked = ask("hf:2020-11-25", pages)
    assert titles(items) == [f"Paper {number}" for number in [*range(199), 200]]
    assert len(asked) == 3


@pytest.mark.parametrize("last", [hub(), hub(*range(100))])
def test_hub_source_stops_where_a_page_brings_nothing_new(ask: Ask, last: Recorded) -> None:
    items, asked = ask("hf:2020-11-25", {DAY.format(0): [hub(*range(100))], DAY.format(1): [last]})
    assert len(titles(items)) == 100
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("word", "parameter"), [("hf:2020-W48", "week=2020-W48"), ("hf:2020-11", "month=2020-11"), ("hf:2020-12", "month=2020-12")]
)
def test_hub_source_reads_a_week_and_a_month(ask: Ask, word: str, parameter: str) -> None:
    items, _ = ask(word, {f"/api/daily_papers?{parameter}&limit=100&p=0": [hub(7)]})
    assert titles(items) == ["Paper 7"]


def test_hub_source_reads_one_paper(ask: Ask) -> None:
    items, _ = ask("hf:2000.00003", {"/api/papers/2000.00003": [Recorded(json.dumps(hub_paper(3)["paper"]).encode())]})
    assert titles(items) == ["Paper 3"]


def test_hub_source_of_a_day_without_papers_says_so(ask: Ask) -> None:
    with pytest.raises(SourceError, match=r"hf:2020-11-25: the list in it is empty"):
        ask("hf:2020-11-25", {DAY.format(0): [hub()]})


def test_hub_source_that_answers_something_else_says_so_and_is_asked_again(ask: Ask) -> None:
    answers = {DAY.format(0): [Recorded(b"<html>busy</html>"), hub(1)]}
    with pytest.raises(SourceError, match=r"hf:2020-11-25:1: the JSON is broken"):
        ask("hf:2020-11-25", answers)
    assert titles(ask("hf:2020-11-25", {DAY.format(0): [hub(1)]})[0]) == ["Paper 1"]


def test_arxiv_source_reads_papers_in_the_order_asked(ask: Ask) -> None:
    answer = feed(entry("2000.00002", "Second"), entry("2000.00001", "First"))
    items, asked = ask("arxiv:2000.00001, 2000.00002v3,2000.00001", {"/api/query": [answer]})
    assert titles(items) == ["First", "Second"]
    assert asked == ["/api/query?id_list=2000.00001%2C2000.00002&max_results=2"]


def test_arxiv_source_asks_for_a_hundred_at_a_time(ask: Ask) -> None:
    names = [f"2000.{number:05d}" for number in range(150)]
    answers = [feed(*(entry(name, name) for name in names[:100])), feed(*(entry(name, name) for name in names[100:]))]
    items, asked = ask("arxiv:" + ",".join(names), {"/api/query": answers})
    assert titles(items) == names
    assert len(asked) == 2


def test_arxiv_source_reports_a_paper_that_is_missing(ask: Ask) -> None:
    items, _ = ask("arxiv:2000.00001,2000.00009", {"/api/query": [feed(entry("2000.00001", "First"))]})
    assert titles(items) == ["First"]
    [loss] = [item for item in items if isinstance(item, Loss)]
    assert "2000.00009" in loss.message
    assert not loss.furniture


@pytest.mark.parametrize("answer", [feed(), Recorded(b"<html>busy</html>")])
def test_arxiv_source_without_its_paper_says_so(ask: Ask, answer: Recorded) -> None:
    with pytest.raises(SourceError, match=r"arxiv:2000\.00001: arXiv has no such paper"):
        ask("arxiv:2000.00001", {"/api/query": [answer]})


def test_live_sources_say_who_asks(tmp_path: Path) -> None:
    with recorded_service({DAY.format(0): [hub(1)]}) as recorded:
        list(HubSource("2020-11-25", Fetcher(tmp_path), service(recorded)).read())
    assert recorded.agents == [f"paperkg/{__version__}"]


def test_live_sources_are_opened_by_their_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {DAY.format(0): [hub(1)], "/api/query": [feed(entry("2000.00001", "First"))]}
    with recorded_service(answers) as recorded:
        monkeypatch.setenv("HF_ENDPOINT", recorded.endpoint)
        monkeypatch.setenv("ARXIV_ENDPOINT", recorded.endpoint + "/")
        sources = open_sources(["hf:2020-11-25", "ARXIV:2000.00001"], cache=tmp_path)
        assert titles([item for source in sources for item in source.read()]) == ["Paper 1", "First"]


def test_kept_answers_are_sources_themselves(tmp_path: Path) -> None:
    with recorded_service({DAY.format(0): [hub(1, 2)]}) as recorded:
        list(HubSource("2020-11-25", Fetcher(tmp_path), service(recorded)).read())
    items = [item for source in open_sources([str(tmp_path / "hf")]) for item in source.read()]
    assert titles(items) == ["Paper 1", "Paper 2"]
