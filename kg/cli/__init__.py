"""The command line: one thin file per command in kg/cli/commands, each a wrapper over one call of kg.api."""

from kg.cli.app import main

__all__ = ["main"]
