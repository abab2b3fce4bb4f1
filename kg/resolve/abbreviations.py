"""The table of abbreviations, mined from abstracts by `kg.resolve.mine`: what a bare abbreviation usually means.

Rows are short form, expansion and the papers that define it so; an empty expansion counts those that only one paper gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.resolve.forms import form
from kg.resolve.initials import abbreviates, stem
from kg.resolve.lexicon import HEAD_KINDS, KINDS_OF_LABEL

__all__ = ["TABLE", "UNKNOWN", "Sense", "Usual", "read", "senses", "short_key", "usual"]

TABLE = Path(__file__).parent / "tables" / "abbreviations.tsv"
#: The usual expansion has at least so many papers, and such a share of those that fit the label: without and with rare ones.
_PAPERS, _SHARE, _SHARE_WITH_RARE = 3, 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Sense:
    """One expansion of a short form and the papers that define it so; no expansion for all that only one paper gives."""

    long: str
    papers: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What the table knows of a form: the form and the sense of its usual expansion, or that it has several."""

    long: str | None = None
    surface: str = ""
    sense: str = ""
    ambiguous: bool = False


UNKNOWN = Usual()


def short_key(short: str) -> str:
    """The key of a short form in the table."""
    return form("", short).canon.replace("|", "")


def read(lines: Iterable[str]) -> Mapping[str, tuple[Sense, ...]]:
    """The table by key of the short form. Raises InputError."""
    rows: defaultdict[str, list[Sense]] = defaultdict(list)
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 3 or not cells[2].isdecimal():
            raise InputError(f"table of abbreviations, line {number}: want short form, expansion and papers, tab-separated; got {line!r}")
        rows[short_key(cells[0])].append(Sense(cells[1], int(cells[2])))
    return {short: tuple(found) for short, found in rows.items()}


@cache
def _shipped() -> Mapping[str, tuple[Sense, ...]]:
    with TABLE.open(encoding="utf-8") as lines:
        return read(lines)


def senses(short: str) -> tuple[Sense, ...]:
    """What abstracts mean by a short form, the most frequent first."""
    return _shipped().get(short_key(short), ())


def _fits(label: str, long: str) -> bool:
    """Whether the last word of an expansion can name a thing of the label."""
    kind = HEAD_KINDS.get(stem(long.rsplit(" ", 1)[-1].rsplit("-", 1)[-1].lower()))
    return kind is None or kind in KINDS_OF_LABEL.get(label, ())


@lru_cache(maxsize=1 << 14)
def usual(label: str, canon: str) -> Usual:
    """What a bare form of a label usually means."""
    found = _shipped().get(canon)
    if not found:
        return UNKNOWN
    fitting = [each for each in found if each.long and _fits(label, each.long)]
    if not fitting:
        return UNKNOWN
    papers = sum(each.papers for each in fitting)
    rare = sum(each.papers for each in found if not each.long)
    top = fitting[0]
    if top.papers >= _PAPERS and top.papers >= _SHARE * papers and top.papers >= _SHARE_WITH_RARE * (papers + rare):
        return Usual(form(label, top.long).canon, top.long, abbreviates(canon, top.long) or "")
    return Usual(ambiguous=papers + rare > top.papers)
