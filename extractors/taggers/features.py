"""What the linear tagger sees of a word: the word itself, its classes, its neighbours, and its place in the paper.

Features are names; training learns a row of label scores for each. What belongs to a word alone is looked up by the word, what
belongs to its place by a small number, so that reading a paper needs no names at all once its words are known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from extractors.taggers.classes import WordClasses
from extractors.taggers.words import shape

__all__ = ["PAD", "REACH", "Paper", "codes", "of_code", "of_pair", "of_word"]

#: How many words to each side are looked at.
REACH = 3
#: Stands before the first and after the last word of a field.
PAD = ""

_LONGEST = 40
#: How many words to each side classes are looked at, from coarse to fine.
_CLASS_REACH = (1, 2, 1)
_BUCKETS = (0, 0, 1, 2, 2)

Words = Sequence[tuple[int, int]]


class Paper:
    """Which words a paper has, and how often."""

    __slots__ = ("abstract", "counts", "lower", "title", "written")

    def __init__(self, title: Sequence[str], abstract: Sequence[str]) -> None:
        lower_title, lower_abstract = list(map(str.lower, title)), list(map(str.lower, abstract))
        #: The words in lower case, of the abstract and of the title.
        self.lower = (lower_abstract, lower_title)
        self.title, self.abstract = set(lower_title), set(lower_abstract)
        self.written = {*title, *abstract}
        self.counts: Mapping[str, int] = Counter(lower_title + lower_abstract)


def of_word(word: str, classes: WordClasses) -> dict[int, list[str]]:
    """The features that a word gives to the word at each distance: 0 to itself, 1 to the word that has it next on the right."""
    if word == PAD:
        return {distance: [f"{distance}|"] for distance in range(-REACH, REACH + 1) if distance}
    lower, kind = word.lower()[:_LONGEST], shape(word)
    made = {distance: [f"{distance}|{lower}"] for distance in range(-REACH, REACH + 1)}
    for distance in (-2, -1, 0, 1, 2):
        made[distance].append(f"{distance}s{kind}")
    for distance in (-1, 1):
        made[distance].append(f"{distance}e{lower[-3:]}")
    made[0] += [f"w{word[:_LONGEST]}", f"p{_pattern(word[:_LONGEST])}"]
    made[0] += [f"a{lower[:size]}" for size in (2, 3, 4) if len(lower) > size]
    made[0] += [f"z{lower[-size:]}" for size in (2, 3, 4) if len(lower) > size]
    for tag, reach in zip(classes.tags(word), _CLASS_REACH, strict=False):
        for distance in range(-reach, reach + 1):
            made[distance].append(f"{distance}{tag}")
        made[0].append(f"h{kind}{tag}")
    return made


def of_pair(before: str, after: str) -> tuple[str, str]:
    """The features of two neighbouring lower-case words, for the first and for the second of them."""
    return f">{before} {after}", f"<{before} {after}"


def of_code(code: int) -> list[str]:
    """The features that `codes` packed into a number."""
    kind, place, seen = code & 7, code >> 3 & 63, code >> 9
    field, part, glued = place & 1, place >> 1 & 7, place >> 4
    bucket, elsewhere, written, bracket = seen & 3, seen >> 2 & 1, seen >> 3 & 1, seen >> 4 & 3
    return [
        f"F{field}.{kind}",
        f"P{field}.{part}.{kind}",
        f"G{glued}.{kind}",
        f"C{bucket}.{kind}",
        f"E{field}.{elsewhere}.{kind}",
        f"L{written}.{kind}",
        f"B{bracket}",
        f"J{field}.{bucket}.{elsewhere}.{bracket}.{kind}",
    ]


def codes(text: str, spans: Words, words: Sequence[str], paper: Paper, *, title: bool) -> list[int]:
    """For every word a number that packs its shape, place, gluing, how often the paper has it, and brackets."""
    made = []
    count, field, end_before = len(words), int(title), -1
    brackets = _brackets(text, spans, words)
    others = paper.abstract if title else paper.title
    counts, written = paper.counts, paper.written
    following = [start for start, _ in spans[1:]] + [-1]
    for k, (word, lower, (start, end)) in enumerate(zip(words, paper.lower[title], spans, strict=True)):
        times = counts[lower]
        glued = (start == end_before) + 2 * (end == following[k])
        place = field + (8 * k // count << 1) + (glued << 4)
        seen = (_BUCKETS[times] if times < 5 else 3) + ((lower in others) << 2)
        if lower != word and lower in written:
            seen += 8
        if brackets and k in brackets:
            seen += brackets[k] << 4
        made.append(shape(word) + (place << 3) + (seen << 9))
        end_before = end
    return made


def _brackets(text: str, spans: Words, words: Sequence[str]) -> dict[int, int]:
    """1 for a short name that stands alone in brackets, 2 and 3 for the first and later words of what it abbreviates."""
    made: dict[int, int] = {}
    for k, word in enumerate(words):
        if word != "(" or k + 2 >= len(words) or k == 0:
            continue
        end = next((j for j in range(k + 2, min(k + 8, len(words))) if words[j] == ")"), None)
        if end is None:
            continue
        made.update(dict.fromkeys(range(k + 1, end), 1))
        start = _long(text[: spans[k][0]].rstrip(), text[spans[k + 1][0] : spans[end - 1][1]])
        if start is not None:
            covered = [j for j in range(max(0, k - 24), k) if spans[j][0] >= start]
            made.update({j: 2 if j == covered[0] else 3 for j in covered})
    return made


def _long(before: str, short: str) -> int | None:
    """Where in the text before the bracket the words begin that `short` abbreviates, by the letters of `short` from the right."""
    letters = [c.lower() for c in short if c.isalnum()]
    if not 2 <= len(letters) <= 12 or not any(c.isupper() for c in short):
        return None
    if letters[-1] == "s" and len(letters) > 2:
        letters.pop()
    at, least = len(before), max(0, len(before) - 16 * len(letters) - 20)
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= least and (before[at].lower() != letters[number] or (number == 0 and at > 0 and before[at - 1].isalnum())):
            at -= 1
        if at < least:
            return None
    return at


@lru_cache(maxsize=20_000)
def _pattern(word: str) -> str:
    """The word with letters as X and x, digits as 0, repeats once."""
    made = ""
    for character in word:
        sign = "X" if character.isupper() else "x" if character.isalpha() else "0" if character.isdigit() else character
        if not made.endswith(sign):
            made += sign
    return made
