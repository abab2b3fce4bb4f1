"""The life of the embedded engine: who starts it, who shares it, and that it never outlives its users."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import DecisionError, StoreError, StoreUnavailableError, StoreVersionError
from kg.graph import Change, Node
from kg.settings import StoreSettings
from kg.stores import embedded, open_store
from kg.stores.embedded_files import Folder

#: Opens the store, says so, writes a node if it is told to, and waits for the end of its input.
USER = """
import sys
from kg.graph import Change, Node
from kg.settings import StoreSettings
from kg.stores import open_store
with open_store(StoreSettings(sys.argv[1])) as store:
    if len(sys.argv) > 2:
        store.apply(Change(nodes=(Node("Task", sys.argv[2], {"name": sys.argv[2]}),)))
    print(store.query("MATCH (t:Task) RETURN count(t)").rows[0][0], flush=True)
    sys.stdin.read()
"""


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def engine_of(settings: StoreSettings) -> int:
    attach = Folder(Path(settings.address)).read_attach()
    assert attach is not None
    return attach.process


@pytest.fixture
def user(new_folder: StoreSettings, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts another process that holds the store open, and returns when it does."""
    started: list[subprocess.Popen[str]] = []
    (tmp_path / "elsewhere").mkdir()

    def start(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", USER, new_folder.address, *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path / "elsewhere",
        )  # fmt: skip
        started.append(process)
        assert process.stdout
        process.said = process.stdout.readline()  # type: ignore[attr-defined]
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_engine_ends_with_its_only_user(new_folder: StoreSettings) -> None:
    store = open_store(new_folder)
    engine = engine_of(new_folder)
    assert alive(engine)
    store.close()
    assert not alive(engine)
    assert not (Path(new_folder.address) / "attach.json").exists()


def test_second_process_attaches_and_outlives_the_first(new_folder: StoreSettings, user: Callable[..., subprocess.Popen[str]]) -> None:
    store = open_store(new_folder)
    engine = engine_of(new_folder)
    other = user("reasoning")
    assert other.said == "1\n"  # type: ignore[attr-defined]
    assert engine_of(new_folder) == engine
    assert [node.key for node in store.nodes()] == ["reasoning"]
    store.close()
    assert alive(engine), "the engine must not end under the second user's feet"
    other.communicate("")
    assert wait_for(lambda: not alive(engine))


def test_no_engine_is_left_when_its_user_is_killed(new_folder: StoreSettings, user: Callable[..., subprocess.Popen[str]]) -> None:
    process = user("reasoning")
    engine = engine_of(new_folder)
    process.kill()
    process.wait()
    assert wait_for(lambda: not alive(engine))
    with open_store(new_folder) as store:
        assert [node.key for node in store.nodes()] == ["reasoning"]


def test_no_engine_is_left_when_its_user_is_killed_while_it_starts(new_folder: StoreSettings, tmp_path: Path) -> None:
    code = "import sys; from kg.settings import StoreSettings; from kg.stores import open_store; open_store(StoreSettings(sys.argv[1]))"
    process = subprocess.Popen([sys.executable, "-c", code, new_folder.address])
    log = Path(new_folder.address) / "engine" / "log" / "start.log"
    assert wait_for(log.exists)
    process.kill()
    process.wait()
    mine = f"kg.stores.embedded_server\0{Path(new_folder.address).resolve()}".encode()

    def left() -> list[str]:
        return [str(entry) for entry in Path("/proc").glob("[0-9]*") if mine in _command(entry)]

    assert wait_for(lambda: not left()), left()


def _command(entry: Path) -> bytes:
    try:
        return (entry / "cmdline").read_bytes()
    except OSError:
        return b""


def test_killed_engine_is_replaced_and_what_was_written_is_there(new_folder: StoreSettings) -> None:
    with open_store(new_folder) as store:
        store.apply(Change(nodes=(Node("Task", "reasoning"),)))
        os.kill(engine_of(new_folder), signal.SIGKILL)
    assert (Path(new_folder.address) / "attach.json").exists(), "the stale file stays behind"
    with open_store(new_folder) as store:
        assert [node.key for node in store.nodes()] == ["reasoning"]


def test_reading_from_a_killed_engine_is_one_clear_error(new_folder: StoreSettings) -> None:
    with open_store(new_folder) as store:
        engine = engine_of(new_folder)
        os.kill(engine, signal.SIGKILL)
        assert wait_for(lambda: not alive(engine))
        with pytest.raises(StoreUnavailableError, match="does not answer"):
            list(store.nodes())


def test_two_that_open_at_once_share_one_engine(new_folder: StoreSettings) -> None:
    with ThreadPoolExecutor(3) as pool:
        stores = list(pool.map(lambda _: open_store(new_folder), range(3)))
    addresses = {store.engine.connection.credentials.uri for store in stores}
    for store in stores:
        store.close()
    assert len(addresses) == 1


def test_attach_file_is_for_the_owner_alone_and_no_password_shows(new_folder: StoreSettings) -> None:
    with open_store(new_folder) as store:
        path = Path(new_folder.address) / "attach.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        secrets = json.loads(path.read_text())
        shown = f"{store.engine.connection.credentials!r} {store.address}"
        log = (Path(new_folder.address) / "engine" / "log" / "start.log").read_text()
        for name in ("writer", "reader", "token"):
            assert secrets[name] not in shown + log


def test_wrong_token_does_not_attach(new_folder: StoreSettings) -> None:
    with open_store(new_folder):
        folder = Folder(Path(new_folder.address))
        attach = folder.read_attach()
        assert attach is not None
        path = folder.attach
        text = path.read_text()
        path.write_text(text.replace(attach.token, "guessed"))
        assert embedded._hold(folder) is None
        path.write_text(text)


def test_nothing_is_written_where_the_user_stands(user: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    user().communicate("")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert {entry.name for entry in (tmp_path / "papers.kg").iterdir()} <= {"store.json", "engine", "engine.lock"}


def test_missing_folder_is_not_made_for_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        open_store(StoreSettings(str(tmp_path / "nowhere")), create=False)
    assert not (tmp_path / "nowhere").exists()


def test_file_or_foreign_folder_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.tex").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        open_store(StoreSettings(str(tmp_path / "file")))
    with pytest.raises(StoreError, match="something else"):
        open_store(StoreSettings(str(tmp_path / "folder")))


@pytest.mark.parametrize(("text", "error"), [('{"paperkg": 99}', StoreVersionError), ("{", StoreError), ("[]", StoreError)])
def test_store_of_another_version_or_damaged_is_refused(tmp_path: Path, text: str, error: type[StoreError]) -> None:
    (tmp_path / "store.json").write_text(text)
    with pytest.raises(error, match=str(tmp_path)):
        open_store(StoreSettings(str(tmp_path)))


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "no JSON"), ("[]", "no decision"), ('{"number": 1}', "no decision"), ("\udcff{}", "no UTF-8"),
     ('{"number": "1", "kind": "same", "label": "Model", "a": "a", "b": "b", "reason": ""}', "whole number"),
     ('{"number": 0, "kind": "same", "label": "Model", "a": "a", "b": "b", "reason": "r"}', "from 1 to"),
     ('{"number": 1, "kind": "same", "label": "Model", "a": " ", "b": "b", "reason": "r"}', "a is empty"),
     ('{"number": 1, "kind": "same", "label": "Model", "a": "a", "b": "b", "reason": ""}', "reason is empty"),
     ('{"number": 1, "kind": "same", "label": "Model", "a": "b", "b": "b", "reason": "r"}', "one name")],
)  # fmt: skip
def test_damaged_decision_is_named_with_its_line(embedded_settings: StoreSettings, line: str, said: str) -> None:
    path = Path(embedded_settings.address) / "decisions.jsonl"
    path.write_bytes(f"\n{line}\n".encode(errors="surrogateescape"))
    with open_store(embedded_settings) as store, pytest.raises(DecisionError, match=f"decisions.jsonl:2.*{said}"):
        store.decisions()
    path.unlink()


def test_address_of_the_store_may_hold_spaces_and_other_scripts(tmp_path: Path) -> None:
    with open_store(StoreSettings(str(tmp_path / "my päpers 論文.kg"))) as store:
        store.apply(Change(nodes=(Node("Task", "x"),)))
        assert [node.key for node in store.nodes()] == ["x"]
