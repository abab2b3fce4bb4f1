"""A record as `kg read` writes it: one JSON object a line, null where the source says nothing."""

from __future__ import annotations

from kg import ids
from kg.model import Record

__all__ = ["as_json"]


def as_json(record: Record) -> dict[str, object]:
    """The fields of a record that `kg read` shows, in their order."""
    return {
        "key": ids.paper_key(record.arxiv_id, record.title),
        "title": record.title,
        "abstract": record.abstract,
        "published": record.published.isoformat() if record.published else None,
        "upvotes": record.upvotes,
        "author_count": record.author_count,
        "organization": record.organization,
        "arxiv_id": record.arxiv_id,
        "url": record.url,
        "source": record.kind,
    }
