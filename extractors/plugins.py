"""Extractors by name: our own engines, and those of installed packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors import ENGINES
from kg.errors import ExtractorError, PaperKGError, choice
from kg.ports import Extractor

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "load_any", "offered"]

#: The entry point group; each entry names a callable without arguments that returns an Extractor.
GROUP = "paperkg.extractors"


def offered() -> dict[str, EntryPoint]:
    """What installed packages offer, by name."""
    from importlib.metadata import entry_points  # slow to import, and our own engines do without

    return {entry.name: entry for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))}


def load_any(name: str) -> Extractor:
    """The extractor of this name. Raises ExtractorError, UsageError."""
    if name in ENGINES:
        from extractors.engine import load_engine

        return load_engine(name)
    found = offered()
    if name not in found:
        raise choice(name, (*ENGINES, *found), "extractor")
    try:
        made = found[name].load()()
    except PaperKGError:
        raise
    except Exception as error:
        raise ExtractorError(f"the extractor {name} ({found[name].value}) cannot be loaded: {error}") from error
    if not isinstance(made, Extractor):
        raise ExtractorError(f"the extractor {name} ({found[name].value}) has no run and extract; it must be a kg.ports.Extractor")
    return made
