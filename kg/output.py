"""Where output goes: a stream that is open, or a file that appears only when it is whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError

__all__ = ["Out", "whole_file"]

Out = str | os.PathLike[str] | BinaryIO


@contextlib.contextmanager
def whole_file(out: Out) -> Iterator[BinaryIO]:
    """A binary stream to write to. A path gets its file at the end and as a whole, or stays as it was. Raises InputError.

    A link is followed; a device or a pipe is written to as it comes, since it must not be replaced.
    """
    if not isinstance(out, str | os.PathLike):
        yield out
        return
    path = Path(out)
    if path.exists() and not path.is_file():
        with _plain(path) as stream:
            yield stream
        return
    path = Path(os.path.realpath(path))
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


@contextlib.contextmanager
def _plain(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("wb") as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
