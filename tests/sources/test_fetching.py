from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.settings import cache_folder
from kg.sources import fetching
from kg.sources.fetching import HOUR, Fetcher, Service
from kg.testing.sources import Recorded, RecordedService, recorded_service

OK = Recorded(b"answer")


@pytest.fixture
def recorded() -> Iterator[RecordedService]:
    with recorded_service({"/x": [OK], "/busy": [Recorded(b"", 503), Recorded(b"", 429), OK], "/gone": [Recorded(b"", 404)]}) as found:
        yield found


def service(found: RecordedService, *, interval: float = 0.0, attempts: int = 3) -> Service:
    return Service("hf", found.endpoint, interval, attempts, pause=0.0)


def test_get_keeps_an_answer(recorded: RecordedService, tmp_path: Path) -> None:
    for _ in range(3):
        assert Fetcher(tmp_path).get(service(recorded), "x", {}).body == b"answer"
    assert recorded.asked == ["/x"]


def test_get_tells_requests_apart(recorded: RecordedService, tmp_path: Path) -> None:
    fetcher = Fetcher(tmp_path)
    for date in ("2020-11-25", "2020-11-26"):
        fetcher.get(service(recorded), "x", {"date": date})
    assert recorded.asked == ["/x?date=2020-11-25", "/x?date=2020-11-26"]


def test_get_asks_again_when_an_answer_is_old(recorded: RecordedService, tmp_path: Path) -> None:
    fetcher = Fetcher(tmp_path)
    fetcher.get(service(recorded), "x", {})
    [kept] = (tmp_path / "hf").iterdir()
    os.utime(kept, (time.time() - 2 * HOUR,) * 2)
    assert fetcher.get(service(recorded), "x", {}, max_age=3 * HOUR).stale is None
    assert len(recorded.asked) == 1
    assert fetcher.get(service(recorded), "x", {}, max_age=HOUR).stale is None
    assert len(recorded.asked) == 2


def test_get_reads_an_old_answer_where_there_is_no_new_one(tmp_path: Path) -> None:
    with recorded_service({"/x": [OK, Recorded(b"", 503)]}) as recorded:
        fetcher = Fetcher(tmp_path)
        fetcher.get(service(recorded), "x", {})
        [kept] = (tmp_path / "hf").iterdir()
        os.utime(kept, (time.time() - 2 * HOUR,) * 2)
        answer = fetcher.get(service(recorded), "x", {}, max_age=HOUR)
    assert answer.body == b"answer"
    assert answer.stale
    assert "answers 503" in answer.stale
    assert "2 hours ago" in answer.stale


def test_get_tries_again_after_a_temporary_failure(recorded: RecordedService, tmp_path: Path) -> None:
    assert Fetcher(tmp_path).get(service(recorded), "busy", {}).body == b"answer"
    assert recorded.asked == ["/busy"] * 3


def test_get_gives_up_after_its_attempts(recorded: RecordedService, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"/busy: answers 429 .*; try again later"):
        Fetcher(tmp_path).get(service(recorded, attempts=2), "busy", {})
    assert recorded.asked == ["/busy"] * 2


def test_get_does_not_repeat_what_will_fail_again(recorded: RecordedService, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"/gone: answers 404 .*; check what was asked for"):
        Fetcher(tmp_path).get(service(recorded), "gone", {})
    assert recorded.asked == ["/gone"]


def test_get_from_nobody_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Service("hf", f"http://127.0.0.1:{free.getsockname()[1]}", 0.0, attempts=2, pause=0.0)
    with pytest.raises(SourceError, match="does not answer") as caught:
        Fetcher(tmp_path).get(nobody, "x", {})
    assert "\n" not in str(caught.value)


def test_get_of_an_impossible_address_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"try again later|check what was asked for"):
        Fetcher(tmp_path).get(Service("hf", "gopher://[", 0.0, attempts=1), "x", {})


def test_get_waits_as_long_as_it_is_told(tmp_path: Path) -> None:
    with recorded_service({"/x": [Recorded(b"", 429, {"Retry-After": "1"}), OK]}) as recorded:
        started = time.monotonic()
        Fetcher(tmp_path).get(service(recorded), "x", {})
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [("7", 7, 7), ("99999", 60, 60), ("-3", 0, 0), ("soon", 0, 0), ("", 0, 0), (formatdate(time.time() + 30, usegmt=True), 0, 31)],
)
def test_retry_after_is_a_number_or_a_time(header: str, least: float, most: float) -> None:
    assert least <= fetching._retry_after(header) <= most


def test_get_keeps_the_rate_in_one_process_and_across(recorded: RecordedService, tmp_path: Path) -> None:
    slow = service(recorded, interval=0.5)
    started = time.monotonic()
    Fetcher(tmp_path).get(slow, "x", {"n": "1"})
    Fetcher(tmp_path).get(slow, "x", {"n": "2"})
    same = Fetcher(tmp_path)
    same.get(slow, "x", {"n": "3"})
    same.get(slow, "x", {"n": "4"})
    assert time.monotonic() - started >= 1.4


def test_get_follows_a_redirection(tmp_path: Path) -> None:
    with recorded_service({"/x": [Recorded(b"", 302, {"Location": "/y"})], "/y": [OK]}) as recorded:
        assert Fetcher(tmp_path).get(service(recorded), "x", {}).body == b"answer"


def test_get_refuses_an_answer_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_MAX_ANSWER", 1 << 10)
    with recorded_service({"/x": [Recorded(b"y" * 5000)]}) as recorded, pytest.raises(SourceError, match="larger than"):
        Fetcher(tmp_path).get(service(recorded), "x", {})


def test_get_reports_an_answer_that_breaks_off(tmp_path: Path) -> None:
    with (
        recorded_service({"/x": [Recorded(b"half", headers={"Content-Length": "100"})]}) as recorded,
        pytest.raises(SourceError, match="does not answer"),
    ):
        Fetcher(tmp_path).get(service(recorded), "x", {})


def test_get_works_where_nothing_can_be_kept(recorded: RecordedService, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    fetcher = Fetcher(blocked)
    assert fetcher.get(service(recorded), "x", {}).body == b"answer"
    assert fetcher.get(service(recorded), "x", {}).body == b"answer"
    assert blocked.read_text() == "no folder"


def test_cache_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "paperkg"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == Path.home() / ".cache" / "paperkg"
    assert cache_folder(tmp_path / "other") == tmp_path / "other"
