"""Other names that are general knowledge: two hand-written tables, of things and of metrics.

aliases.tsv: label, name, other names. metrics.tsv: name, direction, unit, other names. Within a row a short form that another name
spells out is an abbreviation, which a paper may use for something else; the rest are spellings, whatever a paper says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.resolve import lexicon
from kg.resolve.forms import form
from kg.resolve.initials import abbreviates

__all__ = ["Known", "Measure", "known", "measure"]

_TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class Known:
    """The table of one label, by forms: which form a spelling has, what an abbreviation usually means, the usual name of either.

    `beginnings` are the words of long names and the short name that may stand for them where a number follows; `first` their first words.
    """

    spellings: Mapping[str, str] = field(default_factory=dict)
    expansions: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    beginnings: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    first: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """What is known of a metric: which direction is better, its usual unit."""

    direction: str | None
    unit: str | None


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (_TABLES / name).read_text(encoding="utf-8").splitlines()]


@cache
def known(label: str) -> Known:
    """The table of a label."""
    rows = [[name, *others] for name, _, _, *others in _rows("metrics.tsv")] if label == "Metric" else []
    rows += [names for kind, *names in _rows("aliases.tsv") if kind == label]
    return _read(label, rows)


def _read(label: str, rows: Iterable[list[str]]) -> Known:
    spellings: dict[str, str] = {}
    expansions: dict[str, str] = {}
    usual: dict[str, str] = {}
    beginnings: dict[tuple[str, ...], str] = {}
    for names in rows:
        shorts = {short: long for long in reversed(names) for short in names if abbreviates(short, long)}
        longs = [name for name in names if name not in shorts and any(abbreviates(short, name) for short in shorts)]
        abbreviated = bool(longs) and names[0] in shorts
        best = longs[0] if abbreviated and label == "Task" else names[0]
        for name in names:
            canon = form(label, name).canon
            if name in shorts:
                expansions.setdefault(canon, longs[0] if longs else shorts[name])
            else:
                spellings[canon] = form(label, longs[0] if abbreviated and name in longs else names[0]).canon
                if abbreviated and name in longs:
                    beginnings.setdefault(tuple(token.text for token in form("", name).tokens), names[0])
            usual.setdefault(canon, best)
    return Known(spellings, expansions, usual, beginnings, {words[0] for words in beginnings if words})


@cache
def _measures() -> Mapping[str, Measure]:
    found: dict[str, Measure] = {}
    for name, direction, unit, *others in _rows("metrics.tsv"):
        for each in (name, *others):
            found.setdefault(form("Metric", each).canon, Measure(direction or None, unit or None))
    return found


def measure(canons: Iterable[str]) -> Measure:
    """What is known of the metric that has these forms; where only its last word is known, which direction is better."""
    ordered = sorted(canons)
    for canon in ordered:
        if canon in _measures():
            return _measures()[canon]
    directions = {lexicon.DIRECTIONS[end] for canon in ordered for end in lexicon.DIRECTIONS if canon.endswith(end)}
    return Measure(directions.pop() if len(directions) == 1 else None, None)
