"""How common a term is in abstracts: what says whether a name is coined, a term of the field, or a word of every day.

A table of hashed terms of one to four words, each with the logarithm of how many abstracts and how many titles have it, counted by
`extractors.training.lexicon` on papers without annotation. Terms that few papers have are not in it. Beside it stand the classes of words.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np

from extractors.known import KnownNames
from extractors.taggers.classes import WordClasses
from kg.errors import ExtractorError

__all__ = ["BITS", "LONGEST", "Lexicon", "hashed", "term"]

#: Bits of a hash, and words of a term.
BITS, LONGEST = 24, 4
_WORDS = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=20_000)
def term(surface: str) -> str:
    """A surface as the lexicon has it; empty where it is too long."""
    words = _WORDS.findall(surface.lower())
    return " ".join(words) if len(words) <= LONGEST else ""


def hashed(name: str) -> int:
    """The number that stands for a term."""
    return zlib.crc32(name.encode()) >> (32 - BITS)


class Lexicon:
    """Levels by term: 0 for a term that hardly any paper has, one more for twice as many papers; the classes of words; known names."""

    __slots__ = ("_levels", "classes", "names")

    def __init__(self, levels: Mapping[int, int], classes: WordClasses, names: KnownNames) -> None:
        self._levels = levels
        self.classes = classes
        self.names = names

    @staticmethod
    def empty() -> Lexicon:
        """A lexicon that knows nothing."""
        return Lexicon({}, WordClasses.read({}), KnownNames.read({}))

    @staticmethod
    def read(content: bytes) -> Lexicon:
        """The lexicon in the bytes of an npz file. Raises ExtractorError."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                numbers = np.cumsum(arrays["gaps"].astype(np.int64))
                levels = dict(zip(numbers.tolist(), arrays["levels"].tolist(), strict=True))
                return Lexicon(levels, WordClasses.read(arrays), KnownNames.read(arrays))
        except (OSError, ValueError, KeyError) as error:
            raise ExtractorError("the lexicon cannot be read; install the package again or train it anew") from error

    def levels(self, name: str) -> tuple[int, int]:
        """How common a term is in abstracts, and in titles."""
        return divmod(self._levels.get(hashed(name), 0), 16)

    def features(self, surfaces: Iterable[str], *, titled: bool) -> list[str]:
        """What the commonest of some surfaces and the first of them say of a name."""
        names = [name for name in map(term, surfaces) if name]
        if not names:
            return ["df=-"]
        found = [(*self.levels(name), name) for name in names]
        most = max(found)
        return [
            f"df={most[0]}",
            f"first={found[0][0]}",
            f"intitles={max(titles for _, titles, _ in found)}",
            f"share={most[1]}/{most[0]}",
            f"df={most[0]}/{min(most[2].count(' '), 3)}",
            f"df={most[0]}/{titled}",
        ]
