"""Write the pages of docs/ that are made from the product itself: `make docs`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from kg.cli.app import cli
from kg.queries import cookbook_page, describe, schema_page

WIDTH = 100
#: Rows and characters of a cell that an example shows.
SHOWN = 3
CELL = 48
ROWS = Path(__file__).parents[1] / "tests" / "cypher" / "rows"

_COMMANDS = """\
# Commands

Generated from the commands themselves by `make docs`.

Data goes to standard output, words to standard error. Exit status: 0; 1 when an input or a record was lost, or a store
could not be used; 2 for a wrong call; 130 after Ctrl-C; 141 where nobody reads on.

The store is what `--store` names, else `NEO4J_URI`, else the folder `papers.kg`. For a server `NEO4J_USERNAME` (else neo4j),
`NEO4J_PASSWORD` and `NEO4J_DATABASE` count as usual."""


def _parts(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    """Path and help of a command and of those below it."""
    context = click.Context(command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH, help_option_names=["-h", "--help"])
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below:
                yield from _parts(below, f"{path} {name}")


def commands() -> str:
    """The reference of the command line."""
    text = [_COMMANDS]
    for path, help_text in _parts(cli, "kg"):
        text += ["", f"{'##' if path.count(' ') < 2 else '###'} {path}", "", "```text", help_text, "```"]
    return "\n".join(text) + "\n"


def _cell(value: object) -> str:
    text = "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = text if len(text) <= CELL else text[: CELL - 1] + "…"
    return text.replace("|", "\\|")


def example(name: str, columns: tuple[str, ...]) -> Iterator[str]:
    """The first case that the tests hold a statement to: what was asked, and some rows."""
    case = json.loads((ROWS / f"{name}.json").read_text("utf-8"))[0]
    words = "".join(f" {key}='{value}'" if " " in str(value) else f" {key}={value}" for key, value in case["parameters"].items())
    yield from ("", f"Example: `kg query {name}{words}`", "", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|")
    yield from (f"| {' | '.join(map(_cell, row))} |" for row in case["rows"][:SHOWN])
    more = len(case["rows"]) - SHOWN
    if more > 0:
        yield from ("", f"and {more} more.")


def cookbook() -> str:
    """The statements of the library, each with an example."""
    return cookbook_page({query.name: example(query.name, query.columns) for query in describe()})


def pages() -> Mapping[str, str]:
    """Every generated page: its name under docs/ and its text."""
    return {"commands.md": commands(), "cookbook.md": cookbook(), "schema.md": schema_page()}


def main() -> None:
    """Write them all."""
    for name, text in pages().items():
        (Path(__file__).parent / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
