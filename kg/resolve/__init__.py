"""Names: one node for each thing, never one node for two. Pure Python, outside the database."""

from __future__ import annotations

from kg.resolve.explain import explain, holding
from kg.resolve.pairs import Verdict, decide
from kg.resolve.resolver import NameResolver
from kg.resolve.review import Doubt, Used, doubts

__all__ = ["Doubt", "NameResolver", "Used", "Verdict", "decide", "doubts", "explain", "holding"]
