"""Names in pieces: words, numbers, sizes and marks, each spelled alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.resolve import lexicon
from kg.text import accented

__all__ = ["Token", "mixed", "plain", "rejoined", "tokens"]

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd]+")
_MARKUP = re.compile(
    r"\\(?:emph|text(?:bf|it|sc|tt|rm|sf|sl|up|normal)?|math(?:rm|bf|cal|it|sf|tt|bb)?|mbox|operatorname|boldsymbol|bm|ensuremath"
    r"|sc|bf|it|tt|rm|em|xspace|times)\b\*?|[{}$^]|\\[,;!: ]"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ELL = re.compile(r"\\ell(?![A-Za-z])")
_POSSESSIVE = re.compile(r"['’]s\b")
_RUN = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(
    r"""(?P<word>[^\W\d_]{3,}[24][^\W\d_]{3,}       # text2image, wav2vec: one word
        |(?<![^\W_])[A-Za-z]2[A-Za-z](?![^\W_])               # T2I, I2V: one word as well
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
    "λ": "lambda",
}
#: Small Greek letters that pass for no Latin one.
_OWN_GREEK = frozenset(_GREEK_NAMES) - frozenset("ονυ")
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
_BRITISH = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer"))


class Token(NamedTuple):
    """A piece of a name: its normal form, how it was written, where, and what it is: word, number, size or mark."""

    text: str
    raw: str
    start: int
    end: int
    kind: str


def plain(surface: str) -> str:
    """The surface without markup, controls and doubled spaces; case and word order kept."""
    text = surface if surface.isascii() else _CONTROL.sub("", unicodedata.normalize("NFKC", surface))
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    if "\\" in text or "$" in text or "{" in text or "^" in text:
        text = _COMMAND.sub(r"\1", _MARKUP.sub("", _ELL.sub("l", accented(text))))
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    return " ".join(text.split())


def mixed(text: str) -> bool:
    """Whether a word mixes scripts whose letters look alike, such as Cyrillic beside Latin."""
    for word in () if text.isascii() else _RUN.findall(text):
        scripts = {unicodedata.name(c, "?").split(" ", 1)[0] for c in word if c not in _OWN_GREEK}
        if len(scripts & _ALIKE) > 1:
            return True
    return False


def tokens(text: str) -> list[Token]:
    """The tokens of a plain text in order."""
    found: list[Token] = []
    at = 0
    # No token reaches over a space or a dash, and the pieces between them come again and again, often in the same place.
    for piece in text.replace("-", " ").split(" "):
        if piece:
            found += _pieces(piece, at)
        at += len(piece) + 1
    return found


@lru_cache(maxsize=1 << 15)
def _pieces(text: str, at: int) -> tuple[Token, ...]:
    """The tokens of a text without spaces that stands at a place of a longer one."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind, raw = match.lastgroup, match.group()
        start, end = match.span()
        if kind == "word":
            found.append(Token(_word(raw, followed=end < len(text) and text[end].isdigit()), raw, at + start, at + end, "word"))
        elif kind == "mark":
            found.append(Token(raw, raw, at + start, at + end, "mark"))
        else:
            found.append(_number(match["number"], (match["unit"] or "").lower(), raw, at + start))
    return tuple(found)


def _number(number: str, unit: str, raw: str, start: int) -> Token:
    number = number.replace("×", "x")
    while number.endswith(".0"):
        number = number[:-2]
    unit = "b" if unit == "bn" else unit
    return Token(number + unit, raw, start, start + len(raw), "size" if unit in ("b", "m", "k", "t") else "number")


def _word(raw: str, *, followed: bool) -> str:
    """The normal form of a word: lower case, Greek letters by name, singular, American, without the v of a version behind it."""
    word = raw.lower()
    if not word.isascii():
        word = "".join(_GREEK_NAMES.get(c, c) for c in word)
    if followed and len(word) > 2 and word[-1] == "v" and (raw[-1] == "v" or raw[-2].islower()) and word not in lexicon.V_ENDINGS:
        return word[:-1]
    word = _singular(word, raw) if word[-1] == "s" else word
    return _american(word) if len(word) > 3 else word


def _american(word: str) -> str:
    spelled = lexicon.SPELLINGS.get(word)
    if spelled:
        return spelled
    if len(word) > 6 and "is" in word and word not in lexicon.NOT_BRITISH:
        for british, american in _BRITISH:
            if word.endswith(british):
                return word[: -len(british)] + american
    return word


def _singular(word: str, raw: str) -> str:
    """`word` without the ending of a plural, as far as its writing shows that it is one."""
    if len(word) < 3 or raw[-1] == "S" or word in lexicon.NOT_PLURAL or word.endswith(("ss", "us", "is")):
        return word
    if len(word) == 3 and not any(c in "aeiouy" for c in word) and not raw[:2].isupper():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def rejoined(texts: Sequence[str]) -> str:
    """The texts of tokens as one string in which only two numbers are kept apart."""
    out = "".join(texts)
    if len(texts) == 1 or out.isalpha():
        return out
    out = ""
    digits = False
    for text in texts:
        if text.isalpha():
            digits = False
        else:
            if digits and text[0].isdigit():
                out += "|"
            digits = text[0].isdigit() or any(map(str.isdigit, text))
        out += text
    return out
