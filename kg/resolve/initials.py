"""Abbreviations by their letters: whether a short form abbreviates a long one, and when two long forms are one expansion."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.ids import squeeze
from kg.resolve.lexicon import STOP_WORDS
from kg.resolve.tokens import plain

__all__ = ["abbreviates", "resembles", "stem"]

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[^\W\d_]+|\d+[A-Za-z]?")
_BRITISH = re.compile(r"is(?=(?:ation|ing|ed|er|e)s?$)")
_PLURAL, _ABBREVIATED_PLURAL = re.compile(r"(?<=[A-Z0-9])s$"), re.compile(r"[A-Z]s$")
_COUNTED = re.compile(r"([a-z])([2-4])(?=[a-z]|$)")
_LETTER = re.compile(r"[a-z]")
_SUFFIXES = (
    "izations", "ization", "ations", "ation", "ators", "ator", "ative", "ating", "ated", "ates", "ate", "ments", "ment", "ities", "ity",
    "ically", "ional", "ical", "ings", "ing", "ions", "ion", "ives", "ive", "izers", "izer", "izing", "ized", "ize", "als", "al", "ers",
    "er", "ors", "or", "ed", "sses", "xes", "ies", "ics", "ic", "ly", "s",
)  # fmt: skip
_SAME_STEM = {"visu": "vis"}
_MAX_WORDS = 16


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without its ending, so that "adaptation", "adapters" and "adaptive" are one."""
    word = _BRITISH.sub("iz", word) if len(word) > 7 else word
    if word.endswith("sses"):
        word = word[:-2]
    elif not word.endswith(("ss", "us", "is")):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                word = word[: -len(suffix)]
                break
    if word.endswith("e") and len(word) > 5:
        word = word[:-1]
    return _SAME_STEM.get(word, word)


def _words(text: str) -> list[tuple[str, bool]]:
    """The words in lower case, each with whether it goes on from the one before without a space."""
    found: list[tuple[str, bool]] = []
    for match in _WORD.finditer(text):
        start = match.start()
        found.append((match.group().lower(), start > 0 and not text[start - 1].isspace()))
    return found


def _letters(short: str) -> str:
    """The letters that have to be found: lower case, without plural, digits that count the letter before spelled out."""
    text = _PLURAL.sub("", short.strip())
    letters = "".join(filter(str.isalnum, text)).lower()
    return _COUNTED.sub(lambda m: m[1] * int(m[2]), letters) if _LETTER.search(letters) else ""


@lru_cache(maxsize=1 << 14)
def abbreviates(short: str, long: str) -> str | None:
    """The sense of `short` in `long`: the words that it stands for, stemmed; None where it is no abbreviation of it.

    Every word gives its first letter and perhaps more, in order; weightless words and the second half of a compound may give none;
    at most two words may follow behind. A part of the long form is no abbreviation: "o1" is not short for "o1-preview".
    """
    short, long = plain(short), plain(long)
    if not 2 <= len(short) <= 14 or len(long) < len(short) + 2 or len(long) > 160 or short.count(" ") > 1:
        return None
    if squeeze(long).startswith(squeeze(short).removesuffix("s")):
        return None
    words = _words(long)
    if not 2 <= len(words) <= _MAX_WORDS or _part(short, words):
        return None
    raw = "".join(filter(str.isalnum, short)).lower().removesuffix("s" if _ABBREVIATED_PLURAL.search(short) else "\0")
    for letters in dict.fromkeys((raw, _letters(short), raw.replace("2", "t").replace("4", "f"))):
        end = _align(letters, words) if len(letters) > 1 else None
        if end is not None and sum(word not in STOP_WORDS for word, _ in words[end:]) <= 2:
            return _sense(words[:end])
    return None


@lru_cache(maxsize=1 << 14)
def resembles(short: str, long: str) -> str | None:
    """The sense of `short` in `long` where most of its capitals are first letters of words there, the first one too; else None.

    Enough to tell two coined names apart, whose makers are free with letters; not to know an abbreviation by.
    """
    short, long = plain(short), plain(long)
    letters = [c.lower() for c in short if c.isalpha()]
    if not 3 <= len(letters) <= 10 or " " in short or sum(c.isupper() for c in short) < 3 or len(long) > 160:
        return None
    words = [(word, continued) for word, continued in _words(long) if word not in STOP_WORDS]
    if not 2 < len(words) <= len(letters) + 3 or words[0][0][0] != letters[0]:
        return None
    common = [0] * (len(letters) + 1)
    for word, _ in words:
        before = 0
        for i, letter in enumerate(letters, 1):
            before, common[i] = common[i], before + 1 if word[0] == letter else max(common[i], common[i - 1])
    return _sense(words) if common[-1] >= 3 and common[-1] >= 0.75 * len(letters) else None


def _part(short: str, words: list[tuple[str, bool]]) -> bool:
    """Whether a short form is but some of the words: Qwen2.5-7B of Qwen2.5-Math-7B, Fast R-CNN of Faster R-CNN."""
    letters = "".join(filter(str.isalnum, short)).lower()
    ends = {0}
    for word, _ in words:
        if word[:2] not in letters:
            continue
        ends |= {end + len(piece) for end in ends for piece in (word, stem(word)) if letters.startswith(piece, end)}
    return len(letters) in ends


def _align(letters: str, words: list[tuple[str, bool]]) -> int | None:
    """How many words the letters account for: the most that any alignment does."""
    seen: dict[tuple[int, int], int | None] = {}

    def walk(at: int, index: int) -> int | None:
        if at == len(letters):
            return index
        if index == len(words):
            return None
        if (at, index) not in seen:
            seen[at, index] = None
            word, continued = words[index]
            ends = [walk(at + 1 + inner, index + 1) for inner in _inner(letters, at, word)]
            if word in STOP_WORDS or continued:
                ends.append(walk(at, index + 1))
            seen[at, index] = max((end for end in ends if end is not None), default=None)
        return seen[at, index]

    return walk(0, 0)


def _inner(letters: str, at: int, word: str) -> list[int]:
    """How many letters after the first the word can give: none, one, ... as long as they stand in it in order."""
    if word[0] != letters[at] and not (letters[at] == "x" and word.startswith(("ex", "cross", "trans"))):
        return []
    counts, place, last = [0], 1, len(word) - (len(word) > 3 and word.endswith("s"))
    for letter in letters[at + 1 :]:
        place = word.find(letter, place, last) + 1
        if not place:
            break
        counts.append(counts[-1] + 1)
    return counts


def _sense(words: list[tuple[str, bool]]) -> str:
    """The weighty words, stemmed, in one string: what is equal for spellings of one expansion."""
    return "".join(stem(word) for word, _ in words if word not in STOP_WORDS)
