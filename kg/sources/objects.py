"""One JSON object as a record: arXiv metadata, a paper of the hub's API, or a line that `kg read` wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast, get_args

from kg import ids
from kg.model import Loss, Origin, Record, SourceKind
from kg.sources.fields import Fields, unwrapped
from kg.text import published

__all__ = ["is_record", "records_of"]

_NAMES = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_HUB_FIELDS = ("paper", "publishedAt", "submittedOnDailyAt", "discussionId", "ai_keywords")
_RIGHT = 'a record is an object with a "title" and an "abstract" (arXiv) or a "paper" (the hub\'s daily papers)'


def is_record(value: object) -> bool:
    """True for an object that has the form of a record."""
    return isinstance(value, Mapping) and ("title" in value or isinstance(value.get("paper"), Mapping))


def records_of(value: object, origin: Origin) -> Iterator[Record | Loss]:
    """The record that a JSON value holds, and what of it could not be used."""
    if not isinstance(value, Mapping):
        yield Loss(origin, f"holds {type(value).__name__} instead of an object; {_RIGHT}")
        return
    fields = Fields(value)
    record = _hub(fields, origin) if any(name in fields for name in _HUB_FIELDS) else _metadata(fields, origin)
    if record is None:
        problems = "; ".join(fields.problems) or "there is no title"
        yield Loss(origin, f"{problems}; {_RIGHT}")
        return
    yield record
    for problem in fields.problems:
        yield Loss(origin, f"{problem}; it was read as if it were not there")


def _author_names(values: Sequence[object]) -> tuple[str, ...]:
    """Names of authors given as texts, as objects with a name, or as [last, first, suffix]; those the hub hides left out."""
    names = []
    for value in values:
        name: object = value
        if isinstance(value, Mapping):
            name = None if value.get("hidden") is True else value.get("name")
        elif isinstance(value, list):
            parts = [part for part in value if isinstance(part, str) and part]
            name = " ".join([*parts[1:2], *parts[:1], *parts[2:]])
        if isinstance(name, str) and name.strip():
            names.append(published(" ".join(name.split())))
    return tuple(names)


def _authors(fields: Fields) -> tuple[str, ...]:
    if "authors_parsed" in fields:
        return _author_names(fields.items("authors_parsed"))
    if fields.is_text("authors"):
        return _author_names(_NAMES.split(unwrapped(fields.text("authors") or "")))
    return _author_names(fields.items("authors"))


def _categories(fields: Fields) -> tuple[str, ...]:
    if fields.is_text("categories"):
        return tuple((fields.text("categories") or "").split())
    return tuple(published(item) for item in fields.items("categories") if isinstance(item, str))


def _first_version(fields: Fields) -> Fields | None:
    versions = fields.items("versions")
    return Fields(versions[0], fields.problems) if versions and isinstance(versions[0], Mapping) else None


def _metadata(fields: Fields, origin: Origin) -> Record | None:
    """Metadata of arXiv, in the project's own form, in arXiv's snapshot form, or as `kg read` writes records."""
    title, abstract = fields.text("title"), fields.text("abstract", "summary")
    if not title or not title.strip():
        return None
    version = _first_version(fields)
    if version or "authors_parsed" in fields:
        title, abstract = unwrapped(title), unwrapped(abstract or "")
    given = fields.text("id")
    arxiv = ids.arxiv_id(fields.text("arxiv_id") or given or "")
    authors = _authors(fields)
    kind = fields.text("source")
    url = fields.text("url")
    return Record(
        kind=cast(SourceKind, kind) if kind in get_args(SourceKind) else "arxiv" if arxiv else "listing",
        title=title,
        abstract=abstract or "",
        arxiv_id=arxiv,
        authors=authors,
        author_count=len(authors) or fields.number("author_count"),
        organization=fields.text("organization"),
        published=fields.date("published") or (version.date("created") if version else None),
        updated=fields.date("updated", "update_date"),
        listed=fields.date("listed"),
        upvotes=fields.number("upvotes"),
        categories=_categories(fields),
        comment=fields.text("comment", "comments"),
        url=url or (f"https://arxiv.org/abs/{arxiv}" if arxiv else None),
        given_id=given,
        origin=origin,
    )


def _hub(fields: Fields, origin: Origin) -> Record | None:
    """A paper of the hub's API; what a daily listing says of it stands around the inner object."""
    paper = fields.inner("paper") or fields
    title = paper.text("title") or fields.text("title")
    if not title or not title.strip():
        return None
    given = paper.text("id") or fields.text("id")
    arxiv = ids.arxiv_id(given or "")
    authors = _author_names(paper.items("authors"))
    organization = fields.inner("organization") or paper.inner("organization")
    links = [found for name in ("githubRepo", "projectPage") if (found := paper.text(name) or fields.text(name))]
    return Record(
        kind="hub",
        title=unwrapped(title),
        abstract=unwrapped(paper.text("summary", "abstract") or fields.text("summary", "abstract") or ""),
        arxiv_id=arxiv,
        authors=authors,
        author_count=len(authors) or None,
        organization=organization.text("fullname", "name") if organization else None,
        organization_handle=organization.text("name") if organization else None,
        published=paper.date("publishedAt"),
        listed=paper.date("submittedOnDailyAt") or (fields.date("publishedAt") if paper is not fields else None),
        upvotes=paper.number("upvotes") if "upvotes" in paper else fields.number("upvotes"),
        url=f"https://huggingface.co/papers/{arxiv}" if arxiv else None,
        links=tuple(dict.fromkeys(links)),
        given_id=given,
        origin=origin,
    )
