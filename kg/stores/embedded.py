"""The embedded engine from its users' side: attach to the running one, or start one and attach.

Two processes that open a folder at once may both start an engine; the lock in the folder lets one through, the other's is
ended as soon as it sees the first one answer. An attach file that a killed engine left leads nowhere and is passed over.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError, StoreFullError, StoreUnavailableError
from kg.stores.embedded_files import Attach, Folder

__all__ = ["Lifeline", "attach"]

_START_SECONDS = 90.0
_STOP_SECONDS = 30.0
_PATIENCE = 0.02


@dataclass(slots=True)
class Lifeline:
    """One process's hold on a running engine; the engine ends when the last one is let go."""

    attach: Attach
    _connection: socket.socket
    _child: subprocess.Popen[bytes] | None = None

    def adopt(self, child: subprocess.Popen[bytes]) -> None:
        """Take over the engine that this process started: from now on this connection alone holds it for us."""
        self._child = child
        with contextlib.suppress(OSError):
            self._connection.sendall(b"started\n")

    def terminate(self, seconds: float) -> None:
        """Have the engine end reading statements that have run for so long."""
        with contextlib.suppress(OSError):
            self._connection.sendall(f"terminate {seconds}\n".encode())

    def close(self) -> None:
        """Let go; where nobody else holds the engine, return when it has ended. Idempotent."""
        with contextlib.suppress(OSError), self._connection:
            self._connection.settimeout(_STOP_SECONDS)
            self._connection.sendall(b"leave\n")
            while answer := self._connection.recv(64):
                if b"others" in answer:
                    self._reap_later()
                    break
        if self._child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(_STOP_SECONDS)
            self._child = None

    def _reap_later(self) -> None:
        """The engine goes on for others: take note of its end whenever it comes, without waiting for it."""
        if self._child is not None:
            threading.Thread(target=self._child.wait, daemon=True).start()
            self._child = None


def attach(folder: Folder) -> Lifeline:
    """A hold on the engine of the folder, which is started where none runs. Raises StoreError and its kin."""
    if (lifeline := _hold(folder)) is not None:
        return lifeline
    try:
        child = _spawn(folder)
    except OSError as error:
        kind = StoreFullError if error.errno == errno.ENOSPC else StoreUnavailableError
        raise kind(
            f"cannot use {folder.path} as a store: {error.strerror}; the engine writes there even to read, so copy it elsewhere"
        ) from error
    said = b""
    deadline = time.monotonic() + _START_SECONDS
    try:
        while child.poll() is None and time.monotonic() < deadline:
            if (lifeline := _hold(folder)) is not None:
                if lifeline.attach.process == child.pid:
                    lifeline.adopt(child)
                else:
                    child.kill()
                    child.wait()
                _close_pipes(child)
                return lifeline
            said += _hear(child)
    except BaseException:
        _abandon(child)
        raise
    _abandon(child)
    raise _failure(folder, said.decode(errors="replace"))


def _abandon(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    _close_pipes(child)


def _hold(folder: Folder) -> Lifeline | None:
    """A hold on the engine that the attach file names, None where no engine answers there."""
    found = folder.read_attach()
    if found is None:
        return None
    try:
        connection = socket.create_connection(("127.0.0.1", found.control), timeout=5.0)
    except OSError:
        return None
    try:
        connection.sendall(found.token.encode() + b"\n")
        if connection.recv(64) == b"attached\n":
            connection.settimeout(None)
            return Lifeline(found, connection)
    except OSError:
        pass
    connection.close()
    return None


def _spawn(folder: Folder) -> subprocess.Popen[bytes]:
    log = _log(folder)
    log.parent.mkdir(exist_ok=True)
    packages = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (packages, os.environ.get("PYTHONPATH"))))}
    environment["ARCADEDB_JVM_ERROR_FILE"] = str(log.with_name("jvm-%p.log"))
    with log.open("wb") as words:
        return subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-P", "-m", "kg.stores.embedded_server", str(folder.path.resolve())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words,
            cwd=folder.engine, env=environment, start_new_session=True,
        )  # fmt: skip


def _hear(child: subprocess.Popen[bytes]) -> bytes:
    """What the child has said within a moment."""
    assert child.stdout is not None
    if sys.platform == "win32":
        time.sleep(_PATIENCE)
        return child.stdout.read() if child.poll() is not None else b""
    if select.select([child.stdout], [], [], _PATIENCE)[0]:
        said = os.read(child.stdout.fileno(), 4096)
        if not said:
            time.sleep(_PATIENCE)
        return said
    return b""


def _close_pipes(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _failure(folder: Folder, said: str) -> StoreError:
    reason = said.strip().removeprefix("failed ") or f"not within {_START_SECONDS:.0f} seconds, see {_log(folder)}"
    if "No space left" in reason:
        return StoreFullError(f"no room on the disk of {folder.path}: free some and try again")
    return StoreUnavailableError(f"the engine of {folder.path} did not start: {reason}")


def _log(folder: Folder) -> Path:
    return folder.engine / "log" / "start.log"
