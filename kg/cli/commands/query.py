"""kg query."""

from __future__ import annotations

import click

from kg.cli.options import format_option, opened, pairs, store_option
from kg.cli.output import echo_table

__all__ = ["query_command"]


@click.command("query")
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@store_option
@format_option
def query_command(name: str | None, parameters: tuple[str, ...], store: str | None, form: str) -> None:
    """List the statements of the library, or run one.

    Without NAME: what there is, what each answers and takes. The statements are the files of cypher/read,
    which cypher-shell runs as well.
    """
    if name is None:
        echo_table(_catalogue(), form)
        return
    values = pairs(parameters)
    with opened(store) as graph:
        table = graph.query(name, **values)
    echo_table(table, form)


def _catalogue() -> Table:
    from kg.api import KnowledgeGraph
    from kg.ports import Table

    rows = tuple((each.name, each.purpose, _parameters(each), each.columns) for each in KnowledgeGraph.queries())
    return Table(("name", "answers", "parameters", "columns"), rows)
