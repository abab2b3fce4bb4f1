from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.ids import title_key
from kg.model import Loss, Origin, Record
from kg.sources.listing import is_listing, read_listing
from kg.testing.sources import listing_page

Bare = Callable[[Sequence[Record]], list[tuple[object, ...]]]

NAVIGATION = "Hugging Face's logo\nHugging Face\n\nModels\nDatasets\nSpaces\n\nDocs\n\nPricing\n\nLog In\n\nSign Up\n\n"
ONE_LINE_NAVIGATION = "Hugging Face  Search models, datasets, users...  Models  Datasets  Spaces  Docs  Pricing  Log In  Sign Up\n"
FOOT = "\n\nPrevious\n1\n2\n3\n...\n100\nNext\n\nCompany\nTOS\nPrivacy\nAbout\nCareers\n\n© 2025 Hugging Face\n"

#: What a page goes through on its way here; each leaves every record as it was.
JOURNEYS: dict[str, Callable[[str], str]] = {
    "crlf": lambda page: page.replace("\n", "\r\n"),
    "bare cr": lambda page: page.replace("\n", "\r"),
    "byte order mark": lambda page: "\ufeff" + page,
    "non-breaking spaces": lambda page: page.replace(" ", "\u00a0"),
    "trailing spaces": lambda page: page.replace("\n", " \u00a0\n"),
    "leading tabs": lambda page: page.replace("\n", "\n\t"),
    "no last newline": lambda page: page.rstrip("\n"),
    "blank lines at the end": lambda page: page + "\n\n\n",
    "one author": lambda page: page.replace("• 1 authors", "• 1 author"),
    "no bullets": lambda page: page.replace("  • ", ""),
    "navigation around": lambda page: NAVIGATION + page + FOOT,
    "navigation in one line": lambda page: ONE_LINE_NAVIGATION + page + FOOT.replace("\n", "\n\n"),
    "twice the blank lines": lambda page: page.replace("\n\n", "\n\n\n\n"),
    "a blank line after each": lambda page: page.replace("\n", "\n\n"),
    "no blank lines": lambda page: re.sub(r"\n+", "\n", page),
    "one line about a paper": lambda page: page.replace("\n·\n", " · "),
}


def records(text: str, year: int | None = None) -> list[Record]:
    return [item for item in read_listing(text, "page", year) if isinstance(item, Record)]


def losses(text: str) -> list[Loss]:
    return [item for item in read_listing(text, "page") if isinstance(item, Loss) and not item.furniture]


@pytest.fixture
def page(papers: list[Record]) -> str:
    return listing_page(papers, page_year=2025)


def test_read_listing_gives_what_the_page_says(page: str, papers: list[Record], bare: Bare) -> None:
    assert bare(records(page)) == bare(papers)
    assert losses(page) == []


def test_read_listing_says_where_each_record_stands(page: str) -> None:
    lines = page.split("\n")
    for record in records(page):
        assert record.origin.line is not None
        assert lines[record.origin.line - 1] == record.title


def test_read_listing_reports_the_furniture_with_its_lines(page: str) -> None:
    furniture = [item for item in read_listing(page, "page") if isinstance(item, Loss)]
    assert [str(item.origin) for item in furniture] == ["page:1", "page:3", "page:5", "page:7", "page:9"]
    assert all(item.furniture for item in furniture)


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_read_listing_survives(journey: Callable[[str], str], page: str, papers: list[Record], bare: Bare) -> None:
    travelled = journey(page)
    assert is_listing(travelled)
    assert bare(records(travelled)) == bare(papers)
    assert losses(travelled) == []


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_read_listing_survives_without_any_line_about_papers(
    journey: Callable[[str], str], make_paper: Callable[..., Record], bare: Bare
) -> None:
    papers = [make_paper(n, author_count=None, published=None, upvotes=None) for n in range(8)]
    travelled = journey(listing_page(papers))
    assert is_listing(travelled)
    assert bare(records(travelled)) == bare(papers)
    assert losses(travelled) == []


def test_read_listing_takes_the_year_after_the_newest_written(papers: list[Record]) -> None:
    undated = [replace(papers[0], published=date(2000, 5, 2)), *papers[1:]]
    text = listing_page(undated, page_year=2000)
    assert records(text)[0].published == date(2026, 5, 2)
    assert records(text, year=2031)[0].published == date(2031, 5, 2)
    assert {record.listed for record in records(text)} == {date(2026, 11, 25)}


def test_read_listing_knows_no_year_where_none_is_written(papers: list[Record]) -> None:
    text = listing_page([papers[0]], page_year=2024)
    [record] = records(text)
    assert (record.published, record.listed, record.upvotes) == (None, None, 1)
    assert records(text, year=2024)[0].published == papers[0].published


def test_read_listing_counts_no_upvotes_as_none_shown(papers: list[Record]) -> None:
    assert records(listing_page([papers[4]]))[0].upvotes == 0
    assert records(listing_page([papers[3], papers[4]]))[0].upvotes is None


def test_read_listing_reads_shortened_upvotes(page: str) -> None:
    shortened = page.replace("Feb 16 1234", "Feb 16 1.2k")
    assert [record.upvotes for record in records(shortened)] == [1, 2, 1200, None, 0]


def test_read_listing_reports_a_day_that_does_not_exist(page: str) -> None:
    wrong = page.replace("Feb 16 1234", "Feb 30 1234")
    assert [(record.published, record.upvotes) for record in records(wrong)][2] == (None, 1234)
    [loss] = losses(wrong)
    assert "Feb 30" in loss.message
    assert wrong.split("\n")[(loss.origin.line or 0) - 1].startswith("Feb 30")


@pytest.mark.parametrize("joint", ["\n\n", "\n"])
@pytest.mark.parametrize("about", [True, False])
def test_read_listing_keeps_paragraphs_of_one_abstract(joint: str, *, about: bool, make_paper: Callable[..., Record]) -> None:
    papers = [make_paper(n) if about else make_paper(n, author_count=None, published=None, upvotes=None) for n in range(10)]
    several = [replace(paper, abstract=re.sub(r"(?<=\.) (?=At|Training|Code)", joint, paper.abstract)) for paper in papers]
    assert sum(joint in paper.abstract for paper in several) == 10
    assert [(r.title, r.abstract) for r in records(listing_page(several))] == [(p.title, p.abstract) for p in several]


def test_read_listing_reads_lines_of_a_narrow_window(make_paper: Callable[..., Record]) -> None:
    import textwrap

    papers = [make_paper(n) for n in range(4)]
    narrow = [replace(paper, abstract="\n".join(textwrap.wrap(paper.abstract, 90))) for paper in papers]
    assert [(r.title, r.abstract) for r in records(listing_page(narrow))] == [(p.title, p.abstract) for p in narrow]


def test_read_listing_reads_pages_one_after_the_other(papers: list[Record]) -> None:
    both = listing_page(papers[:2], heading="Nov 25", page_year=2025) + "\n" + listing_page(papers[2:], heading="Nov 26", page_year=2025)
    assert [record.listed for record in records(both)] == [date(2025, 11, 25)] * 2 + [date(2025, 11, 26)] * 3


def test_read_listing_gives_a_title_with_authors_and_no_abstract(papers: list[Record]) -> None:
    text = listing_page([papers[0], replace(papers[1], abstract=""), papers[2]])
    assert [(record.title, bool(record.abstract)) for record in records(text)] == [(p.title, p is not papers[1]) for p in papers[:3]]


def test_read_listing_reports_what_stands_between_records(papers: list[Record]) -> None:
    first, second = listing_page(papers[:1]), listing_page(papers[1:2])
    text = first + "\nSubmitted from a train by somebody who should not be in here\n\n" + second.partition("Nov 25\n\n")[2]
    assert [record.title for record in records(text)] == [papers[0].title, papers[1].title]
    [loss] = losses(text)
    assert "Submitted from a train" in loss.message
    assert text.split("\n")[(loss.origin.line or 0) - 1].startswith("Submitted from a train")


def test_read_listing_cut_anywhere_gives_every_whole_record_before_the_cut(page: str, papers: list[Record], bare: Bare) -> None:
    whole = bare(papers)
    ends = [page.index(paper.abstract) + len(paper.abstract) for paper in papers]
    for cut in range(page.index(papers[0].title), len(page), 7):
        found = bare(records(page[:cut]))
        complete = sum(
            end < cut and (cut >= len(page) or page.find(papers[n + 1].title if n < 4 else "\0", 0, cut) > 0) for n, end in enumerate(ends)
        )
        assert found[:complete] == whole[:complete]
        assert len(found) <= complete + 1


def test_read_listing_reports_a_page_that_ends_in_an_abstract(page: str, papers: list[Record]) -> None:
    cut = page[: page.index(papers[2].abstract) + 200]
    assert [record.title for record in records(cut)] == [paper.title for paper in papers[:2]]
    [loss] = losses(cut)
    assert papers[2].title in loss.message
    assert loss.origin.line == cut.count("\n") + 1


def test_read_listing_reports_a_page_that_ends_in_a_title(page: str, papers: list[Record]) -> None:
    cut = page[: page.index(papers[2].title) + 30]
    assert len(records(cut)) == 2
    assert [loss.origin.line for loss in losses(cut)] == [cut.count("\n") + 1]


def test_read_listing_reports_a_page_that_ends_before_a_date(page: str, papers: list[Record]) -> None:
    cut = page[: page.index("·\nFeb 16")]
    assert [record.author_count for record in records(cut)] == [papers[0].author_count, None, papers[2].author_count]
    assert [loss.origin.line for loss in losses(cut)] == [cut.count("\n")]


def test_read_listing_reports_a_page_that_starts_in_an_abstract(page: str, papers: list[Record]) -> None:
    cut = page[page.index(papers[0].abstract) + 300 :]
    assert [record.title for record in records(cut)] == [paper.title for paper in papers[1:]]
    assert [loss.origin.line for loss in losses(cut)] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello\n",
        "# A package\n\nIt does things with files, and it does them well.\n\n## Install\n\nType the command that everybody types.\n",
        "import os\n\n\ndef main() -> None:\n    print(os.getcwd())\n",
        "name,value\na,1\nb,2\n",
        "Roses stand in rows,\nViolets in none;\n\nNobody knows\nWhen this poem is done.\n",
        "Dear reader\n\n" + "This letter has one very long paragraph that goes on about the weather. " * 12 + "\n\nYours",
    ],
)
def test_is_listing_refuses_other_text(text: str) -> None:
    assert not is_listing(text)


# --- the saved pages themselves ---

PAGES = {"000": 74, "001": 92, "002": 83, "003": 40}


@pytest.fixture(scope="session")
def pages(shared: Path) -> dict[str, str]:
    return {file.name[:3]: file.read_bytes().decode() for file in sorted((shared / "data" / "listings").glob("*.txt"))}


@pytest.mark.shared
def test_saved_pages_give_every_record(pages: dict[str, str]) -> None:
    assert {name: len(records(page)) for name, page in pages.items()} == PAGES
    assert all(losses(page) == [] for page in pages.values())
    assert len({title_key(record.title) for page in pages.values() for record in records(page)}) == 216


@pytest.mark.shared
@pytest.mark.parametrize("name", PAGES)
def test_saved_pages_agree_with_a_count_of_their_lines(name: str, pages: dict[str, str]) -> None:
    page, found = pages[name], records(pages[name])
    authors = [int(number) for number in re.findall(r"^ {2}• (\d+) authors$", page, re.MULTILINE)]
    organizations = re.findall(r"^(\S+) (.+)\n·$", page, re.MULTILINE)
    organizations = [pair for pair in organizations if pair[1:] and not pair[1].endswith("authors")]
    dates = re.findall(r"^·\n(\w{3}) (\d+)(?:, (\d{4}))?(?: (\d+))?$", page, re.MULTILINE)
    newest = max((int(year) for _, _, year, _ in dates if year), default=0)
    assert [record.author_count for record in found if record.author_count is not None] == authors
    assert [(record.organization_handle, record.organization) for record in found if record.organization] == organizations
    assert [(record.published.strftime("%b"), record.published.day, record.published.year) for record in found if record.published] == [
        (month, int(day), int(year or newest + 1)) for month, day, year, _ in dates
    ]
    assert [record.upvotes for record in found if record.upvotes is not None] == [int(upvotes or 0) for *_, upvotes in dates]


@pytest.mark.shared
@pytest.mark.parametrize("name", PAGES)
def test_saved_pages_give_every_line_to_one_place(name: str, pages: dict[str, str]) -> None:
    """Put back together, the records and what was reported give the page again, line by line."""
    told: Counter[str] = Counter()
    for item in read_listing(pages[name], name):
        if isinstance(item, Record):
            told.update([item.title, item.abstract])
        else:
            told[pages[name].split("\n")[(item.origin.line or 0) - 1]] += 1
    about = re.compile(r" {2}• \d+ authors|·|\w{3} \d+(, \d{4})?( \d+)?|\S{3,20} (OpenBMB|inclusionAI|Fortytwo|NJU-IRP)")
    assert told == Counter(line for line in pages[name].split("\n") if line and not about.fullmatch(line))


@pytest.mark.shared
def test_saved_pages_show_no_date_behind_their_own(pages: dict[str, str]) -> None:
    """The day on top is the day of saving: no paper of that year is younger, so its year is the current one too."""
    for page in pages.values():
        for record in records(page):
            assert not (record.listed and record.published) or record.published <= record.listed


@pytest.mark.shared
@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
@pytest.mark.parametrize("name", PAGES)
def test_saved_pages_survive(name: str, journey: Callable[[str], str], pages: dict[str, str]) -> None:
    def plain(text: str) -> list[Record]:
        return [replace(record, origin=Origin("")) for record in records(text)]

    travelled = journey(pages[name])
    assert is_listing(travelled)
    assert plain(travelled) == plain(pages[name])
    assert losses(travelled) == []
