"""kg names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import opened, store_option
from kg.cli.output import echo_json, echo_table, echo_text, words, write_json_lines
from kg.cli.unknown import unknown
from kg.errors import UsageError
from kg.ports import Table

if TYPE_CHECKING:
    from kg.api import Decision, NameCard

__all__ = ["names_command"]

Decorated = Callable[..., Any]

_kind: Callable[[Decorated], Decorated] = click.option(
    "--kind", metavar="KIND", help="Kind of thing: model, method, benchmark, task, metric, author or organization."
)
_because: Callable[[Decorated], Decorated] = click.option("--because", metavar="REASON", required=True, help="Why it is so.")


@click.group("names", context_settings={"help_option_names": ["-h", "--help"]})
def names_command() -> None:
    """Show how names were put together, and decide it otherwise.

    What people decide comes before every rule, is kept with its reason, survives every build and can be taken back.
    """


@names_command.command("show")
@click.argument("name")
@_kind
@store_option
@click.option("--papers", type=click.IntRange(0), default=3, show_default=True, help="Papers to list for each spelling, as text.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def _show(name: str, kind: str | None, store: str | None, papers: int, as_json: bool) -> None:
    """Show the spellings of what a name stands for, why they are together, and who uses them."""
    with opened(store) as graph:
        cards = graph.names.show(name, kind=kind)
        if not cards:
            raise UsageError(f"nothing here is called {name!r} among {kind}s" if kind else unknown(graph, name))
    if as_json:
        echo_json(cards)
        return
    for number, card in enumerate(cards):
        echo_text("\n" * bool(number) + "\n".join(_lines(card, papers)))


def _lines(card: NameCard, papers: int) -> Iterator[str]:
    yield f"{card.kind} {card.name}" + (" (may stand for several things)" if card.ambiguous else "")
    if card.family:
        yield f"  a variant of {card.family}"
    if card.variants:
        yield f"  its variants: {', '.join(card.variants)}"
    for each in card.spellings:
        used = f"{len(each.papers)} paper{'s' * (len(each.papers) != 1)}"
        shown = f": {', '.join(each.papers[:papers])}{', ...' * (len(each.papers) > papers)}" if papers else ""
        yield f"  {each.name}: {each.why}"
        if each.surfaces:
            yield f"    beside {', '.join(each.surfaces)}"
        yield f"    {used}{shown}"
    for decision in card.decisions:
        yield f"  {_told(decision)}"


def _told(decision: Decision) -> str:
    verb = "are the same" if decision.kind == "same" else "are two things"
    return f"decision {decision.number}: {decision.label} {decision.a!r} and {decision.b!r} {verb}, because {decision.reason}"


@names_command.command("same")
@click.argument("a")
@click.argument("b")
@_because
@_kind
@store_option
def _same(a: str, b: str, because: str, kind: str | None, store: str | None) -> None:
    """Decide that two names are one thing."""
    with opened(store) as graph:
        words(_told(graph.names.same(a, b, because=because, kind=kind)))


@names_command.command("apart")
@click.argument("a")
@click.argument("b")
@_because
@_kind
@store_option
def _apart(a: str, b: str, because: str, kind: str | None, store: str | None) -> None:
    """Decide that two names are two things."""
    with opened(store) as graph:
        words(_told(graph.names.apart(a, b, because=because, kind=kind)))


@names_command.command("undo")
@click.argument("number", type=click.IntRange(1))
@store_option
def _undo(number: int, store: str | None) -> None:
    """Take a decision back: the graph is as if it had never been made."""
    with opened(store) as graph:
        words(f"taken back: {_told(graph.names.undo(number))}")


@names_command.command("review")
@_kind
@store_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Names at most.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def _review(kind: str | None, store: str | None, limit: int, as_json: bool) -> None:
    """List the doubtful names, those that most papers use first."""
    with opened(store) as graph:
        found = graph.names.review(kind=kind)
    rows = tuple((each.papers, each.label, each.name, each.candidates, each.why) for each in found[:limit])
    echo_table(Table(("papers", "kind", "name", "candidates", "why"), rows), "json" if as_json else "table")
    if len(found) > limit:
        words(f"{len(found) - limit} more are doubtful: see --limit")


@names_command.command("export")
@click.argument("out", default="-")
@store_option
def _export(out: str, store: str | None) -> None:
    """Write the decisions as JSON Lines: number, kind, label, the two names, reason. OUT is a file, or - for standard output."""
    with opened(store) as graph:
        log = graph.names.log()
        if out != "-":
            graph.names.export(out)
    if out == "-":
        write_json_lines(log, out)
    words(f"{len(log)} decision{'s' * (len(log) != 1)}")


@names_command.command("import")
@click.argument("file")
@store_option
def _import(file: str, store: str | None) -> None:
    """Add the decisions of a FILE that export wrote, or of standard input (-), behind those that are here."""
    with opened(store, new=True) as graph:
        added = graph.names.import_(file)
    words(f"{added} decision{'s' * (added != 1)} added")
