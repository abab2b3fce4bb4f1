"""Records of one paper put together, and papers found to be one.

Putting together is a join in a semilattice: any order and any grouping of the same records gives the same paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TypeVar

from kg.ids import paper_key, title_key
from kg.model import Paper, Record, SourceKind

__all__ = ["Joined", "join", "piece"]

_Ordered = TypeVar("_Ordered", int, date)
_Text = TypeVar("_Text", bound=str)

_RANK: dict[SourceKind, int] = {"listing": 0, "hub": 1, "arxiv": 2}


@dataclass(frozen=True, slots=True)
class Joined:
    """A paper and the keys of the pieces that went into it."""

    paper: Paper
    keys: frozenset[str]


def piece(record: Record) -> Paper:
    """The paper that one record alone tells of."""
    return Paper(
        key=paper_key(record.arxiv_id, record.title),
        title_keys=(title_key(record.title),),
        title=record.title,
        abstract=record.abstract,
        text_kind=record.kind,
        # Listings cut abstracts: there the longest is the best, not the newest.
        text_date=(record.updated or record.listed) if record.kind == "arxiv" else None,
        arxiv_id=record.arxiv_id,
        authors=record.authors,
        author_count=record.author_count if record.author_count is not None else len(record.authors) or None,
        organization=record.organization,
        organization_handle=record.organization_handle,
        published=record.published,
        updated=record.updated,
        listed=record.listed,
        upvotes=record.upvotes,
        categories=record.categories,
        comment=record.comment,
        url=_url(record.arxiv_id, record.url),
        links=tuple(sorted(set(record.links))),
        sources=(record.kind,),
    )


def _url(arxiv: str | None, other: str | None) -> str | None:
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else other


def _text_order(paper: Paper) -> tuple[bool, int, date, int, str, str]:
    return (
        bool(paper.abstract.strip()),
        _RANK[paper.text_kind],
        paper.text_date or date.min,
        len(paper.abstract),
        paper.abstract,
        paper.title,
    )


def _latest(a: _Ordered | None, b: _Ordered | None) -> _Ordered | None:
    return b if a is None else a if b is None else max(a, b)


def _earliest(a: date | None, b: date | None) -> date | None:
    return b if a is None else a if b is None else min(a, b)


def _longest(a: str | None, b: str | None) -> str | None:
    return max((a or "", b or ""), key=lambda text: (len(text), text)) or None


def _fullest(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return max(a, b, key=lambda items: (len(items), items))


def _union(a: tuple[_Text, ...], b: tuple[_Text, ...]) -> tuple[_Text, ...]:
    return tuple(sorted({*a, *b}))


def _organization(a: Paper, b: Paper) -> Paper:
    known = [p for p in (a, b) if p.organization or p.organization_handle]
    order = sorted(known, key=lambda p: (not p.organization_handle, p.organization_handle or "", p.organization or ""))
    return order[0] if order else a


def _merge(a: Paper, b: Paper) -> Paper:
    text = max(a, b, key=_text_order)
    arxiv = a.arxiv_id or b.arxiv_id
    posted = _organization(a, b)
    return Paper(
        key=f"arxiv:{arxiv}" if arxiv else min(a.key, b.key),
        title_keys=_union(a.title_keys, b.title_keys),
        title=text.title,
        abstract=text.abstract,
        text_kind=text.text_kind,
        text_date=text.text_date,
        arxiv_id=arxiv,
        authors=_fullest(a.authors, b.authors),
        author_count=_latest(a.author_count, b.author_count),
        organization=posted.organization,
        organization_handle=posted.organization_handle,
        published=_earliest(a.published, b.published),
        updated=_latest(a.updated, b.updated),
        listed=_earliest(a.listed, b.listed),
        upvotes=_latest(a.upvotes, b.upvotes),
        categories=_fullest(a.categories, b.categories),
        comment=_longest(a.comment, b.comment),
        url=_url(arxiv, _longest(a.url, b.url)),
        links=_union(a.links, b.links),
        sources=_union(a.sources, b.sources),
    )


def join(pieces: Iterable[Paper]) -> list[Joined]:
    """The papers that these pieces make, by key.

    Pieces of one arXiv id are one paper; a piece without an id is the paper that shares a title key with it
    (of several the one with the lowest id), else one paper with the others of its title.
    """
    known: dict[str, list[Paper]] = defaultdict(list)
    untold: list[Paper] = []
    for each in pieces:
        if each.arxiv_id:
            known[each.arxiv_id].append(each)
        else:
            untold.append(each)
    by_title: dict[str, str] = {}
    for arxiv in sorted(known, reverse=True):
        by_title |= {title: arxiv for each in known[arxiv] for title in each.title_keys}
    titled: dict[str, list[Paper]] = defaultdict(list)
    for each in untold:
        arxiv_of = [by_title[title] for title in each.title_keys if title in by_title]
        (known[min(arxiv_of)] if arxiv_of else titled[each.key]).append(each)
    groups: list[Sequence[Paper]] = [*known.values(), *titled.values()]
    joined = [Joined(reduce(_merge, group), frozenset(each.key for each in group)) for group in groups]
    return sorted(joined, key=lambda j: j.paper.key)
