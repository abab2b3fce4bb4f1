"""Papers as the numbers that the network learns from: words, places, and how likely each label of each word is."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.taggers.classes import spelling
from extractors.taggers.convolution import GAP, LONGEST, grams
from extractors.taggers.features import PAD, of_code, pattern
from extractors.taggers.labels import COUNT
from extractors.taggers.line import lay
from extractors.taggers.words import cut
from extractors.training.data import Example, labels_of
from kg.model import Text

__all__ = ["Bags", "Chances", "Lesson", "Lessons", "Names", "Vocabulary", "certain"]

#: Words and patterns that get a vector of their own: so many at most, and only if they occur so often.
_WORDS, _PATTERNS, _FEWEST = 16_000, 255, 6

Ints = npt.NDArray[np.int64]
Chances = tuple[npt.NDArray[np.float16], npt.NDArray[np.float16]]


def certain(example: Example) -> Chances:
    """The labels of a paper's title and abstract as probabilities: one or nothing."""
    made = []
    for field in ("title", "abstract"):
        _, labels = labels_of(example.text.field(field), example.spans(field))
        table = np.zeros((len(labels), COUNT), np.float16)
        table[np.arange(len(labels)), labels] = 1
        made.append(table)
    return made[0], made[1]


class Names:
    """Numbers of names, in the order in which they first came."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, names: Iterable[str]) -> Ints:
        """The number of each name."""
        numbers = self.numbers
        return np.fromiter((numbers.setdefault(name, len(numbers)) for name in names), np.int64)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One paper: numbers of words and of places with the gaps, -1 for a gap's place, the label's probabilities, and the title's end."""

    words: npt.NDArray[np.int32]
    codes: npt.NDArray[np.int32]
    chances: npt.NDArray[np.float16]
    title: int

    def __len__(self) -> int:
        return len(self.words)


class Lessons:
    """Papers to learn from, and the names that their numbers stand for."""

    def __init__(self) -> None:
        self.papers: list[Lesson] = []
        self.words, self.codes = Names(), Names()
        self.words.of([PAD])

    def add(self, text: Text, chances: Chances) -> None:
        """One more paper with the probabilities of the labels of its words, by field as [word, label]."""
        title, abstract = cut(text.title), cut(text.abstract)
        line = lay([text], [(title, abstract)], GAP)
        (_, end), _ = line.bounds
        codes = np.full(len(line.words), -1, np.int32)
        wanted = np.zeros((len(line.words), COUNT), np.float16)
        for (first, last), numbers, table in zip(line.bounds, (line.codes[: len(title)], line.codes[len(title) :]), chances, strict=True):
            codes[first:last] = self.codes.of(map(str, numbers))
            wanted[first:last] = table
        # The gap before the title is the one behind the paper before.
        self.papers.append(Lesson(self.words.of(line.words)[GAP:].astype(np.int32), codes[GAP:], wanted[GAP:], end - GAP))

    def counts(self) -> Ints:
        """How often each word stands in the papers."""
        return np.bincount(np.concatenate([paper.words for paper in self.papers]), minlength=len(self.words.numbers))


@dataclass(frozen=True, slots=True)
class Bags:
    """For each number the numbers that it is a bag of, all in a row, and where each bag begins."""

    content: Ints
    starts: Ints

    @staticmethod
    def of(bags: Iterable[Sequence[int]]) -> Bags:
        """The bags with these contents."""
        content, starts = array("q"), array("q", [0])
        for bag in bags:
            content.extend(bag)
            starts.append(len(content))
        return Bags(np.array(content, np.int64), np.array(starts, np.int64))


class Vocabulary:
    """What gets weights of its own: frequent words (0 is a gap, 1 any other word), patterns (0 is any other), features of places."""

    def __init__(self, lessons: Lessons) -> None:
        distinct, counts = list(lessons.words.numbers), lessons.counts().tolist()
        self.words = ["", "", *_frequent(spelling, distinct, counts, _WORDS)]
        self.patterns = ["", *_frequent(_shortened, distinct, counts, _PATTERNS)]
        codes = [of_code(int(code)) for code in lessons.codes.numbers]
        self.codes = sorted({name for names in codes for name in names})
        number = {name: k for k, name in enumerate(self.codes)}
        words, patterns = ({name: k for k, name in enumerate(names)} for names in (self.words, self.patterns))
        #: By the number of a word of the lessons: the rows of its own vector and of its pattern's, and of its pieces.
        self.of_words: Ints = np.array([words.get(spelling(word), 1) if word != PAD else 0 for word in distinct])
        self.of_patterns: Ints = np.array([patterns.get(_shortened(word), 0) for word in distinct])
        self.pieces = Bags.of(grams(word) if word != PAD else () for word in distinct)
        #: By the number of a code of the lessons: its features.
        self.places = Bags.of([number[name] for name in names] for names in codes)


def _shortened(word: str) -> str:
    return pattern(word[:LONGEST])


def _frequent(key: Callable[[str], str], words: Sequence[str], counts: Sequence[int], most: int) -> list[str]:
    """The keys under which most words stand, the commonest first."""
    found = Counter[str]()
    for word, count in zip(words, counts, strict=True):
        if word != PAD:
            found[key(word)] += count
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return [name for name, count in ordered[:most] if count >= _FEWEST]
