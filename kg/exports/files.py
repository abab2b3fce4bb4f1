"""Where exports write: a stream that is open, or a file that appears only when it is whole; and the order they write in."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.graph import Graph, Node, Relationship

__all__ = ["Items", "Out", "ordered", "whole_file"]

Out = str | os.PathLike[str] | BinaryIO
Items = Iterable[Node | Relationship]


@contextlib.contextmanager
def whole_file(out: Out) -> Iterator[BinaryIO]:
    """A binary stream to write to. A path gets its file at the end and as a whole, or stays as it was. Raises InputError."""
    if not isinstance(out, str | os.PathLike):
        yield out
        return
    path = Path(out)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        written = Path(name)
        written.chmod(0o666 & ~_umask())
        written.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        Path(name).unlink(missing_ok=True)


def ordered(items: Items) -> Iterator[Node | Relationship]:
    """A graph's nodes, then its relationships, sorted by identity; any other iterable in its own order, as stores give it sorted."""
    if not isinstance(items, Graph):
        yield from items
        return
    for ref in sorted(items.nodes):
        yield items.nodes[ref]
    for identity in sorted(items.relationships):
        yield items.relationships[identity]


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
