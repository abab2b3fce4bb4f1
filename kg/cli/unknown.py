"""What the command line says of a name that nothing has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.output import words

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

__all__ = ["say_if_unknown"]


def say_if_unknown(graph: KnowledgeGraph, text: str) -> bool:
    """Whether the text names nothing; if so the person is told, and what it resembles."""
    if graph.knows(text):
        return False
    others = graph.resembling(text)
    words(f"nothing here is called {text!r}" + (f"; perhaps {', '.join(others)}" if others else ""))
    return True
