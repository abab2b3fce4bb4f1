"""The table of abbreviations, mined from abstracts: what a bare abbreviation usually means."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["UNKNOWN", "Usual", "usual"]


@dataclass(frozen=True, slots=True)
class Usual:
    """What the table knows of a form: the form and stemmed words of its usual expansion, or that it has several."""

    long: str | None = None
    surface: str = ""
    words: tuple[str, ...] = ()
    ambiguous: bool = False


UNKNOWN = Usual()


def usual(label: str, canon: str) -> Usual:
    """What a bare form of a label usually means."""
    del label, canon
    return UNKNOWN
