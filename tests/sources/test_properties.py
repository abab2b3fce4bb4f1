"""Whatever a page or file holds: what was written is read, and no input breaks the reader."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.ids import arxiv_id
from kg.model import Loss, Origin, Record
from kg.sources import as_json, open_sources
from kg.sources.atom import read_atom
from kg.sources.documents import read_json, read_json_lines
from kg.sources.listing import is_listing, read_listing
from kg.sources.objects import records_of
from kg.sources.streams import decoded, encoding_of
from kg.testing.sources import listing_page

WORDS = st.sampled_from(
    [
        "Sparse",
        "Quiet",
        "Routers",
        "Learn",
        "Depth",
        "Without",
        "Maps",
        "Rivers",
        "Planning",
        "Verified",
        "Tokens",
        "Graphs",
        "Latent",
        "Bridges",
        "Under",
        "Noise",
    ]
)
SENTENCES = st.sampled_from(
    [
        "We describe a method that needs no labels and little memory.",
        "It gains 3.4 points over the best earlier system on two of three collections.",
        "How far does this carry? Our answer is cautious.",
        "Earlier work (see Sec. 2) assumed that every step costs the same, e.g. 5 ms.",
        "Code is available at https://github.com/example-lab/rivers.",
        "Speed grows by 2.1$\\times$ while accuracy falls by 0.3\\%.",
    ]
)
TITLES = st.lists(WORDS, min_size=3, max_size=14).map(" ".join)
ABSTRACTS = st.lists(SENTENCES, min_size=8, max_size=24).map(" ".join)
DATES = st.dates(date(2007, 1, 1), date(2024, 12, 31))


@st.composite
def listed(draw: st.DrawFn) -> Record:
    by = draw(st.sampled_from(["authors", "organization", "nobody"]))
    dated = by != "nobody"
    return Record(
        "listing",
        draw(TITLES),
        draw(ABSTRACTS),
        author_count=draw(st.integers(1, 3000)) if by == "authors" else None,
        organization="Example Lab" if by == "organization" else None,
        organization_handle="example-lab" if by == "organization" else None,
        published=draw(DATES) if dated else None,
        upvotes=draw(st.integers(0, 5000)) if dated else None,
    )


def told(records: list[Record]) -> list[tuple[object, ...]]:
    return [(r.title, r.abstract, r.author_count, r.organization, r.organization_handle, r.published, r.upvotes) for r in records]


@given(st.lists(listed(), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_listing_reads_what_a_page_shows(papers: list[Record], end: str) -> None:
    page = listing_page(papers).replace("\n", end)
    items = list(read_listing(page, "page"))
    assert is_listing(page)
    assert told([item for item in items if isinstance(item, Record)]) == told(papers)
    assert [item for item in items if isinstance(item, Loss) and not item.furniture] == []


@given(st.lists(listed(), min_size=2, max_size=6), st.data())
def test_listing_cut_off_gives_whole_records_first(papers: list[Record], data: st.DataObject) -> None:
    page = listing_page(papers)
    cut = data.draw(st.integers(0, len(page)))
    found = told([item for item in read_listing(page[:cut], "page") if isinstance(item, Record)])
    assert found[:-1] == told(papers)[: max(len(found) - 1, 0)]


@given(st.text())
def test_listing_reads_any_text_and_gives_each_line_a_place(text: str) -> None:
    is_listing(text)
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for item in read_listing(text, "page"):
        assert 1 <= (item.origin.line or 0) <= lines


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    if encoding_of(data) is None:
        with pytest.raises(SourceError):
            decoded(data, "file")
    else:
        text, line = decoded(data, "file")
        assert line is None or 1 <= line <= len(text) + 1


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_text_comes_back_from_its_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assume(encoding_of(data) is not None)
    assume(encoding != "utf-8" or not text.startswith("\ufeff"))
    assert decoded(data, "file") == (text, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["2025-01-02", "2500.00001", "arxiv"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "title",
                    "abstract",
                    "paper",
                    "authors",
                    "id",
                    "listed",
                    "upvotes",
                    "versions",
                    "authors_parsed",
                    "organization",
                    "publishedAt",
                ]
            )
            | st.text(max_size=4),
            inner,
            max_size=6,
        )
    ),
    max_leaves=24,
)


@given(JSON)
def test_any_json_is_a_record_or_a_loss(value: object) -> None:
    items = list(records_of(value, Origin("file", 1)))
    assert items
    assert all(isinstance(item, Loss) for item in items[1:])
    if isinstance(items[0], Record):
        json.dumps(as_json(items[0])).encode()
        assert items[0].title.strip()


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=8))
def test_any_lines_are_read_to_the_end(lines: list[bytes]) -> None:
    good = json.dumps({"title": "Last", "abstract": "A."}).encode()
    items = list(read_json_lines(io.BytesIO(b"\n".join([*lines, good])), "file"))
    last = items[-1]
    assert isinstance(last, Record)
    assert last.origin == Origin("file", len(lines) + 1)


@given(st.lists(JSON, max_size=5), st.booleans())
def test_json_documents_and_lines_agree(values: list[object], indented: bool) -> None:
    def plain(items: list[Record | Loss]) -> list[object]:
        return [as_json(item) if isinstance(item, Record) else item.message for item in items]

    lines = b"".join(json.dumps(value).encode() + b"\n" for value in values)
    try:
        items = list(read_json(json.dumps(values, indent=2 if indented else None), "file"))
    except SourceError:
        assert not values
    else:
        assert plain(items) == plain(list(read_json_lines(io.BytesIO(lines), "file")))


@given(st.text(max_size=200))
def test_any_feed_gives_entries_or_one_sentence(text: str) -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title></entry>{text}</feed>'
    items = list(read_atom(io.BytesIO(feed.encode("utf-8", "replace")), "feed"))
    first = items[0] if items else None
    assert first is None or isinstance(first, Record | Loss)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_any_file_is_read_or_refused_in_one_sentence(tmp_path: Path, data: bytes, packed: bool) -> None:
    file = tmp_path / "file"
    file.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    refusal, items = "", []
    try:
        items = list(open_sources([str(file)])[0].read())
    except SourceError as error:
        refusal = str(error)
    assert items or refusal.startswith(str(file))
    assert "\n" not in refusal


@given(
    st.from_regex(r"\d{4}\.\d{5}(v\d)?", fullmatch=True),
    TITLES,
    st.text(),
    st.lists(st.text(alphabet="abc ", min_size=1).filter(str.strip)),
)
def test_arxiv_metadata_is_kept_as_published(name: str, title: str, abstract: str, authors: list[str]) -> None:
    line = json.dumps({"id": name, "title": title, "abstract": abstract, "authors": authors}).encode()
    [record] = read_json_lines(io.BytesIO(line), "file")
    assert isinstance(record, Record)
    assert record.arxiv_id == arxiv_id(name)
    assert len(record.abstract) == len(abstract)
    assert [b for a, b in zip(abstract, record.abstract, strict=True) if a != b] == ["\ufffd"] * sum(
        a != b for a, b in zip(abstract, record.abstract, strict=True)
    )
    assert record.author_count == (len(authors) or None)
