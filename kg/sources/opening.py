"""From the words that a user types to sources."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import SourceError
from kg.model import Loss, Origin, Record
from kg.ports import Source
from kg.sources.files import FileSource
from kg.sources.live import live_source
from kg.sources.streams import STDIN

__all__ = ["leads_anywhere", "open_sources"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]+):(?!\\)(.*)", re.DOTALL)
_LIVE = ("arxiv", "hf")
_RIGHT = "a source is a file, a folder, a glob, '-', hf:DATE or arxiv:ID"


class _Nothing:
    """A word that leads to no source; reading it says why, so that the other words are still read."""

    def __init__(self, message: str) -> None:
        self._message = message

    def read(self) -> Iterator[Record | Loss]:
        raise SourceError(self._message)


class _Output:
    """The file that standard output goes to: whoever reads it reads what is just being written."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read(self) -> Iterator[Record | Loss]:
        yield Loss(Origin(self._name), "is where the output goes; passed over", furniture=True)


def _is_output(path: Path) -> bool:
    """Whether standard output goes to this file."""
    try:
        output = os.fstat(1)
        return stat.S_ISREG(output.st_mode) and os.path.samestat(output, path.stat())
    except OSError:
        return False


def _found(path: Path, year: int | None, *, among_others: bool) -> Source:
    return _Output(str(path)) if _is_output(path) else FileSource(str(path), year, among_others)


def _members(folder: Path) -> Iterator[Path]:
    """The files of a folder and the folders in it, in sorted order; hidden ones and links to folders left out."""
    for path in sorted(folder.iterdir(), key=lambda found: found.name):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _members(path)
        elif path.is_file():
            yield path


def _folder(word: str, year: int | None) -> Iterator[Source]:
    try:
        members = list(_members(Path(word)))
    except OSError as error:
        yield _Nothing(f"{word}: the folder cannot be read ({error.strerror or error})")
        return
    yield from (_found(path, year, among_others=True) for path in members)
    if not members:
        yield _Nothing(f"{word}: the folder holds no files; {_RIGHT}")


def _sources(word: str, year: int | None, cache: Path | None) -> Iterator[Source]:
    scheme = _SCHEME.fullmatch(word)
    if word == STDIN:
        yield FileSource(STDIN, year)
    elif not word or "\x00" in word:
        yield _Nothing(f"{word!r} names nothing; {_RIGHT}")
    elif scheme and scheme[1].lower() in _LIVE:
        yield live_source(scheme[1].lower(), scheme[2], cache)
    elif Path(word).is_dir():
        yield from _folder(word, year)
    elif glob.has_magic(word) and not Path(word).exists():
        found = sorted(glob.glob(word, recursive=True))  # noqa: PTH207 -- a word may be absolute
        for path in found:
            yield from _folder(path, year) if Path(path).is_dir() else [_found(Path(path), year, among_others=False)]
        if not found:
            yield _Nothing(f"{word}: no file has such a name; {_RIGHT}")
    elif scheme and len(scheme[1]) > 1 and not Path(word).exists():
        yield _Nothing(f"{word}: {scheme[1]!r} is no scheme and there is no such file; {_RIGHT}")
    else:
        yield FileSource(word, year)


def open_sources(words: Sequence[str], *, year: int | None = None, cache: Path | None = None) -> list[Source]:
    """The sources that words name: a file, a folder, a glob, `-`, `hf:DATE`, `arxiv:ID`, in the order of the words.

    `year` is the year of listing dates that have none; `cache` the folder that keeps what live sources answered.
    Nothing is read yet: a word that leads nowhere says so when it is read.
    """
    return [source for word in words for source in _sources(word, year, cache)]


def leads_anywhere(words: Sequence[str]) -> bool:
    """Whether any of the words names something that can be asked for records; nothing is read yet."""
    return any(_is_there(source) for source in open_sources(words))


def _is_there(source: Source) -> bool:
    if isinstance(source, FileSource):
        return source.name == STDIN or os.path.exists(source.name)  # noqa: PTH110 -- False where nobody may look
    return not isinstance(source, _Nothing)
