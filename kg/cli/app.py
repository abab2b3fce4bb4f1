"""The `kg` command itself: finds the command, runs it, and turns what can go wrong into one sentence and an exit status.

Nothing heavy is imported here: a command's module is loaded when it is called, and what it needs when it works.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NoReturn

import click

from kg import __version__
from kg.errors import PaperKGError, UsageError

__all__ = ["COMMANDS", "cli", "main"]

#: Every command and what it does, in the order of the help; kg/cli/commands has one module for each.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "build": "Read sources, extract, put names together and write the graph.",
        "read": "Print the records of sources as JSON Lines, as they were read.",
        "extract": "Extract from sources into a file, without a store.",
        "find": "Show the card of what a text names.",
        "query": "List the statements of the library, or run one.",
        "cypher": "Run Cypher of your own, which may only read.",
        "why": "Show the evidence for what joins two things.",
        "export": "Write the graph, or a part of it, in another format.",
        "names": "Show how names were put together, and decide it otherwise.",
        "eval": "Score an extractor, or how names are put together.",
        "stats": "Count what is in the store.",
        "schema": "Show what the graph is made of.",
        "check": "Say whether the graph in the store conforms.",
        "remove": "Withdraw a paper, or what one configuration produced.",
        "bolt": "Keep the embedded engine up for other tools.",
    }
)

_INTERRUPTED, _BROKEN_PIPE, _TERMINATED = 130, 141, 143


class _Commands(click.Group):
    """A group that imports a command when it is called, and not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kg.cli.commands.{cmd_name}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would leave with 1, as after a loss
            raise click.exceptions.Exit(_nobody_reads()) from None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise click.UsageError(f"No such command {args[0]!r}; there are {', '.join(COMMANDS)}.", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="paperkg")
def cli() -> None:
    """A knowledge graph of machine-learning papers, with the evidence for every edge.

    Data goes to standard output, words to standard error. Exit status: 0, 1 when an input or a record was lost, 2 for a wrong call.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command line and leave with its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TERMINATED))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = cli.main(arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PaperKGError as error:
        click.echo(f"kg: {error}", err=True)
        return 2 if isinstance(error, UsageError) else 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: interrupted", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"kg: {where}{error.strerror or error}", err=True)
        return 1
    return int(status or 0)


def _nobody_reads() -> int:
    """Standard output was closed, which is not our fault: what is still in the buffer must not complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _BROKEN_PIPE
