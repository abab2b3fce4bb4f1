"""What the linear tagger sees of a word: the word itself, its classes, its neighbours, and its place in the paper.

Features are names; training learns a row of label scores for each. What belongs to a word alone is looked up by the word, what
belongs to its place by a small number, so that reading a paper needs no names at all once its words are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from extractors.taggers.classes import WordClasses
from extractors.taggers.words import shape

__all__ = ["PAD", "REACH", "Marks", "brackets", "of_code", "of_pair", "of_word", "pattern"]

#: How many words to each side are looked at.
REACH = 3
#: Stands before the first and after the last word of a field.
PAD = ""

_LONGEST = 40
#: How many words to each side classes are looked at, from coarse to fine.
_CLASS_REACH = (1, 2, 1)
#: By how often a paper has a word.
_BUCKETS = np.array([0, 0, 1, 2, 2, 3])

Ints = npt.NDArray[np.intp]
Words = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of the places of words, an array each.

    The shape; whether the word stands in a title; in which eighth of its field; what it is glued to (1 the word before, 2 the one behind,
    3 both); how often its paper has it; whether the other field has it; whether the paper has it in lower case too; brackets (1 a short
    name in them, 2 and 3 the first and later words of what it abbreviates).
    """

    kind: Ints
    title: Ints
    eighth: Ints
    glued: Ints
    times: Ints
    elsewhere: Ints
    written: Ints
    bracket: Ints

    def packed(self) -> Ints:
        """One number for each word, which `of_code` takes apart."""
        place = self.title | self.eighth << 1 | self.glued << 4
        seen = _BUCKETS[np.minimum(self.times, len(_BUCKETS) - 1)] | self.elsewhere << 2 | self.written << 3 | self.bracket << 4
        made: Ints = self.kind | place << 3 | seen << 9
        return made


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
    made[0] += [f"w{word[:_LONGEST]}", f"p{pattern(word[:_LONGEST])}"]
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
    """The features that `Marks` packed into a number."""
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


def brackets(text: str, spans: Words, words: Sequence[str]) -> dict[int, int]:
    """1 for a short name that stands alone in brackets, 2 and 3 for the first and later words of what it abbreviates."""
    made: dict[int, int] = {}
    for k in (k for k, word in enumerate(words) if word == "("):
        if k + 2 >= len(words) or k == 0:
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
def pattern(word: str) -> str:
    """The word with letters as X and x, digits as 0, repeats once."""
    made = ""
    for character in word:
        sign = "X" if character.isupper() else "x" if character.isalpha() else "0" if character.isdigit() else character
        if not made.endswith(sign):
            made += sign
    return made
