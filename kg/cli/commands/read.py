"""kg read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.options import year_option
from kg.cli.output import tell_losses, write_json_lines
from kg.ids import paper_key

if TYPE_CHECKING:
    from kg.model import Loss, Record

__all__ = ["read_command"]


@click.command("read")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--output", metavar="FILE", default="-", help="File to write; else standard output.")
@year_option
def read_command(sources: tuple[str, ...], output: str, year: int | None) -> int:
    """Print the records of sources as JSON Lines, as they were read.

    In the order of the page, duplicates included; null where the page says nothing. What was not understood is
    told with file and line.
    """
    from kg.api import read
    from kg.model import Loss

    losses: list[Loss] = []

    def lines() -> Iterator[dict[str, object]]:
        for item in read(*sources, year=year):
            if isinstance(item, Loss):
                losses.append(item)
            else:
                yield _line(item)

    write_json_lines(lines(), output)
    return 1 if tell_losses(losses) else 0


def _line(record: Record) -> dict[str, object]:
    return {
        "key": paper_key(record.arxiv_id, record.title),
        "title": record.title,
        "abstract": record.abstract,
        "published": record.published,
        "upvotes": record.upvotes,
        "author_count": record.author_count,
        "organization": record.organization,
        "arxiv_id": record.arxiv_id,
        "url": record.url,
        "source": record.kind,
    }
