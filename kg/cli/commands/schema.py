"""kg schema."""

from __future__ import annotations

import click

__all__ = ["schema_command"]


@click.command("schema")
def schema_command() -> None:
    """Show what the graph is made of.

    Labels, keys, properties, relationship types and their ends on one card, short enough for a prompt.
    """
    from kg.api import schema_card

    click.echo(schema_card())
