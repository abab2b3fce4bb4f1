"""kg query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, opened, pairs, store_option
from kg.cli.output import echo_json, echo_table, words
from kg.cli.unknown import unknown
from kg.ports import Table

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

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
        _list(form)
        return
    values = pairs(parameters)
    with opened(store) as graph:
        table = graph.query(name, **values)
        if not table.rows:
            _say_unknown(graph, name, values)
    echo_table(table, form)


def _say_unknown(graph: KnowledgeGraph, name: str, values: Mapping[str, str]) -> None:
    """Tell the person which of the names that were asked for nothing has."""
    (parameters,) = (each.parameters for each in graph.queries() if each.name == name)
    for parameter in parameters:
        value = values.get(parameter.name)
        if value is None:
            continue
        if parameter.type == "paper" and not any(card.kind == "Paper" for card in graph.find(value)):
            words(f"no paper here is called {value!r}")
        if parameter.type in {"name", "names"} and not graph.knows(value):
            words(unknown(graph, value))


def _list(form: str) -> None:
    from kg.api import KnowledgeGraph

    known = KnowledgeGraph.queries()
    if form == "json":
        echo_json([{**asdict(each), "columns": each.columns} for each in known])
        return
    rows = tuple((each.name, each.purpose, " ".join(f"{one.name}={one.default}" for one in each.parameters)) for each in known)
    echo_table(Table(("name", "answers", "parameters"), rows), form)
