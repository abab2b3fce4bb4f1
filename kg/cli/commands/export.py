"""kg export."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime

import click

from kg.cli.options import opened, pairs, store_option
from kg.cli.output import words
from kg.errors import UsageError, choice

__all__ = ["export_command"]


@click.command("export")
@click.argument("form", metavar="FORMAT")
@click.argument("out", metavar="OUT")
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@store_option
@click.option("--paper", "papers", multiple=True, metavar="PAPER", help="Only this paper, by key, arXiv id, address or title; repeatable.")
@click.option("--around", metavar="NAME", help="Only what is near the thing of this name.")
@click.option(
    "--hops", type=click.IntRange(0), default=1, show_default=True, help="How many steps count as near, for --around and --query."
)
@click.option("--benchmark", metavar="NAME", help="Only this benchmark with its papers and results.")
@click.option("--query", metavar="NAME", help="Only what this statement of `kg query` answers; its parameters come last, as NAME=VALUE.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only papers from this day on.")
@click.option("--top", type=click.IntRange(1), metavar="N", help="At most the N most connected nodes.")
@click.option("--formula-safe", is_flag=True, help="csv: keep spreadsheets from reading text as formulas.")
@click.option("--title", metavar="TEXT", help="html, pyvis: the title of the page.")
def export_command(
    *,
    form: str,
    out: str,
    parameters: tuple[str, ...],
    store: str | None,
    papers: tuple[str, ...],
    around: str | None,
    hops: int,
    benchmark: str | None,
    query: str | None,
    since: datetime | None,
    top: int | None,
    formula_safe: bool,
    title: str | None,
) -> None:
    """Write the graph, or a part of it, in another format.

    FORMAT is html (one page that works offline), pyvis, jsonl (the canonical dump: equal graphs give equal bytes), graphml, gexf,
    jsonld, cypher, csv or parquet. OUT is a file, for csv and parquet a folder, or `-` for standard output. What a part leaves out is
    told on standard error.
    """
    from kg.api import FORMATS, Slice

    if form not in FORMATS:
        raise choice(form, FORMATS, "format")
    if out == "-" and form in ("csv", "parquet"):
        raise UsageError(f"{form} is one file for each kind of node and relationship: name a folder for them")
    options: dict[str, object] = {"formula_safe": True} if formula_safe else {}
    options |= {"title": title} if title else {}
    if parameters and query is None:
        raise UsageError(f"{parameters[0]!r} is a parameter of a statement: name the statement with --query")
    part = Slice(papers, around, hops, benchmark, (), since.date() if since else None, top)
    with opened(store) as graph:
        if query is not None:
            part = replace(part, named=graph.answer(query, **pairs(parameters)).named)
        left_out = graph.export(form, sys.stdout.buffer if out == "-" else out, part or None, **options)
    if left_out:
        words(left_out)
    if out != "-":
        click.echo(out)
