"""The table of abbreviations, mined from abstracts by `kg.resolve.mine`: what a bare abbreviation usually means.

Rows are short form, expansion and the papers that define it so; an empty expansion counts those that only one paper gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import InputError
from kg.resolve.forms import form
from kg.resolve.initials import stem
from kg.resolve.lexicon import HEAD_KINDS, KINDS_OF_LABEL

__all__ = ["TABLE", "Sense", "certain", "expansion", "read", "senses", "short_key"]

TABLE = Path(__file__).parent / "tables" / "abbreviations.tsv"
#: The usual expansion has at least so many papers, and such a share of those that fit the label: without and with rare ones.
_PAPERS, _SHARE, _SHARE_WITH_RARE = 3, 0.75, 0.6
#: The same for a part of a longer name, among all expansions.
_CERTAIN_PAPERS, _CERTAIN_SHARE = 8, 0.85


@dataclass(frozen=True, slots=True)
class Sense:
    """One expansion of a short form and the papers that define it so; no expansion for all that only one paper gives."""

    long: str
    papers: int


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


def senses(canon: str) -> tuple[Sense, ...]:
    """What abstracts mean by the form of a short name, the most frequent first."""
    return _shipped().get(canon, ())


def _fits(label: str, long: str) -> bool:
    """Whether the last word of an expansion can name a thing of the label."""
    kind = HEAD_KINDS.get(stem(long.rsplit(" ", 1)[-1].rsplit("-", 1)[-1].lower()))
    return kind is None or kind in KINDS_OF_LABEL.get(label, ())


def expansion(label: str, canon: str) -> tuple[str | None, bool]:
    """The expansion that a bare form of a label usually has, and whether it may have several; any label with an empty one."""
    found = senses(canon)
    fitting = [each for each in found if each.long and (not label or _fits(label, each.long))]
    if not fitting:
        return None, False
    papers = sum(each.papers for each in fitting)
    rare = sum(each.papers for each in found if not each.long)
    top = fitting[0]
    if top.papers >= _PAPERS and top.papers >= _SHARE * papers and top.papers >= _SHARE_WITH_RARE * (papers + rare):
        return top.long, False
    return None, papers + rare > top.papers


def certain(canon: str) -> str | None:
    """The expansion that a form has wherever it stands, as part of a longer name too; None where any doubt is left."""
    found = senses(canon)
    if not found or not found[0].long or found[0].papers < _CERTAIN_PAPERS:
        return None
    return found[0].long if found[0].papers >= _CERTAIN_SHARE * sum(each.papers for each in found) else None
