"""Every source passes the suite that sources of others are held to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.model import Loss, Origin, Record
from kg.sources import open_sources
from kg.sources.fetching import Fetcher, Service
from kg.sources.live import ArxivSource, HubSource
from kg.testing.sources import MakeSource, Recorded, RecordedSource, SourceConformance, listing_page, recorded_service

HUB = [{"paper": {"id": "2000.00001", "title": "One", "summary": "It is.", "upvotes": 3}}, {"title": "Two", "publishedAt": "2020-01-01"}]
FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2000.00001v1</id><title>One</title></entry>
<entry><id>http://arxiv.org/abs/2000.00002v1</id><title>Two</title><author><name>Ada Writer</name></author></entry></feed>"""


class TestRecorded(SourceConformance):
    titles = ("One", "Two")
    losses = 1

    @pytest.fixture
    def make_source(self) -> MakeSource:
        here = Origin("recorded")
        items = (Record("listing", "One", origin=here), Loss(here, "lost"), Record("hub", "Two", upvotes=1, origin=here))
        return lambda: RecordedSource(items)


class TestListing(SourceConformance):
    titles = tuple(f"Plan{letter}Net: Careful Planning for Problem {n} of Many" for n, letter in zip(range(1, 6), "BCDEF", strict=True))

    @pytest.fixture
    def make_source(self, tmp_path: Path, papers: list[Record]) -> MakeSource:
        file = tmp_path / "page"
        file.write_text(listing_page(papers))
        return lambda: open_sources([str(file)])[0]


class TestFiles(SourceConformance):
    titles = ("One", "Two")

    @pytest.fixture(params=[json.dumps(HUB), "\n".join(map(json.dumps, HUB)), FEED], ids=["json", "lines", "atom"])
    def make_source(self, tmp_path: Path, request: pytest.FixtureRequest) -> MakeSource:
        file = tmp_path / "file"
        file.write_text(request.param)
        return lambda: open_sources([str(file)])[0]


class TestDamagedLines(SourceConformance):
    titles = ("One", "Two")
    losses = 1

    @pytest.fixture
    def make_source(self, tmp_path: Path) -> MakeSource:
        file = tmp_path / "file"
        file.write_text(f"{json.dumps(HUB[0])}\n{{cut\n{json.dumps(HUB[1])}\n")
        return lambda: open_sources([str(file)])[0]


class TestLive(SourceConformance):
    titles = ("One", "Two")

    @pytest.fixture(params=["hf", "arxiv"])
    def make_source(self, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[], HubSource | ArxivSource]]:
        answers = {"/api/daily_papers": [Recorded(json.dumps(HUB).encode())], "/api/query": [Recorded(FEED.encode())]}
        with recorded_service(answers) as recorded:
            service = Service(request.param, recorded.endpoint, interval=0.0)
            if request.param == "hf":
                yield lambda: HubSource("2020-11-25", Fetcher(tmp_path), service)
            else:
                yield lambda: ArxivSource("2000.00001,2000.00002", Fetcher(tmp_path), service)
