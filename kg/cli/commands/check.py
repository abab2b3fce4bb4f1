"""kg check."""

from __future__ import annotations

import click

from kg.cli.options import format_option, opened, store_option
from kg.cli.output import echo_table, words
from kg.ports import Table

__all__ = ["check_command"]


@click.command("check")
@store_option
@format_option
def check_command(store: str | None, form: str) -> int:
    """Say whether the graph in the store conforms.

    What the schema does not declare, what a paper's facts do not say, broken keys, nodes that nothing leads to. Nothing is
    printed and the exit status is 0 where all is well.
    """
    with opened(store) as graph:
        faults = graph.check()
    if not faults:
        words("the graph conforms")
        return 0
    echo_table(Table(("kind", "where", "what"), tuple((fault.kind, fault.where, fault.message) for fault in faults)), form)
    words(f"{len(faults)} faults")
    return 1
