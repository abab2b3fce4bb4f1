"""Live sources: the hub's daily papers of a day, a week or a month, and papers of arXiv by their ids."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kg import ids
from kg.errors import SourceError
from kg.model import Loss, Origin, Record
from kg.ports import Source
from kg.sources.atom import read_atom
from kg.sources.documents import read_json
from kg.sources.fetching import HOUR, WEEK, Answer, Fetcher, Service

__all__ = ["ARXIV", "HUB", "ArxivSource", "HubSource", "live_source"]

#: The hub asks for no rate; one request a second is kind. HF_ENDPOINT names a mirror, as in its own tools.
HUB = Service("hf", "https://huggingface.co", interval=1.0)
#: arXiv asks for one request in three seconds.
ARXIV = Service("arxiv", "https://export.arxiv.org", interval=3.0, pause=3.0)

_PAGE = 100
_PAGES = 50
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class _Span:
    """What is asked of the hub: the parameter, its value, and the last day that it covers."""

    name: str
    value: str
    last: date


def _span(text: str) -> _Span | None:
    try:
        if _DAY.fullmatch(text):
            return _Span("date", text, date.fromisoformat(text))
        if found := _WEEK.fullmatch(text):
            return _Span("week", text, date.fromisocalendar(int(found[1]), int(found[2]), 7))
        if found := _MONTH.fullmatch(text):
            year, month = int(found[1]), int(found[2])
            following = date(year + month // 12, month % 12 + 1, 1)
            return _Span("month", text, following - timedelta(days=1))
    except ValueError:
        return None
    return None


def _notes(answer: Answer, source: str) -> Iterator[Loss]:
    if answer.stale:
        yield Loss(Origin(source), answer.stale, furniture=True)


@dataclass(frozen=True, slots=True)
class HubSource:
    """`hf:2025-11-25`, `hf:2025-W48`, `hf:2025-11`: what the hub's daily papers listed; `hf:2408.12757`: one paper of the hub."""

    words: str
    fetcher: Fetcher
    service: Service = HUB

    def read(self) -> Iterator[Record | Loss]:
        """The papers in the hub's order."""
        source = f"hf:{self.words}"
        span, paper = _span(self.words), ids.arxiv_id(self.words)
        if span:
            yield from self._listed(span, source)
        elif paper:
            yield from self._parsed(self.fetcher.get(self.service, f"api/papers/{paper}", {}), source)
        else:
            raise SourceError(
                f"{source}: no such day; valid are hf:2025-11-25, a week hf:2025-W48, a month hf:2025-11, a paper hf:2408.12757"
            )

    def _listed(self, span: _Span, source: str) -> Iterator[Record | Loss]:
        # A list still grows on its day; later only its upvotes change.
        settled = datetime.now(UTC).date() > span.last + timedelta(days=1)
        seen: set[str] = set()
        for page in range(_PAGES):
            asked = {span.name: span.value, "limit": str(_PAGE), "p": str(page)}
            answer = self.fetcher.get(self.service, "api/daily_papers", asked, max_age=WEEK if settled else HOUR)
            size = _size(answer.body)
            if page and size == 0:
                return
            new = False
            for item in self._parsed(answer, source):
                if isinstance(item, Record):
                    key = item.arxiv_id or item.title
                    if key in seen:
                        continue
                    seen.add(key)
                    new = True
                yield item
            if size != _PAGE or not new:
                return
        yield Loss(Origin(source), f"more than {_PAGE * _PAGES} papers; ask for single days")

    def _parsed(self, answer: Answer, source: str) -> Iterator[Record | Loss]:
        yield from _notes(answer, source)
        try:
            yield from read_json(answer.body.decode("utf-8", "replace"), source)
        except SourceError:
            if _size(answer.body) is None:
                self.fetcher.forget(self.service, answer.body)
            raise


def _size(body: bytes) -> int | None:
    """The length of a JSON list; None where it is no list."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return len(value) if isinstance(value, list) else None


@dataclass(frozen=True, slots=True)
class ArxivSource:
    """`arxiv:2408.12757`, or several ids with commas between them: papers as arXiv's API has them now."""

    words: str
    fetcher: Fetcher
    service: Service = ARXIV

    def read(self) -> Iterator[Record | Loss]:
        """The papers in the order of their ids."""
        source = f"arxiv:{self.words}"
        wanted: list[str] = []
        for word in self.words.split(","):
            found = ids.arxiv_id(word)
            if not found:
                raise SourceError(f"{source}: {word!r} is no arXiv id; valid are arxiv:2408.12757 and arxiv:2408.12757,2503.11731")
            wanted.append(found)
        wanted = list(dict.fromkeys(wanted))
        for start in range(0, len(wanted), _PAGE):
            yield from self._read_some(wanted[start : start + _PAGE], source)

    def _read_some(self, wanted: Sequence[str], source: str) -> Iterator[Record | Loss]:
        asked = {"id_list": ",".join(wanted), "max_results": str(len(wanted))}
        answer = self.fetcher.get(self.service, "api/query", asked)
        yield from _notes(answer, source)
        records: dict[str | None, Record] = {}
        try:
            for item in read_atom(io.BytesIO(answer.body), source):
                if isinstance(item, Record):
                    records[item.arxiv_id] = item
                else:
                    yield item
        except SourceError:
            self.fetcher.forget(self.service, answer.body)
            if len(wanted) == 1 and answer.body.strip().startswith(b"<"):
                raise SourceError(f"{source}: arXiv has no such paper, or answered with something else than its feed") from None
            raise
        for one in wanted:
            yield records.get(one) or Loss(Origin(source), f"arXiv has no paper {one}; check the id")


def live_source(scheme: str, words: str, cache: Path | None = None) -> Source:
    """The source of a word like `hf:2025-11-25` or `arxiv:2408.12757`. HF_ENDPOINT and ARXIV_ENDPOINT name mirrors."""
    service, variable = (HUB, "HF_ENDPOINT") if scheme == "hf" else (ARXIV, "ARXIV_ENDPOINT")
    endpoint = os.environ.get(variable)
    if endpoint:
        service = Service(service.name, endpoint, service.interval, service.attempts, service.pause)
    kind = HubSource if scheme == "hf" else ArxivSource
    return kind(words.strip(), Fetcher(cache), service)
