from __future__ import annotations

from datetime import date

import pytest

from kg.sources.listing_lines import DateLine, author_count, count, date_line, organization, page_lines, written_year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nov 8, 2023", DateLine(11, 8, 2023, None)),
        ("Feb 16 2", DateLine(2, 16, None, 2)),
        ("Aug 22, 2024 2", DateLine(8, 22, 2024, 2)),
        ("May 27", DateLine(5, 27, None, None)),
        ("May 2 1.2k", DateLine(5, 2, None, 1200)),
        ("June 3, 2024 1,234", DateLine(6, 3, 2024, 1234)),
        ("Sept 1 2025", DateLine(9, 1, None, 2025)),
    ],
)
def test_date_line_tells_day_year_and_upvotes(text: str, expected: DateLine) -> None:
    assert date_line(text) == expected


@pytest.mark.parametrize("text", ["Nov 8, 202", "Nov", "Nov 8 1.2", "Marching 4", "8 Nov 2023", "May 2 5 6", "Nov 123", "Nov 8 9999999999"])
def test_date_line_is_nothing_else(text: str) -> None:
    assert date_line(text) is None


def test_date_line_takes_its_own_year_first() -> None:
    assert DateLine(2, 29, 2024, None).on(2025) == date(2024, 2, 29)
    assert DateLine(2, 28, None, None).on(2025) == date(2025, 2, 28)
    assert DateLine(2, 28, None, None).on(None) is None
    with pytest.raises(ValueError, match="day"):
        DateLine(2, 29, None, None).on(2025)


@pytest.mark.parametrize(
    ("text", "number"), [("17", 17), ("1.2k", 1200), ("1.25K", 1250), ("2m", 2_000_000), ("1,234", 1234), ("1,2k", 1200)]
)
def test_count_reads_shortened_numbers_exactly(text: str, number: int) -> None:
    assert count(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("• 6 authors", 6), ("• 1 author", 1), ("6 authors", 6), ("• 1,024 authors", 1024), ("six authors", None), ("• 6 auth", None)],
)
def test_author_count_reads_one_line(text: str, number: int | None) -> None:
    assert author_count(text) == number


def test_organization_starts_with_its_handle() -> None:
    assert organization("openlab Open Lab of Examples") == ("Open Lab of Examples", "openlab")
    assert organization("Openlab") == ("Openlab", None)
    assert organization("Öffentliches Labor") == ("Öffentliches Labor", None)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_page_lines_ends_lines_at_every_line_end(end: str) -> None:
    lines = page_lines(end.join(["A Title", "", "\u00a0\u00a0•\u00a06 authors ", "·", "Nov 8, 2023"]))
    assert [(line.number, line.text, line.kind, line.gap) for line in lines] == [
        (1, "A Title", "text", True),
        (3, "• 6 authors", "authors", True),
        (4, "·", "dot", False),
        (5, "Nov 8, 2023", "date", False),
    ]


def test_page_lines_takes_apart_what_stands_in_one_line() -> None:
    assert [line.text for line in page_lines("• 6 authors · Nov 8, 2023 2")] == ["• 6 authors", "·", "Nov 8, 2023 2"]


def test_page_lines_replaces_controls_one_for_one() -> None:
    assert page_lines("A\x0cTitle\x00")[0].text == "A\ufffdTitle\ufffd"


def test_written_year_is_the_newest_of_a_date_line() -> None:
    assert written_year(page_lines("Published in 2031\n\nNov 8, 2023\n\nMay 2, 2019 4")) == 2023
    assert written_year(page_lines("Nov 8\n\nIn 2024 we")) is None
