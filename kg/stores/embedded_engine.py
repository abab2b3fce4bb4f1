"""The embedded engine as the engine of a store: a folder, the engine that runs on it, and a user that can only read."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from kg.errors import TimeLimitError
from kg.ports import Access, Decision
from kg.settings import StoreSettings
from kg.stores import embedded
from kg.stores.bolt import declarations
from kg.stores.bolt_connection import Connection, Credentials
from kg.stores.decisions import read_decisions, write_decisions
from kg.stores.embedded_files import Folder
from kg.stores.embedded_server import DATABASE, READER, WRITER

__all__ = ["EmbeddedEngine"]

#: Seconds for which a conflict is tried again; an engine that is gone does not come back at its address.
_PATIENCE = 3.0


class EmbeddedEngine:
    """The engine of one folder, which ends with the last process that holds it."""

    def __init__(self, settings: StoreSettings, *, create: bool = True) -> None:
        self.address = settings.address
        self._folder = Folder(Path(settings.address))
        self._folder.prepare(create=create)
        self._lifeline = embedded.attach(self._folder)
        attach = self._lifeline.attach
        self.uri = f"bolt://127.0.0.1:{attach.bolt}"
        self.connection = Connection(Credentials(self.uri, WRITER, attach.writer, DATABASE, self.address, _PATIENCE))
        self._reader = Connection(Credentials(self.uri, READER, attach.reader, DATABASE, self.address, _PATIENCE))

    def make_ready(self) -> None:
        """Declare constraints and indexes; what is there already costs next to nothing."""
        self.connection.declare(declarations())

    def ask(
        self, text: str, parameters: Mapping[str, object], rows: int | None, seconds: float | None
    ) -> tuple[list[str], list[list[Any]], bool]:
        """Run a statement as the user that the engine lets read records and nothing else."""
        late = threading.Event()
        timer = threading.Timer(seconds or 0.0, self._end, (late, seconds or 0.0))
        timer.daemon = True
        if seconds is not None:
            timer.start()
        try:
            return self._reader.ask(text, parameters, rows=rows, seconds=None)
        except Exception as error:
            if late.is_set():
                raise TimeLimitError(f"the statement ran longer than {seconds:g} seconds: ask for less or raise the limit") from error
            raise
        finally:
            timer.cancel()

    def _end(self, late: threading.Event, seconds: float) -> None:
        late.set()
        self._lifeline.terminate(seconds * 0.9)

    def decisions(self, *, settled: bool = False) -> list[Decision]:
        """People's decisions on names, in order."""
        return read_decisions(self._folder.settled if settled else self._folder.decisions)

    def decide(self, decisions: Sequence[Decision], *, settled: bool = False) -> None:
        """Replace the log of decisions."""
        write_decisions(self._folder.settled if settled else self._folder.decisions, decisions)

    def alone(self) -> AbstractContextManager[None]:
        """Keep other writers out by a lock in the folder."""
        return self._folder.alone()

    def access(self, *, writing: bool = False) -> Access:
        """How other tools get in over Bolt: as the user that can only read, unless `writing`."""
        return (self.connection if writing else self._reader).credentials.access()

    def close(self) -> None:
        """Close the connections and let go of the engine."""
        self.connection.close()
        self._reader.close()
        self._lifeline.close()
