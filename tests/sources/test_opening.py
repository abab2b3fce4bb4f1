from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Loss, Record
from kg.ports import Source
from kg.sources import open_sources


def line(title: str) -> str:
    return json.dumps({"title": title, "abstract": "About it."}) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.jsonl", "a.jsonl", "deep/c.jsonl", ".hidden.jsonl", "README.md", ".git/d.jsonl"):
        file = tmp_path / "papers" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# Papers\n\nSome of them.\n" if name == "README.md" else line(name))
    return tmp_path / "papers"


def titles(sources: list[Source]) -> list[str]:
    return [item.title for source in sources for item in source.read() if isinstance(item, Record)]


def refused(word: str) -> str:
    with pytest.raises(SourceError) as caught:
        list(open_sources([word])[0].read())
    return str(caught.value)


def test_open_sources_keeps_the_order_of_the_words(folder: Path) -> None:
    assert titles(open_sources([str(folder / "b.jsonl"), str(folder / "a.jsonl"), str(folder / "b.jsonl")])) == [
        "b.jsonl",
        "a.jsonl",
        "b.jsonl",
    ]


def test_open_sources_takes_the_files_of_a_folder_in_sorted_order(folder: Path) -> None:
    assert titles(open_sources([str(folder)])) == ["a.jsonl", "b.jsonl", "deep/c.jsonl"]


def test_open_sources_passes_over_other_files_of_a_folder_and_says_so(folder: Path) -> None:
    items = [item for source in open_sources([str(folder)]) for item in source.read()]
    [loss] = [item for item in items if isinstance(item, Loss)]
    assert loss.furniture
    assert loss.origin.source == str(folder / "README.md")
    assert "no known shape" in refused(str(folder / "README.md"))


def test_open_sources_passes_over_the_file_that_the_output_goes_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = (folder / "b.jsonl").stat()
    monkeypatch.setattr(os, "fstat", lambda _: output)
    for word in (folder, folder / "*.jsonl"):
        sources = open_sources([str(word)])
        assert "b.jsonl" not in titles(sources)
        [loss] = [item for source in sources for item in source.read() if isinstance(item, Loss) and item.origin.source.endswith("b.jsonl")]
        assert (loss.furniture, loss.message) == (True, "is where the output goes; passed over")


def test_open_sources_follows_no_link_to_a_folder(folder: Path) -> None:
    (folder / "again").symlink_to(folder)
    assert titles(open_sources([str(folder)])) == ["a.jsonl", "b.jsonl", "deep/c.jsonl"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("*.jsonl", ["a.jsonl", "b.jsonl"]), ("[b]*", ["b.jsonl"]), ("**/c*", ["deep/c.jsonl"]), ("d??p", ["deep/c.jsonl"])],
)
def test_open_sources_takes_a_glob_in_sorted_order(folder: Path, pattern: str, expected: list[str]) -> None:
    assert titles(open_sources([str(folder / pattern)])) == expected


def test_open_sources_takes_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    (tmp_path / "papers[1].jsonl").write_text(line("Saved twice"))
    assert titles(open_sources([str(tmp_path / "papers[1].jsonl")])) == ["Saved twice"]


def test_open_sources_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line("From a pipe").encode())))
    assert titles(open_sources(["-"])) == ["From a pipe"]


def test_open_sources_takes_a_name_with_a_colon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes:today").write_text(line("Colon"))
    assert titles(open_sources(["notes:today"])) == ["Colon"]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("", "names nothing"),
        ("a\x00b", "names nothing"),
        ("missing/*.txt", "no file has such a name"),
        ("ftp:2025", "'ftp' is no scheme"),
        ("https://example.org/papers", "'https' is no scheme"),
        ("missing.txt", "no such file"),
        ("hf:tomorrow", "no such day"),
        ("hf:2025-02-30", "no such day"),
        ("hf:2025-W54", "no such day"),
        ("hf:", "no such day"),
        ("arxiv:12", "no arXiv id"),
        ("arxiv:2500.00012,,", "no arXiv id"),
    ],
)
def test_open_sources_leaves_the_refusal_to_the_reading(word: str, says: str) -> None:
    message = refused(word)
    assert says in message
    assert "hf:" in message or "arxiv:" in message


def test_open_sources_refuses_an_empty_folder(tmp_path: Path) -> None:
    assert "holds no files" in refused(str(tmp_path))


def test_open_sources_hands_on_the_year(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("Daily Papers\n\nA Title of Some Kind\n\n" + "A sentence that says a little. " * 20 + "\n\n  • 2 authors\n·\nMay 2\n")
    for source in (*open_sources([str(file)], year=2019), *open_sources([str(tmp_path)], year=2019)):
        [record] = [item for item in source.read() if isinstance(item, Record)]
        assert record.published
        assert record.published.year == 2019
