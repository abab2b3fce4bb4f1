"""Names that a tagger found in papers without annotation: in how many of the papers that have a term it was a name, and of what type.

One paper may say little of a name; ten thousand papers say what the field calls it. A table of hashed terms of one to six words, counted by
`extractors.training.known`. What it says of a name is weighed with what the paper says, and a term that is a name elsewhere is put
forward where the tagger passed it over.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count, pairwise

import numpy as np
import numpy.typing as npt

from extractors.grouping import STOP, lowered
from extractors.taggers.contract import TaggedSpan
from extractors.taggers.labels import TYPES
from kg.model import EntityType, Field, Text

__all__ = ["HELPED", "LONGEST", "KnownNames", "Said", "level", "number", "pack", "stretches"]

#: Engines to whose spans those of known names are added. What the accurate one passes over it knows better than other papers do.
HELPED = frozenset({"fast"})
#: Words of a term.
LONGEST = 6
#: Levels of a share, and the level of one half.
_LEVELS, _HALF = 13, 7
#: From which level of its share, and in how many papers (as a power of two), a term is put forward as a name.
_LEAST, _PAPERS = 7, 2
#: Words of a term that is put forward; few have more.
_FORWARD = 4
_WORD, _WORD_BYTES = re.compile(r"[a-z0-9]+"), re.compile(rb"[a-z0-9]+")
_LINKING = frozenset(word.encode() for word in STOP)
#: What may stand between two words of a term; dots and the like only without a space.
_BETWEEN = frozenset(" \n-/_.+'’&:")


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a term: papers that have it, as the whole part of the logarithm to the base of two, and for each type of `TYPES`
    the level of the share of these papers in which it is such a name: 0 for none, 7 for a half, 13 for nearly all.
    """

    papers: int
    levels: tuple[int, ...]

    @property
    def type(self) -> EntityType:
        """The type that it has most often."""
        return TYPES[self.levels.index(max(self.levels))]


def level(named: int, papers: int) -> int:
    """The level of a share: its logarithm of odds, in halves, from 1 to 13; 0 for none."""
    if not named:
        return 0
    odds = math.log((named + 0.3) / (papers - named + 0.7))
    return _HALF + max(1 - _HALF, min(_LEVELS - _HALF, round(2 * odds)))


def pack(said: Said) -> int:
    """What is known of a term as one number of 24 bits."""
    packed = min(15, said.papers)
    for one in said.levels:
        packed = packed << 4 | one
    return packed


@lru_cache(maxsize=20_000)
def _unpacked(packed: int) -> Said:
    levels = tuple(packed >> 4 * at & 15 for at in reversed(range(len(TYPES))))
    return Said(packed >> 4 * len(TYPES), levels)


@lru_cache(maxsize=20_000)
def number(surface: str) -> int:
    """The number that stands for a term, by its words in lower case; -1 where it has too many, or none."""
    words = _WORD.findall(surface.lower())
    return zlib.crc32(" ".join(words).encode()) if 0 < len(words) <= LONGEST else -1


def stretches(text: str, wanted: Container[int], longest: int = LONGEST) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of the stretches of up to so many words whose number is wanted, short ones first.

    The words of a stretch stand side by side, are whole, and the first of them is no linking word.
    """
    low = lowered(text)
    plain = low.encode("ascii", "replace")  # one byte for each character
    places, words = [found.span() for found in _WORD_BYTES.finditer(plain)], _WORD_BYTES.findall(plain)
    further, codes = [b" " + word for word in words], list(map(zlib.crc32, words))
    for size in range(longest):
        if size:
            codes = list(map(zlib.crc32, further[size:], codes))
        for first in compress(count(), map(wanted.__contains__, codes)):
            start, end = places[first][0], places[first + size][1]
            parted = any(not _beside(low, a[1], b[0]) for a, b in pairwise(places[first : first + size + 1]))
            if not parted and words[first] not in _LINKING and not low[start - 1 : start].isalpha() and not low[end : end + 1].isalpha():
                yield start, end, codes[first]


def _beside(text: str, end: int, start: int) -> bool:
    """Whether a word that ends here and one that starts there are one term."""
    return start == end + 1 and text[end] in _BETWEEN


@lru_cache(maxsize=20_000)
def _features(said: Said, kind: EntityType) -> tuple[str, ...]:
    own = said.levels[TYPES.index(kind)]
    return (
        *(f"known {name}={one}" for name, one in zip(TYPES, said.levels, strict=True) if one),
        f"known={max(said.levels)}",
        f"known own={own}",
        f"known in={said.papers}",
        f"known own={said.papers}/{own // 2}",
        f"known as={said.type}",
    )


class KnownNames:
    """What is known of names from papers without annotation."""

    __slots__ = ("_forward", "_said")

    def __init__(self, numbers: npt.NDArray[np.int64], packed: npt.NDArray[np.uint32]) -> None:
        self._said = dict(zip(numbers.tolist(), packed.tolist(), strict=True))
        levels = packed[:, None] >> 4 * np.arange(len(TYPES), dtype=np.uint32) & 15
        enough = (packed >> 4 * len(TYPES) >= _PAPERS) & (levels.max(axis=1) >= _LEAST)
        self._forward = frozenset(numbers[enough].tolist())

    @staticmethod
    def read(arrays: Mapping[str, npt.NDArray[np.generic]]) -> KnownNames:
        """The table in these arrays; one that knows nothing where they have none."""
        gaps, packed = (arrays[name] if name in arrays else np.zeros(0) for name in ("named_gaps", "named"))
        return KnownNames(np.cumsum(gaps.astype(np.int64)), packed.astype(np.uint32))

    def said(self, surface: str) -> Said | None:
        """What is known of a term."""
        packed = self._said.get(number(surface))
        return None if packed is None else _unpacked(packed)

    def features(self, surfaces: Iterable[str], kind: EntityType) -> list[str]:
        """What is known of the commonest of some surfaces, of which a group of this type is made."""
        known = [said for said in map(self.said, surfaces) if said is not None]
        if not known:
            return ["known=-"]
        return list(_features(max(known, key=lambda one: (one.papers, one.levels)), kind))

    def spans(self, text: Text, found: Sequence[TaggedSpan]) -> list[TaggedSpan]:
        """The spans found in a text, and those of known names that none of them touches, the longest first."""
        more: list[TaggedSpan] = []
        for name in ("title", "abstract"):
            more += self._further(text.field(name), name, [span for span in found if span.field == name])
        return [*found, *more]

    def _further(self, text: str, name: Field, found: Sequence[TaggedSpan]) -> Iterator[TaggedSpan]:
        taken = bytearray(len(text))
        for span in found:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        for start, end, code in sorted(stretches(text, self._forward, _FORWARD), key=lambda one: (one[0] - one[1], one[0])):
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                said = _unpacked(self._said[code])
                share = 1 / (1 + math.exp((_HALF - max(said.levels)) / 2))
                yield TaggedSpan(name, start, end, said.type, round(share, 3), known=True)
