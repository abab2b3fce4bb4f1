"""What lies in the folder of an embedded store, beside the engine's own data.

store.json        version of the store; written once
decisions.jsonl   people's decisions on names
engine/settled.jsonl  those of them that the graph is resolved with
write.lock        held by the process that writes
attach.json       address and passwords of the running engine; readable by the owner alone
engine.lock       held by the running engine
engine/           the engine's data, configuration and logs
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from kg.errors import StoreError, StoreFullError, StoreUnavailableError, StoreVersionError
from kg.schema import VERSION

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["Attach", "Folder", "take", "write_atomically"]

#: What another process may have put there while it makes the store, up to the first dot.
_OURS = {"store", "engine", "attach", "decisions"}


@dataclass(frozen=True, slots=True)
class Attach:
    """How to reach a running engine: ports on loopback, and what opens them."""

    bolt: int
    control: int
    token: str
    writer: str
    reader: str
    process: int


def write_atomically(path: Path, text: str, mode: int = 0o666) -> None:
    """Replace a file: whole or not at all, whatever happens meanwhile. Raises StoreError."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        kind = StoreFullError if error.errno == errno.ENOSPC else StoreError
        raise kind(f"cannot write {path}: {error.strerror}") from error


def take(path: Path) -> IO[bytes] | None:
    """The lock of a file, held until the handle is closed or its process ends; None where another holds it."""
    handle = path.open("ab")
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of one embedded store."""

    path: Path

    @property
    def engine(self) -> Path:
        """Where the engine works; nothing of it lies elsewhere."""
        return self.path / "engine"

    @property
    def decisions(self) -> Path:
        """The log of people's decisions."""
        return self.path / "decisions.jsonl"

    @property
    def settled(self) -> Path:
        """The decisions that the graph is resolved with."""
        return self.engine / "settled.jsonl"

    @property
    def attach(self) -> Path:
        """The file through which others find the running engine."""
        return self.path / "attach.json"

    def prepare(self, *, create: bool) -> None:
        """Make the folder or check that it is a store of this version. Raises StoreError, StoreVersionError."""
        try:
            if self._is_new():
                if not create:
                    raise StoreError(f"there is no store at {self.path}: build one first, or name the folder of one")
                self.engine.mkdir(parents=True, exist_ok=True)
                write_atomically(self.path / "store.json", json.dumps({"paperkg": VERSION}) + "\n")
            else:
                self._check_version()
                self.engine.mkdir(exist_ok=True)
        except OSError as error:
            kind = StoreFullError if error.errno == errno.ENOSPC else StoreUnavailableError
            raise kind(f"cannot use {self.path} as a store: {error.strerror}") from error

    def _is_new(self) -> bool:
        if not self.path.exists():
            return True
        if not self.path.is_dir():
            raise StoreError(f"{self.path} is a file: a store is a folder or a Bolt address such as neo4j://localhost")
        if (self.path / "store.json").exists():
            return False
        if {entry.name.partition(".")[0] for entry in self.path.iterdir()} - _OURS:
            raise StoreError(f"{self.path} holds something else: name an empty or a new folder, or that of a store")
        return True

    def _check_version(self) -> None:
        try:
            version = json.loads((self.path / "store.json").read_text(encoding="utf-8"))["paperkg"]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.path / 'store.json'} is damaged: it should say which version wrote the store") from error
        if version != VERSION:
            raise StoreVersionError(
                f"the store {self.path} was written in format {version}, this version reads format {VERSION}: build it anew"
            )

    def read_attach(self) -> Attach | None:
        """The engine that says it runs, None where none does. Raises StoreUnavailableError where we may not look."""
        try:
            found: Mapping[str, object] = json.loads(self.attach.read_text(encoding="utf-8"))
            return Attach(**found)  # type: ignore[arg-type]
        except PermissionError as error:
            raise StoreUnavailableError(f"the store {self.path} is open under another user: only its owner can attach") from error
        except (OSError, ValueError, TypeError):
            return None

    def write_attach(self, attach: Attach) -> None:
        """Say how to reach the engine, to the owner alone."""
        write_atomically(self.attach, json.dumps(asdict(attach)), mode=0o600)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock of the one process, and the one handle in it, that writes; wait for it as long as another does."""
        with (self.path / "write.lock").open("ab") as handle:
            if sys.platform == "win32":
                while True:
                    with contextlib.suppress(OSError):
                        msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                        break
            else:
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def lock(self) -> IO[bytes] | None:
        """The lock that the running engine holds until its file is closed; None where another holds it.

        The system lets go of it when its process ends, however it ends.
        """
        return take(self.path / "engine.lock")
