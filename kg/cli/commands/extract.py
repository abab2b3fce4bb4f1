"""kg extract."""

from __future__ import annotations

import sys

import click

from kg.cli.options import engine_option, year_option
from kg.cli.output import tell_losses, words
from kg.cli.progress import progress

__all__ = ["extract_command"]


@click.command("extract")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--output", metavar="FILE", required=True, help="File to write; `-` for standard output.")
@engine_option
@year_option
def extract_command(sources: tuple[str, ...], output: str, engine: str, year: int | None) -> int:
    """Extract from sources into a file, without a store.

    One line of JSON for each distinct paper, in the gold format that `kg eval` reads: its entities, results, relations and
    links, with where they stand and how sure the extractor is. JSON Lines with title and abstract suffice; an id is kept.
    """
    from kg.api import extract_file

    with progress("papers") as advance:
        out = sys.stdout.buffer if output == "-" else output
        report = extract_file(*sources, out=out, engine=engine, year=year, progress=advance)
    lost = tell_losses(report.losses)
    words(f"{report.records} records of {report.extracted} papers, {lost} lost")
    return 1 if lost else 0
