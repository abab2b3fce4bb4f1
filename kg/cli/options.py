"""Options that several commands share, and opening the store that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

__all__ = ["engine_option", "format_option", "opened", "pairs", "store_option", "year_option"]

Decorated = Callable[..., Any]

store_option: Callable[[Decorated], Decorated] = click.option(
    "--store", metavar="STORE", help="Folder or Bolt URI of the store; else NEO4J_URI, else the folder papers.kg."
)
format_option: Callable[[Decorated], Decorated] = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True, help="How to print rows."
)
engine_option: Callable[[Decorated], Decorated] = click.option(
    "--engine", metavar="NAME", default="accurate", show_default=True, help="Extractor: accurate, fast, or the name of a plug-in."
)
year_option: Callable[[Decorated], Decorated] = click.option(
    "--year", type=click.IntRange(1991, 9999), help="Year of dates that a listing shows without one."
)


@contextmanager
def opened(store: str | None, *, new: bool = False, into_existing: bool = False) -> Iterator[KnowledgeGraph]:
    """The graph in the store that was named, which is told on standard error.

    `new` allows a folder that is not there yet. Raises StoreError and its kin.
    """
    from kg.api import KnowledgeGraph

    with KnowledgeGraph.open(store, create=new, into_existing=into_existing) as graph:
        click.echo(f"store: {graph.address}", err=True)
        yield graph


def pairs(words: tuple[str, ...]) -> dict[str, str]:
    """Words of the form name=value as a dictionary. Raises UsageError for another form."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.isidentifier():
            raise UsageError(f"{word!r} is no parameter: write NAME=VALUE, for example limit=20")
        found[name] = value
    return found
