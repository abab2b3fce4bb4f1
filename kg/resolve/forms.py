"""The form of a name: what is left of a surface when spelling is taken away and everything that tells things apart is kept.

Two surfaces of one label with equal `canon` are one name. Case, spaces, dashes, plural, LaTeX, Greek letters, a maker's
name in front, a generic word behind and British spelling go; numbers, sizes, years, suffixes and marks such as `+` stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.resolve import lexicon
from kg.resolve.words import common

__all__ = ["Form", "Token", "form", "plain", "rejoined", "tokens"]

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd]+")
_LATEX = re.compile(
    r"\\(?:emph|text(?:bf|it|sc|tt|rm|sf|sl|up|normal)?|math(?:rm|bf|cal|it|sf|tt|bb)?|mbox|operatorname|boldsymbol|bm|ensuremath"
    r"|sc|bf|it|tt|rm|em|xspace|times)\b\*?|[{}$^]|\\[,;!: ]"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_POSSESSIVE = re.compile(r"['’]s\b")
_GREEK = re.compile("[\u0370-\u03ff]")
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(
    r"""(?P<word>[^\W\d_]{3,}[24][^\W\d_]{3,}       # text2image, wav2vec: one word
        |[^\W\d_]+)
    |(?P<number>\d+(?:[x×]\d+)?(?:\.\d+)*)(?P<unit>(?i:bn|bit|shot|[bmktdow])(?![^\W\d_]))?
    |(?P<mark>[^\s\w.,;:'"’‘“”`´()\[\]\-‐-―−/\\·•|])""",
    re.VERBOSE,
)
_GREEK_NAMES = {letter: unicodedata.name(letter).rsplit(" ", 1)[-1].lower() for letter in map(chr, range(0x3B1, 0x3CA))} | {
    "ς": "sigma",
    "ϵ": "epsilon",
    "ϕ": "phi",
    "ϑ": "theta",
    "∞": "infinity",
    "λ": "lambda",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a name: its normal form, how it was written, where, and what it is."""

    text: str
    raw: str
    start: int
    end: int
    kind: str  # word | number | size | mark


@dataclass(frozen=True, slots=True)
class Form:
    """A surface of a label in normal form.

    `written` is all of it, squeezed, only two numbers kept apart; `numbers` are what tells versions apart; `mixed` warns of
    look-alike letters.
    """

    label: str
    text: str
    tokens: tuple[Token, ...]
    canon: str
    written: str
    numbers: tuple[str, ...]
    mixed: bool


def plain(surface: str) -> str:
    """The surface without markup, controls and doubled spaces; case and word order kept."""
    text = unicodedata.normalize("NFKC", surface) if not surface.isascii() else surface
    text = _CONTROL.sub("", text)
    if "\\" in text or "$" in text or "{" in text or "^" in text:
        text = _COMMAND.sub(r"\1", _LATEX.sub("", text))
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    return " ".join(text.split())


def _mixed(text: str) -> bool:
    """Whether a word mixes scripts whose letters look alike: Cyrillic, or capital Greek, beside Latin."""
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {unicodedata.name(c, "?").split(" ", 1)[0] for c in word if not (_GREEK.match(c) and c.islower() and c not in "ονυ")}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1:
            return True
    return False


def _spelled(word: str) -> str:
    """American spelling of a word in lower case."""
    if word in lexicon.SPELLINGS:
        return lexicon.SPELLINGS[word]
    if len(word) > 6:
        for british, american in (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer")):
            if word.endswith(british) and word not in ("raising", "supervised", "unsupervised", "revised", "advised", "comprised"):
                return word[: -len(british)] + american
    return word


def _singular(word: str, raw: str) -> str:
    """`word` without the ending of a plural, as far as its writing shows that it is one."""
    if len(word) < 3 or not word.endswith("s") or raw[-1] == "S" or word in lexicon.NOT_PLURAL:
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if len(word) == 3 and not any(c in "aeiouy" for c in word) and not raw[:2].isupper():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def tokens(text: str) -> list[Token]:
    """The tokens of a plain text in order, spelled alike."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw, start, end = match.group(), match.start(), match.end()
        if match["word"]:
            found.append(_word(raw, start, end, followed=end < len(text) and text[end].isdigit()))
        elif match["number"]:
            number = match["number"].replace("×", "x")
            while number.endswith(".0"):
                number = number[:-2]
            unit = (match["unit"] or "").lower()
            unit = "b" if unit == "bn" else unit
            found.append(Token(number + unit, raw, start, end, "size" if unit in ("b", "m", "k", "t") else "number"))
        else:
            found.append(Token(raw, raw, start, end, "mark"))
    return found


def _word(raw: str, start: int, end: int, *, followed: bool) -> Token:
    word = raw.lower()
    if not word.isascii():
        word = "".join(_GREEK_NAMES.get(c, c) for c in word)
    version_mark = followed and len(word) > 2 and word.endswith("v") and (raw[-1] == "v" or raw[-2].islower())
    if version_mark and word not in lexicon.V_ENDINGS:
        return Token(word[:-1], raw, start, end, "word")
    return Token(_spelled(_singular(word, raw)), raw, start, end, "word")


def _without_version_marks(found: list[Token]) -> list[Token]:
    """`v`, `version` before a number says nothing more than the number, once a name stands before it."""
    return [
        token
        for i, token in enumerate(found)
        if not (i and token.text in ("v", "ver", "version") and i + 1 < len(found) and found[i + 1].kind == "number")
    ]


def _proper(token: Token) -> bool:
    """Whether a token is no common word, so likely a name."""
    return token.kind != "word" or not (common(token.raw.lower()) or common(token.text))


def _trimmed(label: str, found: list[Token]) -> list[Token]:
    """Without article and maker in front and generic words behind, as long as a name is left."""
    while len(found) > 1 and found[0].text in lexicon.ARTICLES and len(found[0].raw) > 1:
        found = found[1:]
    while len(found) > 1 and found[0].text in lexicon.VENDORS and _names(found[0].text, found[1]):
        found = found[1:]
    heads = lexicon.GENERIC_HEADS.get(label, frozenset())
    while len(found) > 1 and found[-1].text in heads and _strippable(label, found):
        found = found[:-1]
    return found


def _names(vendor: str, token: Token) -> bool:
    """Whether what follows a maker's name is a name by itself."""
    if vendor == "meta":
        return token.text in ("llama", "opt", "sam", "segment", "dino", "ai")
    if vendor == "pascal":
        return token.text == "voc"
    if vendor == "ms":
        return token.text in ("coco", "marco")
    return _proper(token)


def _strippable(label: str, found: list[Token]) -> bool:
    """Whether a generic last word can go: behind a proper name always, else where it says nothing and enough is left."""
    if _proper(found[-2]):
        return True
    head = found[-1].text
    return head in lexicon.EMPTY_HEADS.get(label, ()) and (len(found) > 2 or head in lexicon.EMPTIEST_HEADS)


def _ordered(label: str, found: list[Token]) -> list[Token]:
    """Models: what follows the first number or known suffix in a fixed order, where at most one bare number can be meant."""
    if label != "Model":
        return found
    movable = lexicon.TRAININGS | lexicon.SIZES | lexicon.KINDS
    first = next((i for i, t in enumerate(found) if i and (t.kind != "word" or t.text in movable)), len(found))
    tail = found[first:]
    if len(tail) < 2 or any(t.kind == "mark" or (t.kind == "word" and t.text not in movable) for t in tail):
        return found
    if sum(t.kind == "number" for t in tail) > 1 or sum(t.kind == "size" for t in tail) > 1:
        return found
    rank = {"number": 0, "word": 1, "size": 2}
    return found[:first] + sorted(tail, key=lambda t: (rank[t.kind], t.text))


def _sized(label: str, found: list[Token]) -> list[Token]:
    """Backbones: the letter that stands for a size becomes the word."""
    if label not in ("Model", "Method") or len(found) < 2 or found[0].text not in lexicon.BACKBONES:
        return found
    return [
        Token(lexicon.SIZE_LETTERS[t.text], t.raw, t.start, t.end, "word")
        if i and t.kind == "word" and t.text in lexicon.SIZE_LETTERS
        else t
        for i, t in enumerate(found)
    ]


def rejoined(texts: Iterable[str]) -> str:
    """The texts of tokens as one string in which only two numbers are kept apart."""
    out: list[str] = []
    for text in texts:
        if out and text[0].isdigit() and out[-1][-1:].isalnum() and any(c.isdigit() for c in out[-1]):
            out.append("|")
        out.append(text)
    return "".join(out)


def _phrase(found: list[Token]) -> list[Token]:
    """Without `and` between two words."""
    return [
        t
        for i, t in enumerate(found)
        if not (t.text in ("and", "&") and 0 < i < len(found) - 1 and min(len(found[i - 1].text), len(found[i + 1].text)) > 2)
    ]


@lru_cache(maxsize=1 << 16)
def form(label: str, surface: str) -> Form:
    """The form of a surface under a label."""
    text = plain(surface)
    whole = tokens(text)
    found = _trimmed(label, _phrase(_without_version_marks(whole)))
    found = _ordered(label, _sized(label, found))
    canon = rejoined(token.text for token in found) or text.lower() or surface
    written = rejoined(t.raw.lower() for t in whole) or canon
    numbers = tuple(sorted(t.text for t in found if t.kind in ("number", "size") or t.text in lexicon.ROMAN))
    return Form(label, text, tuple(found), canon, written, numbers, not text.isascii() and _mixed(text))
