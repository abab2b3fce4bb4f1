from __future__ import annotations

import io
from datetime import date

import pytest

from kg.errors import SourceError
from kg.model import Loss, Record
from kg.sources.atom import read_atom

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>arXiv Query: id_list=2500.00012</title>
  <id>https://arxiv.org/api/abc</id>
  <author><name>arXiv</name></author>
"""
ENTRY = """  <entry>
    <id>http://arxiv.org/abs/2500.00012v3</id>
    <title>Quiet Routers for
  Small &amp; Large Nets</title>
    <updated>2025-03-04T10:00:00Z</updated>
    <published>2025-02-28T09:00:00Z</published>
    <summary>  Routers talk too much: a &lt; b holds in $O(n)$.
We make them <![CDATA[<b>quiet</b>]]>.
</summary>
    <author><name>Ada Writer</name><arxiv:affiliation>Example Lab</arxiv:affiliation></author>
    <author>
      <name>Bo Reader</name>
    </author>
    <arxiv:comment>9 pages,
  3 figures</arxiv:comment>
    <arxiv:primary_category term="cs.LG"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <link href="http://arxiv.org/abs/2500.00012v3" rel="alternate"/>
  </entry>
"""
FEED = HEAD + ENTRY + ENTRY.replace("00012v3", "00013v1").replace("Quiet", "Loud") + "</feed>\n"


def read(text: str | bytes) -> list[Record | Loss]:
    return list(read_atom(io.BytesIO(text.encode() if isinstance(text, str) else text), "feed"))


def test_read_atom_gives_an_entry_as_arxiv_has_it() -> None:
    record = read(FEED)[0]
    assert isinstance(record, Record)
    assert record.title == "Quiet Routers for Small & Large Nets"
    assert record.abstract == "Routers talk too much: a < b holds in $O(n)$. We make them <b>quiet</b>."
    assert (record.kind, record.arxiv_id, record.url) == ("arxiv", "2500.00012", "https://arxiv.org/abs/2500.00012")
    assert (record.authors, record.author_count) == (("Ada Writer", "Bo Reader"), 2)
    assert (record.published, record.updated) == (date(2025, 2, 28), date(2025, 3, 4))
    assert (record.categories, record.comment) == (("cs.LG", "cs.CL"), "9 pages, 3 figures")
    assert str(record.origin) == "feed:6"


def test_read_atom_gives_entries_in_order() -> None:
    assert [item.title.split()[0] for item in read(FEED) if isinstance(item, Record)] == ["Quiet", "Loud"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_read_atom_follows_the_encoding_of_the_feed(encoding: str) -> None:
    feed = FEED.replace('encoding="UTF-8"', f'encoding="{encoding}"').replace("Ada Writer", "Ada Wríter")
    record = read(feed.encode(encoding))[0]
    assert isinstance(record, Record)
    assert record.authors[0] == "Ada Wríter"


def test_read_atom_gives_every_whole_entry_of_a_feed_that_is_cut_off() -> None:
    for cut in range(FEED.index("</entry>") + 9, len(FEED) - 8, 11):
        records = [item for item in read(FEED[:cut]) if isinstance(item, Record)]
        losses = [item for item in read(FEED[:cut]) if isinstance(item, Loss)]
        assert len(records) == FEED[:cut].count("</entry>")
        assert [loss.origin.line for loss in losses] == [FEED[:cut].count("\n") + 1]
        assert "cut off" in losses[0].message


def test_read_atom_defines_no_entities() -> None:
    bomb = '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(SourceError, match="entity 'a'"):
        read(FEED.replace("<feed", bomb + "\n<feed", 1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "</feed>", "no entries"),
        ("<rss><channel/></rss>", "'rss'"),
        (HEAD[:80], "cut off"),
        (HEAD + "<entry><title>Half", "cut off"),
    ],
)
def test_read_atom_without_an_entry_says_why(text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        read(text)
    assert str(caught.value).startswith("feed")


def test_read_atom_reports_what_arxiv_refuses() -> None:
    error = "<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title><summary>incorrect id format</summary></entry>"
    [loss] = read(HEAD + error + "</feed>")
    assert isinstance(loss, Loss)
    assert "incorrect id format" in loss.message


def test_read_atom_reports_an_entry_without_title() -> None:
    assert [type(item) for item in read(HEAD + "<entry><id>x</id></entry>" + ENTRY + "</feed>")] == [Loss, Record]
