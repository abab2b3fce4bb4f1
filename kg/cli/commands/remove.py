"""kg remove."""

from __future__ import annotations

import click

from kg.cli.options import opened, store_option
from kg.cli.output import words
from kg.errors import UsageError

__all__ = ["remove_command"]


@click.command("remove")
@click.option("--paper", metavar="KEY", help="Key of the paper to withdraw: arxiv:ID, or title: and a hash.")
@click.option("--run", metavar="KEY", help="Key of the ExtractionRun whose facts to withdraw.")
@store_option
def remove_command(paper: str | None, run: str | None, store: str | None) -> int:
    """Withdraw a paper, or what one configuration produced.

    What is left is the graph of the papers that stay, as if the other had never been built.
    """
    if not paper and not run:
        raise UsageError("say what to withdraw: --paper KEY or --run KEY")
    with opened(store) as graph:
        # The run first: with the last paper that it read it would be gone as well.
        touched = {key: graph.remove(**{what: key}) for what, key in (("run", run), ("paper", paper)) if key}
    for key, papers in touched.items():
        words(f"{papers} papers touched" if papers else f"nothing here has the key {key}")
    return 0 if all(touched.values()) else 1
