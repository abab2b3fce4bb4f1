from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Loss, Record
from kg.sources import open_sources
from kg.testing.sources import listing_page

Read = Callable[..., tuple[list[Record], list[Loss]]]
Refusal = Callable[[str | bytes], str]

LINE = json.dumps({"id": "2500.00012", "title": "Quiet Routers", "abstract": "They are quiet."})
FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2500.00012v1</id><title>Quiet Routers</title></entry></feed>'
)


@pytest.fixture
def page(papers: list[Record]) -> str:
    return listing_page(papers, page_year=2025)


@pytest.mark.parametrize(
    "content",
    [LINE, LINE + "\n", "\n\n" + LINE, "\ufeff" + LINE, json.dumps([json.loads(LINE)]), json.dumps(json.loads(LINE), indent=2), FEED,
     f"<?xml version='1.0'?>\n{FEED}"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.txt", "a.bin", "nothing"])
@pytest.mark.parametrize("packed", [False, True])
def test_file_is_recognised_by_its_content(content: str, name: str, *, packed: bool, read: Read) -> None:
    data = content.encode()
    records, losses = read(gzip.compress(data) if packed else data, name)
    assert [(record.title, record.arxiv_id) for record in records] == [("Quiet Routers", "2500.00012")]
    assert losses == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_file_of_a_listing_is_read_in_its_encoding(encoding: str, page: str, papers: list[Record], *, packed: bool, read: Read) -> None:
    data = page.replace("far smaller", "naïve").encode(encoding)
    records, losses = read(gzip.compress(data) if packed else data)
    assert [(r.title, r.abstract, r.upvotes) for r in records] == [
        (p.title, p.abstract.replace("far smaller", "naïve"), p.upvotes) for p in papers
    ]
    assert losses == []


def test_file_with_a_few_broken_bytes_is_read_and_says_where(page: str, papers: list[Record], read: Read) -> None:
    broken = page.encode().replace(b"recurrent", b"recu\xff\xfe\xffent", 1)
    records, [loss] = read(broken)
    assert [record.title for record in records] == [paper.title for paper in papers]
    assert loss.origin.line == broken[: broken.index(b"\xff")].count(b"\n") + 1
    assert "UTF-8" in loss.message


def test_file_of_json_lines_in_utf_16(read: Read) -> None:
    records, losses = read(f"{LINE}\n{LINE}".encode("utf-16"))
    assert (len(records), losses) == (2, [])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\r\n\t", "is empty"),
        (b"hello", "no known shape"),
        (b"\x00\x01\x02\x03" * 500, "is not text"),
        (bytes(range(256)) * 20, "is not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 60, "is not text"),
        ("<!DOCTYPE html>\n<html><body>Daily Papers</body></html>", "is a web page"),
        ("<?xml version='1.0'?><html xmlns='x'></html>", "is a web page"),
        ("<rss version='2.0'></rss>", "no Atom feed"),
        ('{"name": "package", "version": 1}', "holds no records"),
        ("[1, 2, 3]", "holds no records"),
        ("[]", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"BZh91AY&SY", "is bzip2"),
        (b"\x1f\x8bnot really", "gzip data is broken"),
        (gzip.compress(b""), "is empty"),
        (gzip.compress(b"hello"), "no known shape"),
    ],
)
def test_file_that_is_no_source_is_refused_in_one_sentence(content: str | bytes, says: str, refusal: Refusal) -> None:
    assert says in refusal(content)


def test_file_that_is_an_archive_is_refused(refusal: Refusal, page: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("page.txt", page)
    assert "zip archive; unpack it" in refusal(out.getvalue())


def test_file_with_broken_gzip_gives_what_can_be_unpacked(read: Read) -> None:
    packed = gzip.compress("".join(LINE.replace("Quiet", f"Quiet {n * 7919}") + "\n" for n in range(5000)).encode())
    records, [cut, broken] = read(packed[: len(packed) // 2])
    assert 1000 < len(records) < 4000
    assert cut.origin.line == len(records) + 1
    assert "gzip data is broken or cut off" in broken.message


def test_file_of_a_listing_with_broken_gzip_gives_whole_records(read: Read, page: str, papers: list[Record]) -> None:
    packed = gzip.compress(page.encode(), mtime=0)
    records, losses = read(packed[: len(packed) * 9 // 10])
    assert [record.title for record in records] == [paper.title for paper in papers[: len(records)]]
    assert 0 < len(records) < len(papers)
    assert "gzip data is broken or cut off" in losses[-1].message
    records, [loss] = read(packed[:-8] + b"\x00" * 8)
    assert len(records) == len(papers)
    assert "CRC" in loss.message


@pytest.mark.parametrize("length", [2, 5, 12, 20, 60])
def test_file_with_nothing_but_a_broken_start_of_gzip_is_refused(length: int, refusal: Refusal, page: str) -> None:
    assert "gzip data is broken or cut off" in refusal(gzip.compress(page.encode(), mtime=0)[:length])


def test_file_of_two_gzip_members_is_read_as_one(read: Read) -> None:
    records, losses = read(gzip.compress(f"{LINE}\n".encode()) + gzip.compress(LINE.replace("Quiet", "Loud").encode()))
    assert [record.title for record in records] == ["Quiet Routers", "Loud Routers"]
    assert losses == []


def test_missing_file_says_what_a_source_is(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no such file; a source is a file, a folder, a glob, '-', hf:DATE or arxiv:ID"):
        list(open_sources([str(tmp_path / "missing.txt")])[0].read())


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file_says_so(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(LINE)
    file.chmod(0)
    with pytest.raises(SourceError, match="permissions"):
        list(open_sources([str(file)])[0].read())


def test_pipe_is_read_to_its_end(tmp_path: Path, page: str, papers: list[Record]) -> None:
    from threading import Thread

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(page,))
    writer.start()
    records = [item for item in open_sources([str(pipe)])[0].read() if isinstance(item, Record)]
    writer.join()
    assert [record.title for record in records] == [paper.title for paper in papers]


def test_file_left_early_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(f"{LINE}\n" * 10)
    iterator = iter(open_sources([str(file)])[0].read())
    next(iterator)
    del iterator  # an open file would be a ResourceWarning, which is an error here


@pytest.mark.shared
def test_every_record_of_arxiv_is_read_in_little_memory(shared: Path) -> None:
    import tracemalloc

    [source] = open_sources([str(file) for file in sorted((shared / "data").glob("arxiv-*.jsonl.gz"))])
    tracemalloc.start()
    items = 0
    for item in source.read():
        assert isinstance(item, Record), item
        items += 1
        if items == 5000:
            break
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert items == 5000
    assert peak < 4 << 20


@pytest.mark.shared
@pytest.mark.slow
def test_every_record_of_arxiv_has_its_fields(shared: Path) -> None:
    seen = 0
    for item in open_sources([str(shared / "data" / "arxiv-*.jsonl.gz")])[0].read():
        assert isinstance(item, Record), item
        assert item.kind == "arxiv"
        assert item.arxiv_id == item.given_id
        assert item.title
        assert item.abstract
        assert item.authors
        assert item.listed
        seen += 1
    assert seen == 67_791
