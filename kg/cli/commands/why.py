"""kg why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.cards import joint_lines
from kg.cli.options import opened, store_option
from kg.cli.output import echo_json, echo_text, text_width, words
from kg.cli.unknown import unknown

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

__all__ = ["why_command"]


@click.command("why")
@click.argument("a")
@click.argument("b")
@store_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it.")
def why_command(a: str, b: str, store: str | None, form: str) -> None:
    """Show the evidence for what joins two things.

    A and B are names in any spelling, titles or arXiv ids. Direct relationships and results come first; else papers that
    speak of both; else two papers and what both speak of.
    """
    with opened(store) as graph:
        joints = graph.why(a, b)
        if not joints:
            _say_why_not(graph, a, b)
    if form == "json":
        echo_json(joints)
        return
    for number, joint in enumerate(joints):
        echo_text("\n" * bool(number) + "\n".join(joint_lines(joint, text_width())))


def _say_why_not(graph: KnowledgeGraph, a: str, b: str) -> None:
    missing = [text for text in dict.fromkeys((a, b)) if not graph.knows(text)]
    for text in missing:
        words(unknown(graph, text))
    if not missing:
        words(f"nothing here joins {a!r} and {b!r}")
