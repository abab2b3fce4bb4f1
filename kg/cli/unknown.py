"""What the command line says of a name that nothing has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

__all__ = ["unknown"]


def unknown(graph: KnowledgeGraph, text: str) -> str:
    """That the text names nothing, and what it resembles."""
    others = graph.resembling(text)
    return f"nothing here is called {text!r}" + (f"; perhaps {', '.join(others)}" if others else "")
