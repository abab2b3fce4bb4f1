"""Families: what a version, size or edition of something is a variant of, read off the name alone."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from kg.resolve import lexicon
from kg.resolve.forms import Form, form
from kg.resolve.tokens import Token

__all__ = ["family", "lineage"]

#: What announces a version and goes with it.
_VERSION_MARK = re.compile(r"(?:(?<=[^\W\d_]{2})v|(?<![^\W\d_])(?:[vV]|ver\.?|version))[\s\-_]*$")
_START = attrgetter("start")
_LABELS = ("Model", "Method", "Benchmark")


def _rank(label: str, token: Token, joined: bool) -> int | None:
    """In which order a token is taken away on the way to the family: 0 first; None where it belongs to the name itself."""
    if token.kind == "mark":
        return 0 if token.text == "+" and label != "Benchmark" else None
    if token.kind == "word":
        return _word_rank(label, token.text)
    year = label == "Benchmark" and token.kind == "number" and token.text.isdigit() and len(token.text) in (2, 4)
    if joined and label != "Model" and not year:
        return None
    return 1 if token.kind == "size" else 3


def _word_rank(label: str, word: str) -> int | None:
    if word in lexicon.ROMAN:
        return 3
    if label == "Benchmark":
        return 0 if word in lexicon.SPLITS else None
    if word in lexicon.TRAININGS:
        return 0
    if word in lexicon.SIZES:
        return 1
    return 2 if word in lexicon.KINDS and label == "Model" else None


def _taken(found: Form) -> list[Token]:
    """The tokens that go in the next step to the family: of what stands behind the last word of the name proper."""
    ordered = sorted(found.tokens, key=_START)
    ranked: list[tuple[int, Token]] = []
    for before, token in pairwise(ordered):
        joined = token.start == before.end and before.raw[-1:] not in ("v", "V")
        rank = _rank(found.label, token, joined)
        if rank is not None:
            ranked.append((rank, token))
        elif token.kind == "word":
            ranked = []
    if not ranked:
        return []
    first = min(rank for rank, _ in ranked)
    taken = [token for rank, token in ranked if rank == first]
    return taken if first == 0 else taken[-1:]


def _ranked_last(found: Form) -> bool:
    """Whether the last token can go: else there is nothing to take away."""
    last = max(found.tokens, key=_START)
    return last.kind != "word" or _word_rank(found.label, last.text) is not None


@lru_cache(maxsize=1 << 16)
def family(label: str, surface: str) -> str | None:
    """The name of what `surface` is a version, size or edition of, as written but for that; None where nothing shows one."""
    if label not in _LABELS or len(surface) > 100:
        return None
    found = form(label, surface)
    if len(found.tokens) < 2 or not _ranked_last(found):
        return None
    text = found.text
    for token in sorted(_taken(found), key=lambda token: -token.start):
        text = _VERSION_MARK.sub("", text[: token.start]).rstrip(" -_/:") + text[token.end :]
    first = min(found.tokens, key=_START)
    text = text[first.start :].strip(" -_/:.,")
    rest = form(label, text)
    letters = sum(c.isalpha() for c in text)
    if not letters or len(text) < 2 or (letters < 3 and text.isalpha()) or rest.canon == found.canon:
        return None
    return text if len(rest.tokens) < len(found.tokens) else None


def lineage(label: str, surface: str) -> tuple[str, ...]:
    """The families of a surface, the nearest first."""
    names: list[str] = []
    name = family(label, surface)
    while name and len(names) < 8:
        names.append(name)
        name = family(label, name)
    return tuple(names)
