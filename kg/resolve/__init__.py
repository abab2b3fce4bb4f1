"""Names: one node for each thing, never one node for two. Pure Python, outside the database."""

from __future__ import annotations

from kg.resolve.pairs import Verdict, decide
from kg.resolve.resolver import NameResolver

__all__ = ["NameResolver", "Verdict", "decide"]
