"""Killed at any moment, the next build completes to the same bytes, and no engine stays behind.

PAPERKG_KILLS, PAPERKG_ENGINE_KILLS and PAPERKG_SERVER_KILLS set how often; the figures of a long run are in docs/reliability.md.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from corpus import PAPERS, fill
from fixtures_stores import empty
from neo4j_server import Neo4jServer

import cypher
from kg import KnowledgeGraph
from kg.errors import StoreFullError, StoreUnavailableError
from kg.graph import Change, Graph, Node, difference
from kg.ports import Store
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.stores.bolt_connection import Transaction
from kg.testing.memory import MemoryStore
from kg.testing.stores import graph_of, little_graph

KG = Path(sys.executable).with_name("kg")
KILLS = int(os.environ.get("PAPERKG_KILLS", "2"))
ENGINE_KILLS = int(os.environ.get("PAPERKG_ENGINE_KILLS", "1"))
SERVER_KILLS = int(os.environ.get("PAPERKG_SERVER_KILLS", "1"))
PAPERS_A_ROUND = 6


@pytest.fixture
def source(tmp_path: Path) -> Callable[[int], Path]:
    """A file of made-up papers, the longer the later the round: each names what others name too."""
    path = tmp_path / "papers.jsonl"

    def write(rounds: int) -> Path:
        lines = []
        for number in range(rounds * PAPERS_A_ROUND):
            other = number // 2
            lines.append(
                {
                    "id": f"2401.{number:05}",
                    "title": f"Net{number}: a model of its own",
                    "abstract": f"We introduce Net{number}, which builds on Net{other} and reaches {50 + number % 40}.5% accuracy on "
                    f"QuizBench-{number % 5}. It outperforms Net{other} by 2.1 points. Code: https://github.com/example/net{number % 7}.",
                    "authors": f"Ada Writer and Bo Reader{number % 3}",
                    "update_date": "2024-01-31",
                }
            )
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        return path

    return write


def build(source: Path, store: Path | StoreSettings) -> subprocess.Popen[str]:
    where, environment = str(store), dict(os.environ)
    if isinstance(store, StoreSettings):
        where = store.address
        environment |= {"NEO4J_USERNAME": store.username, "NEO4J_PASSWORD": store.password or ""}
    return subprocess.Popen(
        [KG, "build", "--engine", "fast", "--store", where, source],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def engines(store: Path) -> list[int]:
    """The processes that serve a folder."""
    mine = f"kg.stores.embedded_server\0{store.resolve()}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mine in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def gone(store: Path, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while engines(store):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def dump(store: Path | StoreSettings, out: Path) -> bytes:
    settings = store if isinstance(store, StoreSettings) else StoreSettings(str(store))
    with KnowledgeGraph(open_store(settings)) as graph:
        graph.export("jsonl", out)
        assert graph.check() == []
    return out.read_bytes()


def complete(source: Path, store: Path | StoreSettings) -> float:
    """Seconds of a build that nobody disturbs."""
    start = time.monotonic()
    done = build(source, store)
    _, said = done.communicate(timeout=300)
    assert done.returncode == 0, said
    return time.monotonic() - start


def test_killed_build_is_completed_by_the_next_one(source: Callable[[int], Path], tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    seconds = complete(source(1), tmp_path / "first.kg")
    store = tmp_path / "papers.kg"
    for number in range(1, KILLS + 1):
        process = build(source(number), store)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds * chance.uniform(0.1, 1.1))
        process.kill()
        process.communicate()
        assert gone(store), f"an engine is left after kill {number}"
        if (store / "store.json").exists():
            with KnowledgeGraph.open(store) as graph:
                assert graph.check() == [], f"half a change is there after kill {number}"
    complete(source(KILLS), store)
    complete(source(KILLS), tmp_path / "fresh.kg")
    assert dump(store, tmp_path / "a.jsonl") == dump(tmp_path / "fresh.kg", tmp_path / "b.jsonl")


def test_build_whose_engine_is_killed_says_so_and_is_completed_by_the_next_one(source: Callable[[int], Path], tmp_path: Path) -> None:
    chance = random.Random(ENGINE_KILLS)
    store = tmp_path / "papers.kg"
    seconds = complete(source(1), store)
    for number in range(2, ENGINE_KILLS + 2):
        process = build(source(number), store)
        time.sleep(seconds * chance.uniform(0.3, 0.9))
        for engine in engines(store):
            with suppress(ProcessLookupError):
                os.kill(engine, signal.SIGKILL)
        _, said = process.communicate(timeout=300)
        assert process.returncode in (0, 1), said
        assert "Traceback" not in said
        assert gone(store), f"an engine is left after kill {number}"
    complete(source(ENGINE_KILLS + 1), store)
    complete(source(ENGINE_KILLS + 1), tmp_path / "fresh.kg")
    assert dump(store, tmp_path / "a.jsonl") == dump(tmp_path / "fresh.kg", tmp_path / "b.jsonl")


@pytest.mark.neo4j
def test_build_whose_server_is_killed_goes_on_or_is_completed_by_the_next_one(
    source: Callable[[int], Path], neo4j_server: Neo4jServer, tmp_path: Path
) -> None:
    chance = random.Random(SERVER_KILLS)
    store = StoreSettings(neo4j_server.uri, neo4j_server.username, neo4j_server.password)
    empty(store)
    seconds = complete(source(1), store)
    for number in range(2, SERVER_KILLS + 2):
        process = build(source(number), store)
        time.sleep(seconds * chance.uniform(0.4, 1.0))
        neo4j_server.kill()
        if chance.random() < 0.3:  # it stays away for longer than the build waits
            process.wait(300)
        neo4j_server.start()
        _, said = process.communicate(timeout=300)
        assert process.returncode in (0, 1), said
        ours = [line for line in said.splitlines() if line.startswith(("store: ", "kg: ")) or " records of " in line]
        assert ours == said.splitlines(), "the driver wrote between our sentences"
        with KnowledgeGraph(open_store(store)) as graph:
            assert graph.check() == [], f"half a change is there after kill {number}"
    complete(source(SERVER_KILLS + 1), store)
    complete(source(SERVER_KILLS + 1), tmp_path / "fresh.kg")
    assert dump(store, tmp_path / "a.jsonl") == dump(tmp_path / "fresh.kg", tmp_path / "b.jsonl")


@pytest.mark.neo4j
def test_deadlock_of_two_writers_is_tried_again_until_both_have_written(neo4j_settings: StoreSettings) -> None:
    nodes = (Node("Task", "one", {"name": "0"}), Node("Task", "other", {"name": "0"}))
    both_hold_one = threading.Barrier(2)
    attempts: list[str] = []
    with open_store(neo4j_settings) as store:
        store.apply(Change(nodes=nodes))
        step = cypher.load("write", "changed_nodes").fill(label="Task")

        def write(first: str, second: str) -> None:
            def work(transaction: Transaction) -> None:
                attempts.append(first)
                transaction.run(step, rows=[{"key": first, "properties": {"key": first, "name": f"{first} by {first}"}}])
                if attempts.count(first) == 1:
                    both_hold_one.wait(30)
                transaction.run(step, rows=[{"key": second, "properties": {"key": second, "name": f"{second} by {first}"}}])

            store.engine.connection.write(work)

        writers = [threading.Thread(target=write, args=names) for names in (("one", "other"), ("other", "one"))]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(60)
        assert sorted(set(attempts)) == ["one", "other"]
        assert len(attempts) > 2, "neither was refused: they never locked crosswise"
        assert {node.properties["name"] for node in store.nodes()} in ({f"one by {one}", f"other by {one}"} for one in ("one", "other"))


COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # a client's message of Bolt: its length, what it is, no more of it
COMMITTED = b"\x88bookmark"  # stands in what a server says once a transaction, or a statement outside any, is done
CREATE = b"CREATE (n:"  # stands in a statement of a transaction that writes


class Proxy:
    """Carries bytes to a server; `cut` ends every connection, and so does what comes with each byte string of `cut_before`, in order."""

    def __init__(self, port: int) -> None:
        self._target = port
        self.cut_before: list[bytes] = []
        self._one_at_a_time = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _is_due(self, some: bytes) -> bool:
        with self._one_at_a_time:
            if due := bool(self.cut_before) and self.cut_before[0] in some:
                del self.cut_before[0]
            return due

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while some := one.recv(65536):
                if self._is_due(some):
                    self.cut()
                other.sendall(some)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        there, self._open = self._open, []
        for each in there:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def close(self) -> None:
        self._listener.close()
        self.cut()


@pytest.fixture
def proxy(neo4j_settings: StoreSettings) -> Iterator[Proxy]:
    host, _, port = neo4j_settings.address.rpartition(":")
    if "127.0.0.1" not in host:
        pytest.skip("the server is not on this machine")
    with closing(Proxy(int(port))) as opened:
        yield opened


@pytest.fixture
def store_behind(proxy: Proxy, neo4j_settings: StoreSettings) -> Iterator[Store]:
    """A little graph in the server, reached through the proxy."""
    with open_store(StoreSettings(f"bolt://127.0.0.1:{proxy.port}", neo4j_settings.username, neo4j_settings.password)) as store:
        store.apply(difference(Graph(), little_graph()))
        yield store


@pytest.mark.neo4j
def test_cut_connection_is_made_again_and_the_change_is_whole(proxy: Proxy, store_behind: Store) -> None:
    proxy.cut()
    fill(store_behind, PAPERS[:3])
    proxy.cut_before += [CREATE, CREATE]
    fill(store_behind)
    assert not proxy.cut_before
    wanted = MemoryStore()
    wanted.apply(difference(Graph(), little_graph()))
    fill(wanted)
    assert graph_of(store_behind) == graph_of(wanted)


@pytest.mark.neo4j
@pytest.mark.parametrize("message", [COMMIT, COMMITTED], ids=["unseen", "unanswered"])
def test_read_that_is_cut_off_in_its_commit_is_done_again(message: bytes, proxy: Proxy, store_behind: Store) -> None:
    proxy.cut_before += [message, message]
    assert graph_of(store_behind) == little_graph()
    assert not proxy.cut_before


@pytest.mark.neo4j
@pytest.mark.parametrize(("message", "is_done"), [(COMMIT, False), (COMMITTED, True)], ids=["unseen", "unanswered"])
def test_write_that_is_cut_off_in_its_commit_is_one_sentence_and_whole(
    message: bytes,
    is_done: bool,
    proxy: Proxy,
    store_behind: Store,
) -> None:
    tasks = tuple(Node("Task", name, {"name": name}) for name in ("one", "other"))
    proxy.cut_before.append(message)
    with pytest.raises(StoreUnavailableError, match="does not answer: check that it runs"):
        store_behind.apply(Change(nodes=tasks))
    assert not proxy.cut_before
    before, after = little_graph(), Graph.of([*little_graph(), *tasks])
    assert graph_of(store_behind) == (after if is_done else before)
    store_behind.apply(Change(nodes=tasks))
    assert graph_of(store_behind) == after
    assert len(list(store_behind.nodes())) == len(after.nodes)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", place], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_full_disk_is_one_clear_sentence_and_what_was_there_stays(small_disk: Path) -> None:
    store = small_disk / "papers.kg"
    with open_store(StoreSettings(str(store))) as opened:
        opened.apply(difference(Graph(), little_graph()))
        with pytest.raises(StoreFullError, match="no room on the disk"):
            overfill(opened)
    assert gone(store)


def overfill(store: Store) -> None:
    for number in range(100):
        store.apply(Change(nodes=tuple(Node("Task", f"{number} {n}", {"name": "x" * 900}) for n in range(1000))))


def test_store_that_may_not_be_written_is_one_clear_sentence(small_disk: Path) -> None:
    store = small_disk / "papers.kg"
    with open_store(StoreSettings(str(store))) as opened:
        opened.apply(difference(Graph(), little_graph()))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StoreUnavailableError, match=f"cannot use {store} as a store: Read-only file system"):
        open_store(StoreSettings(str(store)))
    assert gone(store)
