"""Invented papers for the tests of sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Loss, Record
from kg.sources import open_sources

OPENINGS = (
    "Language models spend most of their time on tokens that a far smaller model would have guessed just as well.",
    "Sorting of waste at the kerb still depends on people, because cameras fail on crushed and wet packaging.",
    "Weather stations in the mountains drop out for days, and the gaps are filled with whatever the next valley reports.",
    "Proof assistants reject nine of ten steps that a language model suggests, mostly for trivial reasons of naming.",
    "Maps of old cities carry house numbers that were painted over twice and drawn by four different hands.",
)
MIDDLES = (
    "We present {name}, a method that plans several steps at once and corrects itself as soon as evidence speaks against the plan.",
    "At its core lies a small recurrent controller that decides how much work each input deserves before any of it is done.",
    "Training needs no labels: a frozen teacher scores candidate answers, and only their order is learned by the student.",
    "On three public collections {name} gains 4.2 points over the strongest baseline while it needs 38% less memory.",
    "An ablation shows that most of the gain comes from the controller, not from the larger batch that it permits.",
    "Code and weights are released at https://github.com/example-lab/{slug} under a free licence.",
)


def paper(number: int, **more: object) -> Record:
    """An invented paper; every number gives another one."""
    name = f"Plan{'ABCDEFGHIJ'[number % 10]}Net"
    sentences = [OPENINGS[number % 5], *(MIDDLES[(number + i) % 6] for i in range(5))]
    abstract = " ".join(sentences).format(name=name, slug=name.lower())
    facts: dict[str, object] = {
        "author_count": number % 7 + 1,
        "published": date(2024, 1 + number % 12, 1 + number % 28),
        "upvotes": number % 4,
    }
    title = f"{name}: Careful Planning for Problem {number} of Many"
    return Record(**({"kind": "listing", "title": title, "abstract": abstract} | facts | more))  # type: ignore[arg-type]


@pytest.fixture
def make_paper() -> Callable[..., Record]:
    return paper


@pytest.fixture
def papers() -> list[Record]:
    """Five papers in every form that a page shows: authors, an organisation, no date, nothing at all."""
    return [
        paper(1),
        paper(2, author_count=None, organization="Open Example Lab", organization_handle="open-example"),
        paper(3, published=date(2025, 2, 16), upvotes=1234),
        paper(4, author_count=None, published=None, upvotes=None),
        paper(5, upvotes=0),
    ]


Read = Callable[..., tuple[list[Record], list[Loss]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write bytes or text to a file and read it: the records, and what is lost (furniture left out)."""

    def read_(content: str | bytes, name: str = "page.txt", year: int | None = None) -> tuple[list[Record], list[Loss]]:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        [source] = open_sources([str(file)], year=year)
        items = list(source.read())
        losses = [item for item in items if isinstance(item, Loss) and not item.furniture]
        return [item for item in items if isinstance(item, Record)], losses

    return read_


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[str | bytes], str]:
    """Write bytes or text to a file that cannot be read as a source: the sentence that says why."""

    def refusal_(content: str | bytes) -> str:
        file = tmp_path / "odd.txt"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(SourceError) as caught:
            list(open_sources([str(file)])[0].read())
        message = str(caught.value)
        assert message.startswith(str(file))
        assert "\n" not in message
        return message.removeprefix(str(file))

    return refusal_


def bare(records: Sequence[Record]) -> list[tuple[object, ...]]:
    """What a page says of papers."""
    return [(r.title, r.abstract, r.author_count, r.organization, r.organization_handle, r.published, r.upvotes) for r in records]


@pytest.fixture(name="bare")
def bare_fixture() -> Callable[[Sequence[Record]], list[tuple[object, ...]]]:
    return bare
