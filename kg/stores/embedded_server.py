"""The embedded engine as a process of its own: `python -m kg.stores.embedded_server FOLDER`.

It lives as long as something holds it: its standard input, which the process that started it keeps open until it is attached
and says so ("started": the end of an input is seen a moment late, and no hold may outlast its holder), and one control
connection for each process that is attached. The system closes both when a process ends, however it ends, so no engine
outlives its users. It says one line on standard output when it is ready or has failed.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.stores.embedded_classes import archive, write_archive
from kg.stores.embedded_files import Attach, Folder
from kg.stores.embedded_schema import prepare_search

__all__ = ["DATABASE", "JVM", "READER", "WRITER", "Engine", "Hold", "Holders", "main"]

DATABASE = "papers"
WRITER = "root"
READER = "reader"

_HEAP = "1g"
#: What Java has to say goes where the engine's other words go; standard output is ours.
JVM = (
    "-XX:+UseSerialGC", "-Xlog:disable", "-Xlog:all=warning:stderr",
    # The thorough compiler starts four times as late as it would, so that it takes no processor from short commands.
    "-XX:Tier4InvocationThreshold=20000", "-XX:Tier4MinInvocationThreshold=2400",
    "-XX:Tier4CompileThreshold=60000", "-XX:Tier4BackEdgeThreshold=160000",
)  # fmt: skip
_LOCK_SECONDS = 60.0
_ARCHIVE_SECONDS = 25.0
_READ_MILLISECONDS = 600_000
_CONFIGURATION = {
    "mode": "development",  # in production the engine tells nobody what is wrong with a statement
    "txWalFlush": 1,
    "host": "127.0.0.1",
    "http_port": "0",
    "bolt_port": "0",
    "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
    "opencypher_loadCsv_allowFileUrls": False,
    "opencypher_loadCsv_allowRemoteUrls": False,
}
#: A group that reads records and nothing else: the engine itself refuses all the rest.
_GROUPS = {
    "databases": {
        "*": {
            "groups": {
                "admin": {
                    "resultSetLimit": -1,
                    "readTimeout": -1,
                    "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
                    "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
                },
                READER: {
                    "resultSetLimit": -1,
                    "readTimeout": _READ_MILLISECONDS,
                    "access": [],
                    "types": {"*": {"access": ["readRecord"]}},
                },
                "*": {"resultSetLimit": -1, "readTimeout": -1, "access": [], "types": {"*": {"access": []}}},
            }
        }
    },
    "version": 2,
}


class Holders:
    """Counts what keeps the engine alive."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self._closed = False

    def enter(self) -> bool:
        """One more; False where the engine is already ending."""
        with self._changed:
            if not self._closed:
                self._count += 1
            return not self._closed

    def leave(self) -> bool:
        """One less; True where it was the last."""
        with self._changed:
            self._count -= 1
            self._closed = self._closed or self._count == 0
            self._changed.notify_all()
            return self._closed

    def wait(self) -> None:
        """Return when the last has left."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed)


class Hold:
    """One hold on the engine, which may be let go from several places; the first one counts."""

    def __init__(self, holders: Holders) -> None:
        self._holders = holders
        self._once = threading.Lock()

    def release(self) -> None:
        """Let go. Idempotent."""
        if self._once.acquire(blocking=False):
            self._holders.leave()


class Engine:
    """The database server in this process."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._classes = archive(JVM)
        self._server: Any = None

    def start(self, writer: str, reader: str) -> int:
        """Start the server with fresh passwords; the port of its Bolt listener."""
        import arcadedb_embedded
        import jpype
        from arcadedb_embedded.jvm import start_jvm

        config = self._folder.engine / "config"
        config.mkdir(exist_ok=True)
        (config / "server-users.jsonl").unlink(missing_ok=True)
        (config / "server-groups.json").write_text(json.dumps(_GROUPS), encoding="utf-8")
        for old in (self._folder.engine / "log").glob("server-event-log-*"):
            old.unlink()
        heap = os.environ.get("PAPERKG_ENGINE_HEAP", _HEAP)
        classes = (f"-XX:SharedArchiveFile={self._classes}",) if self._classes and self._classes.exists() else ()
        start_jvm(heap_size=heap, jvm_args=(*JVM, f"-Xms{heap}", *classes))  # growing it step by step costs a tenth of writing
        self._server = arcadedb_embedded.create_server(str(self._folder.engine), writer, config=_CONFIGURATION)
        self._server.start()
        prepare_search(self._server.create_database(DATABASE))
        java = self._server._java_server
        user = jpype.JClass("com.arcadedb.serializer.json.JSONObject")(
            json.dumps({"name": READER, "password": str(java.getSecurity().encodePassword(reader)), "databases": {DATABASE: [READER]}})
        )
        java.getSecurity().createUser(user)
        return next(int(plugin.getPort()) for plugin in java.getPlugins() if hasattr(plugin, "getPort"))

    def terminate(self, seconds: float) -> None:
        """End every reader's statement that has run for so long."""
        for running in list(self._server._java_server.getRunningQueries().getRunning()):
            if str(running.getUser()) == READER and running.getElapsedMillis() >= seconds * 1000:
                running.terminate(WRITER)

    def stop(self) -> None:
        """Close the database and stop the server."""
        self._server.stop()

    def remember(self) -> None:
        """Leave the classes that were used to the engines that come, of any folder; end all the same where that takes too long."""
        late = threading.Timer(_ARCHIVE_SECONDS, os._exit, (0,))
        late.daemon = True
        late.start()
        if self._classes:
            write_archive(self._classes)


def _hold_by_stdin(starter: Hold) -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    starter.release()


@dataclass(frozen=True, slots=True)
class _Control:
    """What the control connections share."""

    token: str
    holders: Holders
    starter: Hold
    engine: Engine


def _serve(connection: socket.socket, control: _Control) -> None:
    holders = control.holders
    with connection, connection.makefile("rwb") as stream:
        if not secrets.compare_digest(stream.readline(200).strip(), control.token.encode()) or not holders.enter():
            return
        left = False
        try:
            stream.write(b"attached\n")
            stream.flush()
            for line in stream:
                word, _, argument = line.decode().strip().partition(" ")
                if word == "terminate":
                    control.engine.terminate(float(argument))
                elif word == "started":
                    control.starter.release()
                elif word == "leave":
                    left = True
                    stream.write(b"last\n" if holders.leave() else b"others\n")
                    stream.flush()
                    break
        except (OSError, ValueError):
            pass
        finally:
            if not left:
                holders.leave()


def _accept(listener: socket.socket, control: _Control) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, control), daemon=True).start()


def _wait_for_lock(folder: Folder) -> IO[bytes]:
    """The lock of the folder: an engine that is ending may still hold it for a moment."""
    deadline = time.monotonic() + _LOCK_SECONDS
    while time.monotonic() < deadline:
        if held := folder.lock():
            return held
        time.sleep(0.02)
    raise TimeoutError(f"another engine holds {folder.path}")


def _run(folder: Folder) -> None:
    holders = Holders()
    holders.enter()
    starter = Hold(holders)
    threading.Thread(target=_hold_by_stdin, args=(starter,), daemon=True).start()
    lock = _wait_for_lock(folder)
    engine = Engine(folder)
    writer, reader, token = (secrets.token_urlsafe(24) for _ in range(3))
    bolt = engine.start(writer, reader)
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, _Control(token, holders, starter, engine)), daemon=True).start()
    folder.write_attach(Attach(bolt, listener.getsockname()[1], token, writer, reader, os.getpid()))
    _say("ready")
    holders.wait()
    folder.attach.unlink(missing_ok=True)
    listener.close()
    engine.stop()
    lock.close()
    engine.remember()


def _say(line: str) -> None:
    with contextlib.suppress(OSError):
        os.write(1, line.encode() + b"\n")


def main() -> None:
    """Serve the folder named on the command line until nobody holds the engine any more."""
    try:
        _run(Folder(Path(sys.argv[1])))
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the process that waits is told
        _say(f"failed {' '.join(str(error).split())[:500]}")
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
