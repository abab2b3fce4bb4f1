"""Families: what a version, size or edition of something is a variant of, read off the name alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from kg.resolve import lexicon
from kg.resolve.forms import Form, form
from kg.resolve.tokens import Token

__all__ = ["family", "lineage"]

#: What announces a version and goes with it.
_VERSION_MARK = re.compile(r"(?:(?<=[^\W\d_]{2})v|(?<![^\W\d_])(?:[vV]|ver\.?|version))[\s\-_]*$")
#: A letter glued to a version goes with it: DeepSeek-R1, Kimi-K2.
_LETTER = re.compile(r"(?<=[\s\-_])[A-Za-z]$|(?<=[a-z])[A-Z]$")
_START = attrgetter("start")
_LABELS = ("Model", "Method", "Benchmark")


def _rank(found: Form, before: Token, token: Token) -> int | None:
    """In which order a token is taken away on the way to the family: 0 first; None where it belongs to the name itself."""
    label = found.label
    joined = token.start == before.end and before.raw[-1:] not in ("v", "V")
    if token.kind == "mark":
        return 0 if token.text == "+" else None
    if token.kind == "word":
        # A letter glued to a number is its edition: Gemma 3n, GLM-4.5V.
        edition = label == "Model" and joined and len(token.raw) == 1 and before.kind != "word"
        return 2 if edition else _word_rank(label, token.text)
    year = label == "Benchmark" and token.kind == "number" and token.text.isdigit() and len(token.text) in (2, 4)
    if joined and ((label != "Model" and not year) or _letter(before.raw) + token.text in lexicon.LETTER_NAMES):
        return None
    behind_slash = found.text[before.end : token.start] == "/"
    return 0 if behind_slash else 1 if token.kind == "size" else 3


def _letter(raw: str) -> str:
    """The letter that goes with a number behind it: the only one, or a capital behind a small one, as in CodeT5."""
    alone = len(raw) == 1 or (raw[-1].isupper() and raw[-2].islower())
    return raw[-1].lower() if alone else ""


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


def _taken(found: Form, ordered: Sequence[Token]) -> list[Token]:
    """The tokens that go in the next step to the family: of what stands behind the last word of the name proper."""
    ranked: list[tuple[int, Token]] = []
    for before, token in pairwise(ordered):
        rank = _rank(found, before, token)
        if rank is not None:
            ranked.append((rank, token))
        elif token.kind == "word":
            ranked = []
    if not ranked:
        return []
    first = min(rank for rank, _ in ranked)
    taken = [token for rank, token in ranked if rank == first]
    return taken if first == 0 else taken[-1:]


def _ranked_last(found: Form, ordered: Sequence[Token]) -> bool:
    """Whether the last token can go: else there is nothing to take away."""
    before, last = ordered[-2:]
    return last.kind != "word" or _rank(found, before, last) is not None


@lru_cache(maxsize=1 << 16)
def family(label: str, surface: str) -> str | None:
    """The name of what `surface` is a version, size or edition of, as written but for that; None where nothing shows one."""
    if label not in _LABELS or len(surface) > 100:
        return None
    found = form(label, surface)
    if len(found.tokens) < 2:
        return None
    ordered = sorted(found.tokens, key=_START)
    if not _ranked_last(found, ordered):
        return None
    text = found.text
    for token in reversed(_taken(found, ordered)):
        before = text[: token.start]
        if token.kind in ("number", "size") and before[-1:].isalpha():
            before = _LETTER.sub("", before)
        if token.kind == "number" and ("v" in before or "V" in before):
            before = _VERSION_MARK.sub("", before)
        text = before.rstrip(" -_/:'’") + text[token.end :]
    text = text[ordered[0].start :].strip(" -_/:.,'’")
    rest = form(label, text)
    if not _is_name(text, rest) or rest.canon == found.canon:
        return None
    return text if len(rest.tokens) < len(found.tokens) else None


def _is_name(text: str, rest: Form) -> bool:
    """Whether what is left can be a name: not a letter or two, not a common word by itself."""
    letters = sum(map(str.isalpha, text))
    if not letters or len(text) < 2 or (letters < 3 and text.isalpha()):
        return False
    if letters == 1 and text[-1].isdigit() and text.lower() not in lexicon.LETTER_NAMES:
        return False
    return len(rest.tokens) > 1 or not text[1:].islower() or text.lower() not in lexicon.NO_FAMILIES


def lineage(label: str, surface: str) -> tuple[str, ...]:
    """The families of a surface, the nearest first."""
    names: list[str] = []
    if label not in _LABELS:
        return ()
    name = family(label, surface)
    while name and len(names) < 8:
        names.append(name)
        name = family(label, name)
    return tuple(names)
