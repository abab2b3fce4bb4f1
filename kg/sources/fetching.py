"""Answers of web services: asked for at a polite rate, again after a failure, and kept on disk."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg import __version__
from kg.errors import SourceError
from kg.ids import digest
from kg.settings import cache_folder

if TYPE_CHECKING:
    import httpx

__all__ = ["HOUR", "WEEK", "Answer", "Fetcher", "Service"]

HOUR = 3600.0
WEEK = 7 * 24 * HOUR
_MAX_ANSWER = 64 << 20
_LONGEST_PAUSE = 60.0
_TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNSAFE = re.compile(r"[^\w.=&-]+")


@dataclass(frozen=True, slots=True)
class Service:
    """A web service: where it is, and how it wants to be asked (seconds between requests; attempts; first pause between them)."""

    name: str
    endpoint: str
    interval: float
    attempts: int = 4
    pause: float = 2.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered; `stale` says why an old answer had to do."""

    body: bytes
    stale: str | None = None


@dataclass(frozen=True, slots=True)
class _Refused:
    """A failed attempt: why, whether another may do, and how long the service asks to wait."""

    reason: str
    temporary: bool
    wait: float = 0.0


def _retry_after(value: str | None) -> float:
    """Seconds that a Retry-After header asks for: a number, or a time."""
    if not value:
        return 0.0
    try:
        seconds = float(value) if value.strip().isdigit() else parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), _LONGEST_PAUSE)


class Fetcher:
    """Asks services. The time of the last request lies beside the answers, so that several processes keep the rate together."""

    def __init__(self, cache: Path | None = None) -> None:
        self._folder = cache_folder(cache)
        self._asked: dict[str, float] = {}

    def get(self, service: Service, path: str, parameters: Mapping[str, str], *, max_age: float = WEEK) -> Answer:
        """The answer to a request: the one on disk if it is younger than `max_age` seconds, else a new one, else an older one.

        Raises SourceError where there is none.
        """
        url = f"{service.endpoint.rstrip('/')}/{path}" + (f"?{urlencode(parameters)}" if parameters else "")
        kept = self._folder / service.name / f"{_UNSAFE.sub('_', url.partition('://')[2])[-80:]}-{digest(url, length=8)}"
        age = self._age(kept)
        if age is not None and age <= max_age:
            try:
                return Answer(kept.read_bytes())
            except OSError:
                age = None
        answer = self._ask(service, url)
        if isinstance(answer, bytes):
            self._keep(kept, answer)
            return Answer(answer)
        if age is not None and answer.temporary:
            return Answer(kept.read_bytes(), f"{answer.reason}; the answer of {age / HOUR:.0f} hours ago was read instead")
        hint = "try again later" if answer.temporary else "check what was asked for"
        raise SourceError(f"{url}: {answer.reason}; {hint}")

    def forget(self, service: Service, body: bytes) -> None:
        """Drop a kept answer that turned out to be unusable."""
        for kept in sorted((self._folder / service.name).glob("*")):
            if kept.is_file() and kept.stat().st_size == len(body) and kept.read_bytes() == body:
                kept.unlink()

    def _age(self, file: Path) -> float | None:
        try:
            return max(time.time() - file.stat().st_mtime, 0.0)
        except OSError:
            return None

    def _keep(self, file: Path, body: bytes) -> None:
        """Write an answer whole or not at all; a cache that cannot be written is no cache."""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=file.parent, prefix=".") as folder:
                Path(folder, "answer").write_bytes(body)
                Path(folder, "answer").replace(file)
        except OSError:
            return

    def _keep_rate(self, service: Service) -> None:
        """Wait until the service may be asked again."""
        stamp = self._folder / f"{service.name}.asked"
        age = self._age(stamp)
        since = min(service.interval if age is None else age, time.time() - self._asked.get(service.name, 0.0))
        if since < service.interval:
            time.sleep(service.interval - since)
        self._asked[service.name] = time.time()
        self._keep(stamp, b"")

    def _ask(self, service: Service, url: str) -> bytes | _Refused:
        import httpx

        headers = {"User-Agent": f"paperkg/{__version__}"}
        refused = _Refused("was never asked", temporary=True)
        with httpx.Client(headers=headers, timeout=30.0, follow_redirects=True, max_redirects=5) as client:
            for attempt in range(service.attempts):
                if attempt:
                    time.sleep(max(service.pause * 2 ** (attempt - 1), refused.wait))
                self._keep_rate(service)
                answer = _attempt(client, url)
                if isinstance(answer, bytes):
                    return answer
                refused = answer
                if not refused.temporary:
                    break
        return refused


def _attempt(client: httpx.Client, url: str) -> bytes | _Refused:
    import httpx

    try:
        with client.stream("GET", url) as response:
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > _MAX_ANSWER:
                    return _Refused(f"the answer is larger than {_MAX_ANSWER >> 20} MiB", temporary=False)
    except (httpx.TransportError, httpx.DecodingError) as error:
        return _Refused(f"does not answer ({str(error) or type(error).__name__})", temporary=True)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return _Refused(f"cannot be asked ({error})", temporary=False)
    if response.is_success:
        return bytes(body)
    status = f"answers {response.status_code} {response.reason_phrase}".rstrip()
    return _Refused(status, response.status_code in _TEMPORARY, _retry_after(response.headers.get("retry-after")))
