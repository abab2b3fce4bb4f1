"""Answers about things: the card of what a text names, and the evidence for what joins two things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Paper
from kg.ports import Store, Table
from kg.queries.library import name_keys, paper, run

__all__ = ["Card", "Joint", "Step", "find", "leaderboard", "why"]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that a text names.

    `facts` says how papers are joined to it, or for a paper to what it is joined; `paper` is the paper itself where it is one.
    """

    kind: str
    key: str
    name: str
    aliases: tuple[str, ...]
    ambiguous: bool
    family: str | None
    facts: Table
    results: Table
    code: Table
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One relationship on the way between two things; `paper` and `evidence` where a text says so."""

    start: str
    relation: str
    end: str
    paper: str | None
    confidence: float | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Joint:
    """One thing that joins two others: directly, through a result, through a paper, or by a path through two papers."""

    kind: str  # direct, result, paper or path
    steps: tuple[Step, ...]


def find(store: Store, text: str) -> list[Card]:
    """The cards of what a text names, what most papers speak of first, papers last; empty where it names nothing."""
    names = name_keys(store, text)
    cards = [_card(store, names, row) for row in _rows(run(store, "things", {"names": names})) if row["kind"] != "Paper"]
    key = paper(store, text)
    return [*cards, *([_paper_card(store, key)] if key else [])]


def _rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _card(store: Store, names: list[str], row: Mapping[str, Any]) -> Card:
    # Among the names only those of this very label lead to it alone.
    own = [name for name in names if name.startswith(f"{row['kind']}:")]
    meant = {"names": own, "kind": row["kind"]}
    return Card(
        row["kind"],
        row["key"],
        row["name"],
        tuple(row["aliases"] or ()),
        bool(row["ambiguous"]),
        row["family"],
        facts=run(store, "facts_on", meant),
        results=run(store, "results_on", meant),
        code=run(store, "code_on", meant),
    )


def _paper_card(store: Store, key: str) -> Card:
    stored = store.papers([key])[key].paper
    return Card(
        "Paper",
        key,
        stored.title,
        (),
        ambiguous=False,
        family=None,
        facts=run(store, "what_a_paper_adds", {"paper": key}),
        results=run(store, "results_of_paper", {"paper": key}),
        code=run(store, "links_of_paper", {"paper": key}),
        paper=stored,
    )


def why(store: Store, a: str, b: str) -> list[Joint]:
    """What joins two things, each given by a name, a title or an arXiv id: the closest kind of joint that there is.

    Direct relationships and results come together; papers that speak of both where there are none; else one way through two papers
    and what both speak of.
    """
    ends = {"a": name_keys(store, a), "b": name_keys(store, b)}
    direct = [Joint("direct", (_step(row),)) for row in _rows(run(store, "joins_directly", ends))]
    joints = direct + [_by_result(row) for row in _rows(run(store, "joins_by_result", ends))]
    joints = joints or [_by_paper(row) for row in _rows(run(store, "joins_by_paper", ends))]
    if joints:
        return joints
    path = tuple(_step(row) for row in _rows(run(store, "joins_by_path", ends)))
    return [Joint("path", path)] if path else []


def _step(row: Mapping[str, Any]) -> Step:
    return Step(row["start"], row["relation"], row["end"], row["paper"], row["confidence"], row["evidence"])


def _by_result(row: Mapping[str, Any]) -> Joint:
    said = (row["paper"], row["confidence"], row["evidence"])
    return Joint("result", (Step(row["quote"], row["first"], row["start"], *said), Step(row["quote"], row["second"], row["end"], *said)))


def _by_paper(row: Mapping[str, Any]) -> Joint:
    title, key = row["title"], row["paper"]
    first = Step(title, row["first"], row["start"], key, None, row["first_evidence"])
    return Joint("paper", (first, Step(title, row["second"], row["end"], key, None, row["second_evidence"])))


def leaderboard(store: Store, benchmark: str, *, limit: int = 50) -> Table:
    """Absolute results reported on a benchmark and its variants, the best first where the metric's direction is known."""
    return run(store, "results_on_benchmark", {"benchmark": benchmark, "limit": limit})
