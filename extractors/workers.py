"""Reading very many papers on several cores: the fast engine in child processes, each started as `python -m extractors.workers ENGINE`.

Children are plain programs that read texts from their input and write extractions to their output, so that they neither fork a
process that has threads nor run the caller's script again. They end when their input does, whatever became of their parent.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from itertools import chain, islice
from queue import SimpleQueue
from typing import IO

from kg.errors import ExtractorError
from kg.model import Extraction, Run, Text
from kg.ports import Extractor

__all__ = ["Spread", "cores", "serve"]

#: So many papers are not worth starting children for.
ALONE = 200
#: Papers handed over at once, and such portions under way for each child.
_PORTION, _AHEAD = 128, 2


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Spread:
    """An extractor that gives what `inner` gives, in the same order, and has children read where there are more than a few papers."""

    def __init__(self, inner: Extractor, engine: str, children: int, *, alone: int = ALONE) -> None:
        self._inner = inner
        self._engine = engine
        self._children = children
        self._alone = alone

    @property
    def run(self) -> Run:
        """What produced the extractions; how many processes there were is no part of it."""
        return self._inner.run

    def extract(self, texts: Iterable[Text]) -> Iterator[Extraction]:
        """One extraction for each text, in order; the first comes once it is known whether children are worth starting.

        Raises ExtractorError where a child ends before its input does.
        """
        stream = iter(texts)
        first = list(islice(stream, self._alone + 1))
        if len(first) <= self._alone:
            yield from self._inner.extract(first)
        else:
            with ExitStack() as stack:
                yield from self._spread(chain(first, stream), stack)

    def _spread(self, stream: Iterator[Text], stack: ExitStack) -> Iterator[Extraction]:
        free: SimpleQueue[_Child] = SimpleQueue()
        pool = stack.enter_context(ThreadPoolExecutor(self._children))
        for _ in range(self._children):
            child = _Child(self._engine)
            stack.callback(child.end)
            free.put(child)

        def read(some: list[Text]) -> list[Extraction]:
            child = free.get()
            try:
                return child.read(some)
            finally:
                free.put(child)

        waiting: deque[Future[list[Extraction]]] = deque()
        portion = list(islice(stream, _PORTION))
        while portion or waiting:
            while portion and len(waiting) < self._children * _AHEAD:
                waiting.append(pool.submit(read, portion))
                portion = list(islice(stream, _PORTION))
            yield from waiting.popleft().result()


class _Child:
    """One child process."""

    def __init__(self, engine: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program; -P: what lies in the current folder is not
            [sys.executable, "-P", "-m", "extractors.workers", engine],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
        )

    def read(self, texts: list[Text]) -> list[Extraction]:
        """The extractions of some texts."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            pickle.dump([(text.key, text.title, text.abstract) for text in texts], self._process.stdin)
            self._process.stdin.flush()
            return pickle.load(self._process.stdout)  # type: ignore[no-any-return]  # noqa: S301 - of a child of our own
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise ExtractorError("a process that read papers ended before it was done; try again, with more memory free") from error

    def end(self) -> None:
        """Let it go, at once."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        self._process.wait()


def _environment() -> dict[str, str]:
    """The environment with the modules that this process finds, and one thread for numpy."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "OMP_NUM_THREADS": "1"}


def serve(engine: str, given: IO[bytes], taken: IO[bytes]) -> None:
    """Answer portions of texts until the input ends."""
    from extractors.engine import load_engine

    extractor = load_engine(engine)
    with suppress(EOFError, BrokenPipeError):
        while True:
            texts: Sequence[tuple[str, str, str]] = pickle.load(given)  # noqa: S301 - of our own parent
            pickle.dump(list(extractor.extract([Text(*text) for text in texts])), taken, pickle.HIGHEST_PROTOCOL)
            taken.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # reading makes no cycles, and looking for them takes a twentieth of the time
    serve(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
