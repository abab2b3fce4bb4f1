"""Cards of things and what joins them, as text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.text import readable

if TYPE_CHECKING:
    from kg.api import Card, Joint, Step

__all__ = ["card_lines", "joint_lines"]

Row = Mapping[str, Any]


def card_lines(card: Card, shown: int, width: int) -> Iterator[str]:
    """A card: what it is, what papers say of it, results, code; `shown` rows of each kind, evidence wrapped at `width`."""
    yield f"{card.name}  [{card.kind}]"
    yield f"  key: {card.key}"
    others = [alias for alias in card.aliases if alias != card.name]
    if others:
        yield from _wrapped(f"also written: {', '.join(others)}", 2, width)
    if card.family:
        yield f"  a version of: {card.family}"
    if card.ambiguous:
        yield "  this name alone may mean several things"
    if card.paper:
        yield from _paper_lines(card, width)
    groups: dict[str, list[Row]] = {}
    for row in card.facts.records():
        groups.setdefault(str(row["relation"]), []).append(row)
    for relation, rows in groups.items():
        yield from _section(relation, rows, shown, width, _fact)
    yield from _section("results", card.results.records(), shown, width, _result)
    yield from _section("code" if card.paper is None else "links", card.code.records(), shown, width, _link)


def _paper_lines(card: Card, width: int) -> Iterator[str]:
    paper = card.paper
    assert paper
    day = paper.published or paper.listed
    facts = (
        day.isoformat() if day else None,
        paper.organization,
        f"{paper.author_count} authors" if paper.author_count else None,
        f"{paper.upvotes} upvotes" if paper.upvotes is not None else None,
        paper.url,
    )
    said = ", ".join(filter(None, facts))
    if said:
        yield from _wrapped(said, 2, width)


def _section(head: str, rows: Sequence[Row], shown: int, width: int, line: Any) -> Iterator[str]:
    if not rows:
        return
    yield f"  {head}"
    for row in rows[:shown]:
        yield from _wrapped(line(row), 4, width)
        if row.get("evidence"):
            yield from _wrapped(f"“{readable(row['evidence'])}”", 6, width)
    if len(rows) > shown:
        yield f"    … and {len(rows) - shown} more"


def _fact(row: Row) -> str:
    about = row.get("title") or f"{row['name']} [{row['kind']}]"
    details = [str(row[name]) for name in ("date", "confidence") if row.get(name) is not None]
    return f"{about}  ({', '.join(details)})" if details else str(about)


def _result(row: Row) -> str:
    number = f"{row['value']:g}" + (f" to {row['value_high']:g}" if row.get("value_high") is not None else "")
    unit = row.get("unit") or ""
    said = [f"{number}{'' if unit in {'%', 'x'} or not unit else ' '}{unit}", row.get("metric") or ""]
    for word, name in (("of", "subject"), ("on", "benchmark"), ("against", "baseline")):
        said += [f"{word} {row[name]}"] if row.get(name) else []
    return f"{' '.join(filter(None, said))}  ({row['kind']})"


def _link(row: Row) -> str:
    address = row.get("repository") or row.get("url")
    return f"{address}  ({'its own' if row.get('official') else 'mentioned'})"


def joint_lines(joint: Joint, width: int) -> Iterator[str]:
    """What joins two things, each step with the paper and the sentence that says so."""
    first = joint.steps[0]
    if joint.kind == "result":
        ends = ", ".join(f"-{step.relation}-> {step.end}" for step in joint.steps)
        yield from _wrapped(f"result “{readable(first.start)}” {ends}{_sure(first)}", 0, width)
        yield from _said(first, width)
        return
    if joint.kind == "paper":
        yield from _wrapped(f"both in: {first.start}  ({first.paper})", 0, width)
    for step in joint.steps:
        start = "" if joint.kind == "paper" else f"{step.start} "
        yield from _wrapped(f"{start}-{step.relation}-> {step.end}{_sure(step)}", 2 if joint.kind == "paper" else 0, width)
        yield from _said(step, width)


def _sure(step: Step) -> str:
    return "" if step.confidence is None else f"  ({step.confidence:g})"


def _said(step: Step, width: int) -> Iterator[str]:
    if step.evidence:
        yield from _wrapped(f"“{readable(step.evidence)}”", 4, width)
    if step.paper and step.confidence is not None:
        yield f"    {step.paper}"


def _wrapped(text: str, indent: int, width: int) -> Iterable[str]:
    """The text on lines of at most `width`, each after `indent` blanks; its own line ends count as blanks."""
    blank = " " * indent
    return textwrap.wrap(text, width, initial_indent=blank, subsequent_indent=blank, break_long_words=False, break_on_hyphens=False)
