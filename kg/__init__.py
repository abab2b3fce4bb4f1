"""paperkg: a deterministic, evidence-carrying knowledge graph of machine-learning papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, extract, read

__all__ = ["KnowledgeGraph", "__version__", "extract", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the facade when first asked for, so that `import kg` stays light."""
    if name in __all__:
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
