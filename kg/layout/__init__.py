"""Pictures of a graph before they are drawn: a bounded slice, positions, looks and captions. Shared by all views."""

from kg.layout.cache import kept
from kg.layout.kinds import KINDS, Kind, caption, displayed, shorten
from kg.layout.positions import Community, Layout, Place, place
from kg.layout.slices import Cut, Slice, cut, named_in

__all__ = [
    "KINDS",
    "Community",
    "Cut",
    "Kind",
    "Layout",
    "Place",
    "Slice",
    "caption",
    "cut",
    "displayed",
    "kept",
    "named_in",
    "place",
    "shorten",
]
