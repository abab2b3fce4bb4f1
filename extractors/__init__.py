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


def load(engine: str = "accurate", *, many: bool = False) -> Extractor:
    """The extractor of this name: one of ENGINES, else what an installed package offers in the group `paperkg.extractors`.

    With `many`, the fast engine reads in child processes, one for each core, where there are more than a few papers.
    Raises ExtractorError where it cannot be loaded, UsageError where nobody offers it.
    """
    from extractors.plugins import load_any

    found = load_any(engine)
    if not many or engine != "fast":
        return found
    from extractors.workers import Spread, cores

    return Spread(found, engine, cores()) if cores() > 1 else found
