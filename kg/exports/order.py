"""What exports take, and the order in which they write it."""

from __future__ import annotations

import heapq
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import BinaryIO

from kg.graph import Graph, Node, Relationship

__all__ = ["RUN_LINES", "Items", "ordered", "sorted_lines"]

Items = Iterable[Node | Relationship]
#: Lines sorted in memory at a time; more go through temporary files, so memory stays flat.
RUN_LINES = 100_000


def ordered(items: Items) -> Iterator[Node | Relationship]:
    """A graph's nodes, then its relationships, sorted by identity; any other iterable in its own order, as stores give it sorted."""
    if not isinstance(items, Graph):
        yield from items
        return
    for ref in sorted(items.nodes):
        yield items.nodes[ref]
    for identity in sorted(items.relationships):
        yield items.relationships[identity]


def sorted_lines(lines: Iterable[bytes], *, key: Callable[[bytes], list[str]] | None = None, run_lines: int = RUN_LINES) -> Iterator[bytes]:
    """The lines in the order of `key`, else of their bytes. Each ends in its only line feed."""
    waiting = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterator[bytes]] = []
        while run := sorted(itertools.islice(waiting, run_lines), key=key):
            if len(run) < run_lines:
                runs.append(iter(run))
                break
            spilled: BinaryIO = stack.enter_context(tempfile.TemporaryFile())
            spilled.writelines(run)
            spilled.seek(0)
            runs.append(iter(spilled))
        yield from heapq.merge(*runs, key=key)
