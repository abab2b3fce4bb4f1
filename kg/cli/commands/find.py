"""kg find."""

from __future__ import annotations

import click

from kg.cli.cards import card_lines
from kg.cli.options import opened, store_option
from kg.cli.output import echo_json, echo_text, text_width, words
from kg.cli.unknown import unknown

__all__ = ["find_command"]


@click.command("find")
@click.argument("text")
@store_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print cards.")
@click.option("--shown", type=click.IntRange(1), default=5, show_default=True, help="Rows of each kind on a card, as text.")
def find_command(text: str, store: str | None, form: str, shown: int) -> None:
    """Show the card of what a text names.

    Kind, other spellings, papers, results and code, each with the sentence that says so. TEXT is a name in any spelling,
    a title or an arXiv id.
    """
    with opened(store) as graph:
        cards = graph.find(text)
        if not cards:
            words(unknown(graph, text))
    if form == "json":
        echo_json(cards)
        return
    for number, card in enumerate(cards):
        echo_text("\n" * bool(number) + "\n".join(card_lines(card, shown, text_width())))
