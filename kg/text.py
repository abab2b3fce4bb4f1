"""Text as published and text for reading.

`published` is what the graph keeps and what every offset counts in; `readable` is a copy for people.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["accented", "published", "readable"]

#: C0 and C1 controls but tab and line feed, and lone surrogates.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

#: LaTeX's accents and the combining characters that stand for them.
_ACCENTS = {"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
_ACCENT = re.compile(r"\\(['`\"^~=.])(?:\{(\\?[A-Za-z])\}|(\\?[A-Za-z]))")

_READABLE = (
    (re.compile(r"\\([%&#_$])"), r"\1"),
    (re.compile(r"\\(?:emph|text(?:bf|it|sc|tt|rm|sf)?|url|href)\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\times\b"), "×"),
    (re.compile(r"\\sim\b"), "~"),
    (re.compile(r"(?<=\d)times(?=\s|[A-Za-z])"), "× "),
    (re.compile(r"(?:script|footnote|small|tiny)size(?=[A-Z])"), ""),
    (re.compile(r"(?<![\\\w])\{([^{}\s]{1,20})\}"), r"\1"),
    (re.compile(r"\$([^$\n]{1,40})\$"), r"\1"),
    (re.compile(r"[ \t]{2,}"), " "),
)


def published(text: str) -> str:
    """The text with control characters (but tab and line feed) and lone surrogates replaced one for one by U+FFFD."""
    return _CONTROL.sub("�", text)


def readable(text: str) -> str:
    """A copy for reading with the usual damage of saved pages undone: escapes, markup, lost operators.

    Offsets into the published text do not hold in it.
    """
    text = accented(text)
    for pattern, replacement in _READABLE:
        text = pattern.sub(replacement, text)
    return text


def accented(text: str) -> str:
    r"""The text with LaTeX's accents as letters: Fr\'echet as Fréchet."""
    return _ACCENT.sub(_letter, text) if "\\" in text else text


def _letter(found: re.Match[str]) -> str:
    letter = (found[2] or found[3]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[found[1]])
