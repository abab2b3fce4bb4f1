from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from kg.errors import InputError
from kg.output import whole_file


def test_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.txt"
    with whole_file(path) as stream:
        stream.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert [each.name for each in path.parent.iterdir()] == ["out.txt"]


def test_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as stream:
        fail(stream)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def fail(stream: BinaryIO) -> None:
    stream.write(b"half")
    raise ZeroDivisionError


def test_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_bytes(b"before")
    link.symlink_to(target)
    with whole_file(link) as stream:
        stream.write(b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"


def test_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    with whole_file(pipe) as stream:
        stream.write(b"said")
    reader.join(10)
    assert heard == [b"said"]
    assert pipe.is_fifo()


def test_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Is a directory"), whole_file(tmp_path):
        pass
