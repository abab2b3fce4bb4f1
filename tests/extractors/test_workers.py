import gc
import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

import extractors
from extractors.engine import PaperExtractor, load_engine
from extractors.workers import Spread, cores
from kg.errors import ExtractorError
from kg.model import Text
from kg.testing.extractors import HOSTILE, PAPERS, ExtractorConformance
from kg.text import published


@pytest.fixture(scope="module")
def inner() -> PaperExtractor:
    return load_engine("fast")


class TestSpread(ExtractorConformance):
    @pytest.fixture
    def extractor(self, inner: PaperExtractor) -> Spread:
        return Spread(inner, "fast", 2, alone=1)


def test_spread_gives_what_one_process_gives(inner: PaperExtractor) -> None:
    crowd = [Text(str(n), published(text.title), published(text.abstract)) for n, text in enumerate([*PAPERS, *HOSTILE] * 60)]
    assert list(Spread(inner, "fast", 2, alone=100).extract(crowd)) == list(inner.extract(crowd))


def test_spread_starts_no_child_for_a_few_papers(inner: PaperExtractor) -> None:
    few = Spread(inner, "no such engine", 1, alone=len(PAPERS))
    assert list(few.extract(iter(PAPERS))) == list(inner.extract(PAPERS))


def test_spread_leaves_no_child_behind(inner: PaperExtractor, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen.__init__

    def watched(self: subprocess.Popen[bytes], *words: object, **options: object) -> None:
        start(self, *words, **options)  # type: ignore[call-overload]
        started.append(self)

    monkeypatch.setattr(subprocess.Popen, "__init__", watched)

    def endless() -> Iterator[Text]:
        while True:
            yield PAPERS[0]

    stream = Spread(inner, "fast", 2, alone=1).extract(endless())
    for _ in range(300):
        next(stream)
    del stream
    gc.collect()
    assert [child.poll() for child in started] == [-signal.SIGKILL] * 2


def test_spread_says_when_a_child_ends_too_early(inner: PaperExtractor) -> None:
    stream = Spread(inner, "no such engine", 1, alone=1).extract(PAPERS * 2)
    with pytest.raises(ExtractorError, match="ended before it was done"):
        next(stream)


def test_load_spreads_the_fast_engine_over_cores() -> None:
    assert isinstance(extractors.load("fast", many=True), Spread if cores() > 1 else PaperExtractor)
    assert isinstance(extractors.load("fast"), PaperExtractor)
    assert 1 <= cores() <= (os.cpu_count() or 1)
