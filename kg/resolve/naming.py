"""The form of a name with all that the tables know: what decides whether two bare names are one.

`canon` is the form after spellings that are general knowledge, abbreviations within longer names, and known long beginnings.
`usual` says what a bare abbreviation stands for where its paper does not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.resolve import lexicon
from kg.resolve.abbreviations import certain, expansion, senses
from kg.resolve.aliases import known
from kg.resolve.forms import Form, form
from kg.resolve.initials import abbreviates
from kg.resolve.tokens import rejoined
from kg.resolve.words import common
from kg.schema import ENTITY_LABELS

__all__ = ["Usual", "canon", "usual"]

#: Labels of descriptive phrases, in which an abbreviation may stand for some of the words.
_PHRASES = ("Method", "Task", "Metric")
_LABELS = frozenset(ENTITY_LABELS.values())
_MOST_WORDS = 8
_BRACKET = re.compile(r"\(([^()]{2,80})\)")


@dataclass(frozen=True, slots=True)
class Usual:
    """What is known of a bare form: the form, a surface and the sense of its usual expansion, or that it may have several."""

    long: str | None = None
    surface: str = ""
    sense: str = ""
    ambiguous: bool = False


_UNKNOWN = Usual()


@lru_cache(maxsize=1 << 14)
def canon(label: str, surface: str) -> str:
    """What two bare surfaces of one name have in common."""
    if "(" in surface:
        surface = _unbracketed(surface)
    found = form(label, surface)
    if label not in _LABELS:
        return found.canon
    table = known(label)
    spelled = table.spellings.get(found.canon)
    if spelled:
        return spelled
    if len(found.tokens) > 1 and found.canon not in table.expansions and not senses(found.canon):
        if label in _PHRASES:
            other = _expanded(found)
        else:
            other = _contracted(found, table.beginnings) if found.tokens[0].text in table.first else found.canon
        return table.spellings.get(other, other)
    return found.canon


def _unbracketed(surface: str) -> str:
    """The surface without brackets that only abbreviate, or spell out, what stands before them: "Chain of Thought (CoT) prompting"."""
    for match in reversed(list(_BRACKET.finditer(surface))):
        before, inside = surface[: match.start()].rstrip(), match[1]
        words = before.split()
        if any(abbreviates(inside, " ".join(words[i:])) for i in range(len(words))) or (words and abbreviates(words[-1], inside)):
            surface = before + surface[match.end() :]
    return surface


def _expanded(found: Form) -> str:
    """With every abbreviation spelled out that is beyond doubt."""
    if len(found.tokens) > _MOST_WORDS:
        return found.canon
    words = [_spelled(token.text) if token.kind == "word" else () for token in found.tokens]
    if not any(words):
        return found.canon
    return rejoined([text for token, spelled in zip(found.tokens, words, strict=True) for text in spelled or (token.text,)])


@lru_cache(maxsize=1 << 14)
def _spelled(word: str) -> tuple[str, ...]:
    """The words that an abbreviation beyond doubt stands for; none where it is no such."""
    long = None if common(word) else certain(word)
    return tuple([each.text for each in form("", long).tokens]) if long else ()


def _contracted(found: Form, beginnings: Mapping[tuple[str, ...], str]) -> str:
    """With a known long beginning made short, where only numbers, sizes and known suffixes follow."""
    texts = tuple(token.text for token in found.tokens)
    for end in range(min(len(texts) - 1, _MOST_WORDS), 1, -1):
        short = beginnings.get(texts[:end])
        if short and all(token.kind != "word" or token.text in lexicon.SUFFIXES for token in found.tokens[end:]):
            return rejoined([*(token.text for token in form("", short).tokens), *texts[end:]])
    return found.canon


def usual(label: str, bare: str) -> Usual:
    """What a bare form of a label usually means."""
    if label in _LABELS and (senses(bare) or bare in known(label).expansions):
        return _usual(label, bare)
    return _UNKNOWN


@lru_cache(maxsize=1 << 14)
def _usual(label: str, bare: str) -> Usual:
    long = known(label).expansions.get(bare)
    several = False
    if long is None:
        long, several = expansion(label, bare)
    if long is None:
        return Usual(ambiguous=True) if several else _UNKNOWN
    return Usual(canon(label, long), long, abbreviates(bare, long) or "")
