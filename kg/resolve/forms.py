"""The form of a name: what is left of a surface when spelling is taken away and everything that tells things apart is kept.

Two surfaces of one label with equal `canon` are one name. Case, spaces, dashes, plural, LaTeX, Greek letters, a maker's
name in front, a generic word behind and British spelling go; numbers, sizes, years, suffixes and marks such as `+` stay.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from kg.resolve import lexicon
from kg.resolve.tokens import Token, plain, rejoined, tokens
from kg.resolve.words import common

__all__ = ["Form", "form"]

_PREPOSITIONS = frozenset({"to", "for", "with", "in", "on", "from", "by", "under", "at", "as"})
_LEGAL = re.compile(r"\b(?:inc|ltd|llc|gmbh|corp|corporation|co|plc|ag|sa|bv)\b\.?", re.IGNORECASE)
_DIMENSION = re.compile(r"[2-6]d\Z")
#: pass^k is not pass@k, and spoken with a hat; behind less letters it is a power: R^2.
_HAT = re.compile(r"([a-z]{4})[}$\s]*\^(?=\{?[\dk])", re.IGNORECASE)
#: Letters with a stroke, which Unicode does not take apart, as people write them without.
_STROKES = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE"})
#: Years in two digits that behind capitals are hardly a count or a version.
_YEARS = frozenset(f"{year:02}" for year in range(12, 30))
_MAKERS = lexicon.VENDORS | lexicon.AI_VENDORS | lexicon.NARROW_VENDORS.keys()
_INSTRUCT = frozenset({"it", "inst", "instruction"})
#: Words that versions and models are written with in many ways: where there is none, nothing has to be looked at.
_SPECIAL = _INSTRUCT | {"v", "ver", "version", "billion", "million", "b", "hf"}
#: How the kinds of tokens behind a model's name are ordered.
_RANK = {"number": 0, "word": 1, "size": 2}


class Form(NamedTuple):
    """A surface of a label in normal form.

    `written` is all of it, squeezed, only two numbers kept apart.
    """

    label: str
    text: str
    tokens: tuple[Token, ...]
    canon: str
    written: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """What tells versions apart."""
        return tuple(sorted([t.text for t in self.tokens if t.kind in ("number", "size") or t.text in lexicon.ROMAN]))


@lru_cache(maxsize=1 << 14)
def form(label: str, surface: str) -> Form:
    """The form of a surface under a label."""
    text = plain(_HAT.sub(r"\1 hat ", surface) if label == "Metric" and "^" in surface else surface)
    if label in ("Author", "Organization"):
        canon = _person(text) if label == "Author" else _organization(text)
        return Form(label, text, (), canon or surface, canon or surface)
    whole = tokens(text)
    if label in ("Model", "Method") and "G" in text:
        whole = _gigantic(whole)
    found = whole
    if len(found) > 1:
        special = not _SPECIAL.isdisjoint([token.text for token in whole])
        found = _trimmed(label, _versioned(label, whole) if special else whole, text)
        if label == "Model":
            found = _ordered(_packed(found) if special else found)
        elif label == "Benchmark":
            found = _dated(found, text)
        else:
            found = _phrased(label, found)
        if label in ("Model", "Method"):
            found = _sized(found)
    texts, raws = [token.text for token in found], [token.raw.lower() for token in whole]
    canon = rejoined(texts) or text.lower() or surface
    written = canon if raws == texts else rejoined(raws) or canon
    return Form(label, text, tuple(found), canon, written)


def _gigantic(found: list[Token]) -> list[Token]:
    """With the G of ViT-G as a word: there case alone tells a size from another, the giant ViT-g."""
    return [
        token._replace(text="gigantic", raw="gigantic") if i and token.raw == "G" and found[i - 1].text == "vit" else token
        for i, token in enumerate(found)
    ]


def _person(text: str) -> str:
    """A person's name: first name first, without case, accents and dots."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return text.lower()
    last, comma, first = text.partition(", ")
    text = f"{first} {last}" if comma and first and not first.lower().startswith(("jr", "sr", "ii")) else text
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_STROKES)) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", bare).lower().split())


def _organization(text: str) -> str:
    """An organisation's name or handle: without case, joints, article and legal form."""
    return re.sub(r"[\W_]+", "", _LEGAL.sub("", text).lower().removeprefix("the "))


def _versioned(label: str, found: list[Token]) -> list[Token]:
    """Without `v`, `version` before a number, once a name stands before it; numbers in words of models as sizes."""
    kept: list[Token] = []
    for i, token in enumerate(found):
        if i and token.text in ("v", "ver", "version") and i + 1 < len(found) and found[i + 1].kind == "number":
            continue
        if label == "Model" and kept and kept[-1].kind == "number" and token.text in ("billion", "million", "b"):
            before = kept.pop()
            kept.append(Token(before.text + token.text[0], before.raw + token.raw, before.start, token.end, "size"))
            continue
        kept.append(token)
    return kept


def _proper(token: Token) -> bool:
    """Whether a token is no common word, so likely a name."""
    return token.kind != "word" or not (common(token.raw.lower()) or common(token.text))


def _trimmed(label: str, found: list[Token], text: str) -> list[Token]:
    """Without article and maker in front and generic words behind, as long as a name is left."""
    first, last = 0, len(found)
    while last - first > 1 and found[first].text in lexicon.ARTICLES and len(found[first].raw) > 1:
        first += 1
    while last - first > 1 and (length := _maker(found, first)):
        first += length
    heads = lexicon.GENERIC_HEADS.get(label, frozenset())
    while last - first > 1 and found[last - 1].text in heads and _generic(label, found[first:last]):
        if label != "Metric" and _coined(found[last - 2], found[last - 1], text):
            break
        if last - first == 2 and (len(found[first].raw) == 1 or (found[first].text, found[first + 1].text) in lexicon.WHOLE):
            break
        last -= 1
    return found[first:last] if last - first < len(found) else found


def _coined(before: Token, last: Token, text: str) -> bool:
    """Whether a generic last word is written as part of a name that somebody coined: "RAG-Toolkit", not "RAG toolkit"."""
    return last.raw[0].isupper() and last.start == before.end + 1 and not text[before.end].isspace()


def _maker(found: list[Token], first: int) -> int:
    """How many tokens from the first on are a maker's name, where what follows is a name by itself."""
    text = found[first].text
    if text not in _MAKERS:
        return 0
    found = found[first:]
    if text in lexicon.NARROW_VENDORS:
        return int(found[1].text in lexicon.NARROW_VENDORS[text])
    length = 0
    if text in lexicon.VENDORS:
        length = 1 + (len(found) > 2 and found[1].text in ("ai", "research", "labs", "lab"))
    elif text in lexicon.AI_VENDORS and len(found) > 2 and found[1].text == "ai":
        length = 2
    if not length or not _proper(found[length]):
        return 0
    return 0 if len(found) == length + 1 and found[length].text in lexicon.ENDINGS else length


def _generic(label: str, found: list[Token]) -> bool:
    """Whether a generic last word can go: behind a proper name always, else where it says nothing and enough is left."""
    before = -2
    while label == "Benchmark" and before > -len(found) and found[before].text in lexicon.GENERIC_HEADS[label]:
        before -= 1
    if _proper(found[before]):
        return True
    head = found[-1].text
    return head in lexicon.EMPTY_HEADS.get(label, ()) and (len(found) > 2 or head in lexicon.EMPTIEST_HEADS)


def _packed(found: list[Token]) -> list[Token]:
    """Models: `it` behind a size is `instruct`, and how the file is packed for a library says nothing."""
    if found[-1].text == "hf" and len(found) > 2:
        found = found[:-1]
    return [t._replace(text="instruct") if i and t.text in _INSTRUCT and found[i - 1].kind == "size" else t for i, t in enumerate(found)]


def _ordered(found: list[Token]) -> list[Token]:
    """Models: what follows the first number or known suffix in a fixed order, where at most one bare number can be meant."""
    movable, first = lexicon.MOVABLE, 1
    while first < len(found) and found[first].kind == "word" and found[first].text not in movable:
        first += 1
    if len(found) - first < 2:
        return found
    tail = found[first:]
    kinds = [t.kind for t in tail]
    if "mark" in kinds or kinds.count("number") > 1 or kinds.count("size") > 1:
        return found
    if any(t.kind == "word" and t.text not in movable for t in tail):
        return found
    return found[:first] + sorted(tail, key=lambda t: (_RANK[t.kind], t.text))


def _sized(found: list[Token]) -> list[Token]:
    """Backbones: the letter that stands for a size becomes the word."""
    if found[0].text not in lexicon.BACKBONES:
        return found
    out = [found[0]]
    for token in found[1:]:
        if token.kind == "word" and token.text in lexicon.SIZE_LETTERS:
            token = token._replace(text=lexicon.SIZE_LETTERS[token.text])  # noqa: PLW2901
        elif token.kind == "size" and found[0].text == "yolo" and token.text[-1] == "m":
            out.append(token._replace(text=token.text[:-1], kind="number"))
            token = token._replace(text="medium", kind="word")  # noqa: PLW2901
        out.append(token)
    return out


def _dated(found: list[Token], text: str) -> list[Token]:
    """Benchmarks of a yearly series: the year in four digits. A series is known, written in capitals, or the year has an apostrophe."""
    last = found[-1]
    if last.kind != "number" or len(last.text) != 2 or not last.text.isdigit():
        return found
    capitals = "".join(token.raw for token in found[:-1])
    series = len(capitals) > 2 and capitals.isalpha() and capitals.isupper() and last.text in _YEARS
    if series or found[-2].text in lexicon.YEARLY or text[last.start - 1] in "'’":
        return [*found[:-1], last._replace(text=f"20{last.text}")]
    return found


def _phrased(label: str, found: list[Token]) -> list[Token]:
    """Phrases: without weightless words inside, `visual-language` as `vision-language`, dimensions first, `X of Y` as `Y X`."""
    kept: list[Token] = []
    last = len(found) - 1
    for i, token in enumerate(found):
        inside = 0 < i < last
        if inside and token.text in ("and", "&") and min(len(found[i - 1].text), len(found[i + 1].text)) > 2:
            continue
        if inside and token.raw in ("a", "an", "the"):
            continue
        if token.text == "@" and inside and len(found[i - 1].text) > 2:
            continue
        if token.text == "visual" and i < last and found[i + 1].text == "language":
            token = token._replace(text="vision")  # noqa: PLW2901
        kept.append(token)
    if label not in ("Task", "Metric") or len(kept) < 3:
        return kept
    texts = [token.text for token in kept]
    if texts.count("of") == 1 and 0 < (at := texts.index("of")) < len(kept) - 1 and not _PREPOSITIONS.intersection(texts):
        kept = [*kept[at + 1 :], *kept[:at]]
    return sorted(kept, key=lambda token: not _DIMENSION.match(token.text))
