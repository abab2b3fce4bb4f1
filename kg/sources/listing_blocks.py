"""Which blocks of text on a page are titles, which are abstracts, which belong to the page.

Where the lines about authors and date are missing, nothing but the text itself tells a title from an abstract. So every block
is given a cost for being each of them (length, closing full stop, number of sentences, capitals), and the cheapest
reading of the whole run is taken: a title, then one paragraph or more, then the next title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from kg.sources.listing_lines import Line

__all__ = ["Block", "Part", "blocks_of", "ends_in_address", "ends_open", "is_furniture", "parts"]

#: A title, a paragraph of an abstract, or something else.
Part = Literal["title", "abstract", "other"]

_PARTS: tuple[Part, ...] = ("title", "abstract", "other")
_PAGES = re.compile(r"[\d\s.…«»‹›<>|·•/-]+|©.*|copyright\b.*|upvoted? +\d+|submitted by\b.{0,60}", re.IGNORECASE)
_SENTENCE_BREAK = re.compile(r"[a-z0-9)\]%][.?!]\s+[\"'(]?[A-Z]")
_ADDRESS = re.compile(r"https?://|www\.|\.(?:com|org|io|ai|net)/")
_SENTENCE_END = re.compile(r"""[.!?…)\]}"'”’。！？*]\s*$""")
_ADDRESS_END = re.compile(r"(?:://|www\.|\.(?:com|org|io|ai)\b)[^\s]*(?<![.!?)\]}])\s*$")
_COLUMNS = re.compile(r"\s{2,}|\t|\s\|\s")
_LONGEST_FURNITURE = 500
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text on the page, and the number of its first line; `gap` where a blank line stands before it."""

    number: int
    text: str
    gap: bool


@cache
def _furniture() -> frozenset[str]:
    return frozenset(files("kg.sources").joinpath("furniture.txt").read_text(encoding="utf-8").splitlines())


@cache
def _furniture_words() -> frozenset[str]:
    return frozenset(word for name in _furniture() for word in name.split())


def is_furniture(text: str) -> bool:
    """True for what the site puts on every page: its navigation, in one line or many, its page numbers, its newsletter."""
    if len(text) > _LONGEST_FURNITURE:
        return False
    plain = " ".join(text.casefold().split()).strip(" !?.:…›»→↓▾")
    if plain in _furniture() or _PAGES.fullmatch(text.strip()):
        return True
    columns = [column for column in _COLUMNS.split(text) if column]
    if len(columns) >= 3 and 2 * sum(is_furniture(column) for column in columns) >= len(columns):
        return True
    words = plain.split()
    return 4 <= len(words) <= 60 and sum(word in _furniture_words() for word in words) >= 0.8 * len(words)


def ends_open(text: str) -> bool:
    """True where the text stops without the end of a sentence or an address."""
    return _SENTENCE_END.search(text) is None and not ends_in_address(text)


def ends_in_address(text: str) -> bool:
    """True where the text stops with an address."""
    return _ADDRESS_END.search(text) is not None


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """True for one paragraph that was broken into lines of about the same length."""
    *full, last = [len(line.text) for line in lines]
    return bool(full) and all(45 <= n <= 130 for n in full) and last <= 130 and max(full) - min(full) <= 40


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a run of text lines: one for each line, one for a paragraph that was broken into lines."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.gap or not groups:
            groups.append([])
        groups[-1].append(line)
    blocks = []
    for group in groups:
        if _is_wrapped(group):
            blocks.append(Block(group[0].number, "\n".join(line.text for line in group), group[0].gap))
        else:
            blocks.extend(Block(line.number, line.text, line.gap) for line in group)
    return blocks


def _capitals(text: str) -> float:
    words = _WORD.findall(text)
    return sum(word[0].isupper() for word in words) / len(words) if words else 1.0


def _title_cost(block: Block) -> float:
    text, size = block.text, len(block.text)
    cost = 0.0 if size <= 150 else 2.0 if size <= 230 else 6.0 if size <= 400 else 14.0
    cost += 9.0 * text.endswith((".", ",", ";")) + 4.0 * text.endswith(":")
    cost += 3.5 * bool(_SENTENCE_BREAK.search(text))
    cost += 6.0 * bool(_ADDRESS.search(text))
    cost += 3.0 * text.count("\n")
    cost += 3.0 * text[:1].islower()
    cost += 2.0 * (len(text.split()) == 1)
    cost += 4.0 * (_capitals(text) < 0.4)
    cost += 3.0 * (not block.gap)
    return cost + 10.0 * is_furniture(text)


def _abstract_cost(block: Block, *, follows: bool) -> float:
    """The cost of being a paragraph, the first of its abstract or one that follows another."""
    text, size = block.text, len(block.text)
    if follows:
        cost = 4.0 if size >= 150 else 4.5
    else:
        cost = 0.0 if size >= 600 else 2.0 if size >= 300 else 5.0 if size >= 150 else 7.0 if size >= 80 else 12.0
    cost += 4.0 * ends_open(text)
    cost += 5.0 * (size < 250 and _capitals(text) > 0.6)
    return cost + 10.0 * is_furniture(text)


def _other_cost(block: Block, *, edge: bool) -> float:
    if is_furniture(block.text):
        return 0.0
    text = block.text
    of_abstract = not block.gap or _ADDRESS.search(text) or (text.endswith((".", "!", "?")) and len(text.split()) >= 4)
    return (2.0 if edge and not of_abstract else 6.0) + 0.02 * min(len(block.text), 900)


def parts(blocks: Sequence[Block], *, first: bool, closed: bool) -> list[Part]:
    """The cheapest reading of a run of blocks.

    `first`: no record stands before it on the page. `closed`: a line about authors or a date follows it, so that it ends in a record.
    """
    if not blocks:
        return []
    endless = float("inf")
    head = blocks[0]
    # An abstract may stand first where the page was cut above it.
    best: dict[Part, float] = {
        "title": _title_cost(head),
        "abstract": 8.0 + _abstract_cost(head, follows=False),
        "other": _other_cost(head, edge=first),
    }
    back: list[dict[Part, Part]] = []
    for block in blocks[1:]:
        costs: dict[Part, dict[Part, float]] = {
            "title": {"abstract": _title_cost(block), "other": _title_cost(block)},
            "abstract": {"title": _abstract_cost(block, follows=False), "abstract": _abstract_cost(block, follows=True)},
            "other": {"abstract": _other_cost(block, edge=not closed), "other": _other_cost(block, edge=first or not closed)},
        }
        step: dict[Part, float] = {}
        came: dict[Part, Part] = {}
        for part in _PARTS:
            came[part] = min(costs[part], key=lambda before: best[before] + costs[part][before])
            step[part] = best[came[part]] + costs[part][came[part]]
        best = step
        back.append(came)
    # A title needs its abstract, unless the page says who wrote the paper.
    best["title"] += 4.0 if closed else endless
    best["other"] += endless if closed else 0.0
    reading = [min(_PARTS, key=lambda part: best[part])]
    for came in reversed(back):
        reading.append(came[reading[-1]])
    return reading[::-1]
