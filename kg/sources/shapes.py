"""What a text is, told from its beginning; never from a file's name."""

from __future__ import annotations

import json
from typing import Literal

from kg.sources.atom import NAMESPACE
from kg.sources.objects import is_record

__all__ = ["Shape", "shape_of"]

#: JSON Lines, one JSON document, an Atom feed, a web page, other XML, JSON without records, or text of lines.
Shape = Literal["lines", "json", "atom", "html", "xml", "data", "text"]

_WEB = ("<!doctype html", "<html", "<head", "<body")


def _object_shape(text: str) -> Shape:
    """Of a text that starts with a brace: one object a line, or one over several lines."""
    first, _, rest = text.partition("\n")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        # A line that is cut off belongs to JSON Lines; a brace with its first field on the next line to a document.
        return "lines" if '"' in first and (rest.lstrip().startswith("{") or '"title"' in first or '"paper"' in first) else "json"
    return "lines" if is_record(value) or rest.lstrip().startswith("{") else "data"


def _list_shape(text: str) -> Shape:
    inside = text[1:].lstrip()
    return "json" if not inside or inside[0] in "{]" else "data"


def shape_of(head: str) -> Shape:
    """The shape of the text that starts so."""
    text = head.lstrip("\ufeff \t\r\n")
    lower = text[:4096].lower()
    if text.startswith("{"):
        return _object_shape(text)
    if text.startswith("["):
        return _list_shape(text)
    if lower.startswith(_WEB) or (lower.startswith("<") and "<html" in lower):
        return "html"
    if lower.startswith("<"):
        return "atom" if NAMESPACE in text[:4096] else "xml"
    return "text"
