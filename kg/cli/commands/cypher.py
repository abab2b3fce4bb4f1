"""kg cypher."""

from __future__ import annotations

import json
import sys

import click

from kg.cli.options import format_option, opened, pairs, store_option
from kg.cli.output import echo_table
from kg.settings import QueryLimits

__all__ = ["cypher_command"]


@click.command("cypher")
@click.argument("text")
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@store_option
@format_option
@click.option("--rows", type=click.IntRange(1), default=1000, show_default=True, help="Fetch no more rows than this.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=30.0, show_default=True, help="Run no longer than this.")
def cypher_command(text: str, parameters: tuple[str, ...], store: str | None, form: str, rows: int, seconds: float) -> None:
    """Run Cypher of your own, which may only read.

    TEXT is the statement, or `-` for standard input; a VALUE that is JSON is taken as that (limit=20), any other as text.
    What would write is refused by the engine itself.
    """
    statement = sys.stdin.read() if text == "-" else text
    values = {name: _value(value) for name, value in pairs(parameters).items()}
    with opened(store) as graph:
        table = graph.cypher(statement, values, limits=QueryLimits(rows=rows, seconds=seconds))
    echo_table(table, form)


def _value(text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value
