"""kg stats."""

from __future__ import annotations

import click

from kg.cli.options import format_option, opened, store_option
from kg.cli.output import echo_table

__all__ = ["stats_command"]


@click.command("stats")
@store_option
@format_option
def stats_command(store: str | None, form: str) -> None:
    """Count what is in the store.

    One row for each label and each relationship type.
    """
    with opened(store) as graph:
        table = graph.stats()
    echo_table(table, form)
