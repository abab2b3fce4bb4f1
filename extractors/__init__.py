"""Reading titles and abstracts of machine-learning papers: entities, results, relations and links with their evidence.

`load` gives an extractor; `extractors.components` holds the same steps as spaCy components.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ports import Extractor

__all__ = ["ENGINES", "load"]

#: The engines, the better first.
ENGINES = ("accurate", "fast")


def load(engine: str = "accurate") -> Extractor:
    """The extractor of this name: one of ENGINES, else what an installed package offers in the group `paperkg.extractors`.

    Raises ExtractorError where it cannot be loaded, UsageError where nobody offers it.
    """
    from extractors.plugins import load_any

    return load_any(engine)
