"""kg bolt."""

from __future__ import annotations

import json
import threading
from contextlib import suppress

import click

from kg.cli.options import opened, store_option
from kg.cli.output import words

__all__ = ["bolt_command"]


@click.command("bolt")
@store_option
@click.option("--write", is_flag=True, help="Let the other tools write as well.")
@click.option("--json", "as_json", is_flag=True, help="Print the address, user, password and database as JSON.")
def bolt_command(store: str | None, write: bool, as_json: bool) -> None:
    """Keep the embedded engine up for other tools.

    Prints what cypher-shell, Neo4j Browser or a driver needs in order to come in, and stays until Ctrl-C. What comes in can
    only read, unless --write is given. The address is on this machine alone; the password changes with every start.
    """
    with opened(store, new=write) as graph:
        access = graph.access(writing=write)
        if as_json:
            found = {"uri": access.uri, "username": access.username, "password": access.password, "database": access.database}
            click.echo(json.dumps(found))
        else:
            database = f" -d {access.database}" if access.database else ""
            click.echo(f"cypher-shell -a {access.uri} -u {access.username} -p '{access.password or ''}'{database}")
        words("up until Ctrl-C")
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
