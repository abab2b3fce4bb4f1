"""Bytes in: plain or gzip, from a file or standard input, in whatever encoding; nothing here knows what they mean."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import SourceError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["HEAD", "MAX_DOCUMENT", "STDIN", "Opened", "decoded", "encoding_of", "opened", "reading"]

#: The word for standard input.
STDIN = "-"
#: Bytes by which a shape is recognised.
HEAD = 1 << 16
#: Bytes of a page, feed or JSON document, which are read as a whole; JSON Lines have no such limit.
MAX_DOCUMENT = 256 << 20

_GZIP = b"\x1f\x8b"
_ARCHIVES = {b"PK\x03\x04": "a zip archive", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zstd", b"%PDF": "a PDF"}
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class _Rejoined(io.RawIOBase):
    """A stream with the bytes that were already taken from it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        if self._head:
            taken = min(len(view), len(self._head))
            view[:taken] = self._head[:taken]
            self._head = self._head[taken:]
            return taken
        data = self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)


class _Unpacked(io.RawIOBase):
    """The content of gzip data: all that can be unpacked, then the end, whatever is broken behind it. `failure` says what is."""

    def __init__(self, packed: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=packed)
        self.failure: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = b"" if self.failure else self._file.read1(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            data, self.failure = b"", f"its gzip data is broken or cut off ({error}); fetch or pack the file again"
        view[: len(data)] = data
        return len(data)


class Opened:
    """An open stream of unpacked bytes, and its first ones."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self._unpacked: _Unpacked | None = None
        self.head = stream.read(HEAD)
        if self.head.startswith(_GZIP):
            self._unpacked = _Unpacked(io.BufferedReader(_Rejoined(self.head, stream), HEAD))
            stream = io.BufferedReader(self._unpacked, HEAD)
            self.head = stream.read(HEAD)
        self.stream = io.BufferedReader(_Rejoined(self.head, stream), HEAD)

    @property
    def failure(self) -> str | None:
        """Why the stream ended before its time; known once it has been read."""
        return self._unpacked.failure if self._unpacked else None

    def whole(self) -> bytes:
        """Every byte of it."""
        data = self.stream.read(MAX_DOCUMENT + 1)
        if len(data) > MAX_DOCUMENT:
            raise SourceError(f"{self.name}: larger than {MAX_DOCUMENT >> 20} MiB; split it, or give it as JSON Lines")
        return data


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Every way in which reading fails, as one sentence that names the source."""
    try:
        yield
    except FileNotFoundError as error:
        raise SourceError(f"{name}: no such file; a source is a file, a folder, a glob, '-', hf:DATE or arxiv:ID") from error
    except IsADirectoryError as error:
        raise SourceError(f"{name}: is a folder where a file is needed") from error
    except PermissionError as error:
        raise SourceError(f"{name}: may not be read; its permissions forbid it") from error
    except OSError as error:
        raise SourceError(f"{name}: cannot be read ({error.strerror or error})") from error


@contextmanager
def opened(name: str) -> Iterator[Opened]:
    """The unpacked bytes of a file, or of standard input where `name` is `-`."""
    with reading(name):
        raw: BinaryIO = sys.stdin.buffer if name == STDIN else Path(name).open("rb")  # noqa: SIM115 -- closed below, but for stdin
        try:
            found = Opened(name, raw)
            for magic, what in _ARCHIVES.items():
                if found.head.startswith(magic):
                    raise SourceError(f"{name}: is {what}; unpack it and give the text inside, plain or as gzip")
            yield found
        finally:
            if name != STDIN:
                raw.close()


def encoding_of(head: bytes) -> str | None:
    """The encoding of text by its first bytes: what a byte order mark says, UTF-16 without one, else UTF-8; None for a binary."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:4096]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = sample[first::2], sample[1 - first :: 2]
        if high.count(0) > 0.4 * len(high) and not _CONTROLS.search(low):
            return encoding
    return None if b"\x00" in sample or len(_CONTROLS.findall(sample)) > 0.02 * len(sample) else "utf-8"


def decoded(data: bytes, name: str) -> tuple[str, int | None]:
    """Text, and the line of the first byte that is no text in its encoding (it became U+FFFD), None where all is.

    Bytes that are not UTF-8, nor seem to have been, are read as Windows-1252.
    """
    encoding = encoding_of(data[:HEAD])
    if encoding is None:
        raise SourceError(f"{name}: is not text; a source is a listing saved as text, arXiv JSON Lines, an Atom feed or the hub's JSON")
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not _MULTIBYTE.search(data):
            try:
                return data.decode("cp1252"), None
            except UnicodeDecodeError:
                pass
        before = data[: error.start].decode(encoding, "replace")
        return data.decode(encoding, "replace"), 1 + len(re.findall(r"\r\n|\r|\n", before))
