"""How each kind of node looks and what it is called, in every view: colour, shape, caption, whether it starts folded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.graph import Node
from kg.text import readable

__all__ = ["KINDS", "Kind", "caption", "displayed", "shorten"]

#: Controls, and the marks that turn the direction of a text round: they change what neighbours look like, so no picture keeps them.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """The look of one label. `folded` kinds are hidden in an overview until asked for; shapes help where colours fail."""

    label: str
    plural: str
    colour: str
    dark: str
    shape: str
    folded: bool = False


#: The kinds that pictures show, in the order of legends and columns. Name and ExtractionRun are bookkeeping and never drawn.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.label: kind
        for kind in (
            Kind("Paper", "papers", "#3b6fb6", "#79a8e8", "circle"),
            Kind("Model", "models", "#c8443f", "#f0837c", "square"),
            Kind("Method", "methods", "#d9780f", "#f5a450", "diamond"),
            Kind("Benchmark", "benchmarks", "#3d8b3d", "#7cc47a", "triangle"),
            Kind("Task", "tasks", "#9457a8", "#cf97e0", "hexagon"),
            Kind("Metric", "metrics", "#8a6146", "#c9a184", "bar", folded=True),
            Kind("Result", "results", "#8d7a00", "#d8c550", "drop", folded=True),
            Kind("Repository", "repositories", "#0c8484", "#4fc3c3", "box", folded=True),
            Kind("Resource", "web pages", "#5b7a2f", "#a8c878", "ring", folded=True),
            Kind("Author", "authors", "#66707c", "#a9b4c0", "dot", folded=True),
            Kind("Organization", "organisations", "#4b5563", "#c3ccd6", "star", folded=True),
        )
    }
)


def displayed(text: str) -> str:
    """`text` on one line and in one direction: for labels, never for data."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def shorten(text: str, length: int = 34) -> str:
    """At most `length` characters, cut at a word where one ends near, with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > length * 0.6 else cut).rstrip(" ,;:-") + "…"


def caption(node: Node) -> str:
    """What a reader calls the node: title, name, the words that carry a number, an address."""
    properties = node.properties
    if node.label == "Result":
        quote, metric = (displayed(readable(str(properties.get(name, "")))) for name in ("quote", "metric"))
        said = quote if metric.casefold() in quote.casefold() else f"{quote} {metric}".strip()
    else:
        found = next((properties[name] for name in ("title", "name", "surface", "extractor") if properties.get(name)), "")
        said = displayed(readable(str(found)))
    return said or displayed(node.key) or node.label
