"""kg build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import engine_option, opened, store_option, year_option
from kg.cli.output import tell_losses, words
from kg.cli.progress import progress
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.api import BuildReport

__all__ = ["build_command"]


@click.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@store_option
@engine_option
@year_option
@click.option("--bulk", metavar="DIR", help="Write no store, but the files of `neo4j-admin database import`, and print the command.")
@click.option("--into-existing", is_flag=True, help="Write into a database that holds nodes of others.")
def build_command(sources: tuple[str, ...], store: str | None, engine: str, year: int | None, bulk: str | None, into_existing: bool) -> int:
    """Read sources, extract, put names together and write the graph.

    A SOURCE is a file, a folder, a glob, `-` for standard input, arxiv:ID or hf:DATE: saved Daily Papers pages,
    arXiv metadata as JSON Lines or Atom, answers of the hub's daily-papers API. Papers that are in the store and have not
    changed are left alone, so the same command again completes what was cut off.

    --bulk is for a Neo4j of your own that is empty and stopped: its importer is much faster than any transaction.
    """
    if bulk is not None:
        if store is not None or into_existing:
            raise UsageError("--bulk writes files and no store: leave out --store and --into-existing, or --bulk")
        return _bulk(sources, bulk, engine, year)
    from kg.api import BuildReport, leads_anywhere, read
    from kg.model import Loss

    if not leads_anywhere(*sources):  # so no store is made
        return _tell(BuildReport(losses=tuple(each for each in read(*sources) if isinstance(each, Loss))))
    with opened(store, new=True, into_existing=into_existing) as graph, progress("records") as advance:
        try:
            report = graph.add(*sources, engine=engine, year=year, progress=advance)
        except KeyboardInterrupt:
            words("what is in the store is whole; the same command completes it")
            raise
    return _tell(report)


def _bulk(sources: tuple[str, ...], folder: str, engine: str, year: int | None) -> int:
    from kg.api import build_files

    with progress("papers") as advance:
        report, command = build_files(*sources, folder=folder, engine=engine, year=year, progress=advance)
    if command:
        words("import the files while the server is stopped; then let cypher-shell run schema.cypher, which makes the indexes")
        click.echo(command)
    else:
        words(f"there is no paper to import, so nothing was written into {folder}")
    return _tell(report)


def _tell(report: BuildReport) -> int:
    lost = tell_losses(report.losses)
    if report.contested:
        words(
            f"somebody else wrote {report.contested} of these papers meanwhile: they were read again, and hold what they would after both"
        )
    papers = report.added + report.changed + report.unchanged
    words(
        f"{report.records} records of {papers} papers: {report.added} new, {report.changed} changed, "
        f"{report.unchanged} as they were; {report.extracted} read by the extractor, {lost} lost"
    )
    return 1 if lost else 0
