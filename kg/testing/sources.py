"""Doubles and the conformance suite of sources.

A source of your own is tried in a few lines of a pytest module:

    from kg.testing.sources import SourceConformance

    class TestMySource(SourceConformance):
        @pytest.fixture
        def make_source(self, tmp_path):  # opens the same source, as often as it is called
            return lambda: MySource(tmp_path / "papers.xyz")

        titles = ("One Title", "Another Title")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from kg.errors import SourceError
from kg.model import Loss, Record
from kg.ports import Source
from kg.text import published

__all__ = ["MakeSource", "Recorded", "RecordedService", "RecordedSource", "SourceConformance", "listing_page", "recorded_service"]

MakeSource = Callable[[], Source]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEAD = ("new", "Get trending papers in your email inbox!", "Subscribe", "Daily Papers", "byAK and the research community")


@dataclass(frozen=True, slots=True)
class RecordedSource:
    """A source that gives what it was told to; `error` is raised behind the last item."""

    items: Sequence[Record | Loss]
    error: SourceError | None = None

    def read(self) -> Iterator[Record | Loss]:
        """The items in order."""
        yield from self.items
        if self.error:
            raise self.error


def _about(record: Record, page_year: int | None) -> Iterator[str]:
    if record.organization:
        yield f"{record.organization_handle or record.organization} {record.organization}"
    elif record.author_count is not None:
        yield f"  • {record.author_count} authors"
    else:
        return
    yield "·"
    if record.published:
        year = "" if record.published.year == page_year else f", {record.published.year}"
        upvotes = f" {record.upvotes}" if record.upvotes else ""
        yield f"{_MONTHS[record.published.month - 1]} {record.published.day}{year}{upvotes}"


def listing_page(records: Sequence[Record], *, heading: str = "Nov 25", page_year: int | None = None) -> str:
    """The page that the site would show for records, saved as text; dates of `page_year` have no year."""
    lines = [line for text in (*_HEAD, heading) for line in (text, "")]
    for record in records:
        lines += [record.title, "", record.abstract, ""]
        about = list(_about(record, page_year))
        lines += [*about, ""] if about else []
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded answer: a status, a body, headers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RecordedService:
    """A web service on the loopback that gives recorded answers, by path with query; of several for one path each in turn, the
    last again and again. `asked` is what was asked for, `agents` by whom.
    """

    answers: dict[str, list[Recorded]]
    endpoint: str = ""
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    def answer(self, path: str) -> Recorded:
        """The next answer for a path; 404 where none was recorded."""
        self.asked.append(path)
        found = self.answers.get(path) or self.answers.get(urlsplit(path).path) or [Recorded(b"nothing was recorded", 404)]
        return found.pop(0) if len(found) > 1 else found[0]


@contextmanager
def recorded_service(answers: Mapping[str, Sequence[Recorded]]) -> Iterator[RecordedService]:
    """Serve recorded answers while the block runs."""
    service = RecordedService({path: list(found) for path, found in answers.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.agents.append(self.headers.get("User-Agent", ""))
            answer = service.answer(self.path)
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(answer.body)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    service.endpoint = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class SourceConformance:
    """What every source must do. Subclasses give the fixture `make_source` and the titles that it reads, in order."""

    titles: Sequence[str] = ()
    losses: int = 0

    def test_source_follows_the_protocol(self, make_source: MakeSource) -> None:
        assert isinstance(make_source(), Source)

    def test_read_gives_every_record_in_order(self, make_source: MakeSource) -> None:
        items = list(make_source().read())
        assert [item.title for item in items if isinstance(item, Record)] == list(self.titles)
        assert sum(isinstance(item, Loss) and not item.furniture for item in items) == self.losses

    def test_read_twice_gives_the_same(self, make_source: MakeSource) -> None:
        source = make_source()
        first = list(source.read())
        assert list(source.read()) == first
        assert list(make_source().read()) == first

    def test_read_may_be_left_early(self, make_source: MakeSource) -> None:
        source = make_source()
        iterator = iter(source.read())
        first = next(iterator)
        del iterator
        assert next(iter(source.read())) == first

    def test_every_item_says_where_it_was_read(self, make_source: MakeSource) -> None:
        for item in make_source().read():
            assert item.origin.source
            assert isinstance(item, Record) or item.message

    def test_texts_are_as_published(self, make_source: MakeSource) -> None:
        for record in make_source().read():
            if isinstance(record, Record):
                assert record.title.strip()
                assert published(record.title) == record.title
                assert published(record.abstract) == record.abstract

    def test_counts_are_counts(self, make_source: MakeSource) -> None:
        for record in make_source().read():
            if isinstance(record, Record):
                assert record.upvotes is None or record.upvotes >= 0
                assert record.author_count is None or record.author_count >= len(record.authors)
