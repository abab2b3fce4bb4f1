"""Papers laid out as one line of words, with gaps between fields, so that many are read by a few array operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
import numpy.typing as npt

from extractors.taggers.features import PAD, Marks, brackets
from extractors.taggers.words import shape
from kg.model import Text

__all__ = ["Line", "lay"]

Ints = npt.NDArray[np.intp]
Words = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """All words in turn, as written and in lower case, with a gap of PAD before, between and after the fields.

    `bounds` says where each title and each abstract stands, and `codes` (`extractors.taggers.features.Marks`) has a number for every
    word of them in turn, none for the gaps.
    """

    words: list[str]
    lower: list[str]
    codes: list[int]
    bounds: list[tuple[int, int]]


def lay(texts: Sequence[Text], spans: Sequence[tuple[Words, Words]], gap: int) -> Line:
    """The line of these texts, whose titles and abstracts have words at these places."""
    words, lower, bounds = [PAD] * gap, [PAD] * gap, []
    fields = []
    for text, (title, abstract) in zip(texts, spans, strict=True):
        for field, places in ((text.title, title), (text.abstract, abstract)):
            own = [field[start:end] for start, end in places]
            fields.append(own)
            bounds.append((len(words), len(words) + len(own)))
            words += own
            words += [PAD] * gap
            lower += map(str.lower, own)
            lower += [PAD] * gap
    small = [word for start, end in bounds for word in lower[start:end]]
    return Line(words, lower, _marks(texts, spans, fields, small).packed().tolist(), bounds)


def _marks(texts: Sequence[Text], spans: Sequence[tuple[Words, Words]], fields: Sequence[list[str]], small: Sequence[str]) -> Marks:
    """The marks of the words of all fields, titles and abstracts in turn; `small` are the words in lower case."""
    words = list(chain.from_iterable(fields))
    sizes = np.array([len(field) for field in fields], np.intp)
    starts = np.cumsum(sizes) - sizes
    field = np.repeat(np.arange(len(sizes)), sizes)
    title = 1 - field % 2
    inside = np.arange(len(words)) - starts[field]
    numbers = dict(zip(dict.fromkeys(small), count(), strict=False))
    word = np.array(list(map(numbers.__getitem__, small)), np.intp)
    _, same = np.unique(field // 2 * len(numbers) + word, return_inverse=True)
    in_titles, in_all = np.bincount(same, title).astype(np.intp)[same], np.bincount(same)[same]
    as_written = np.array(list(map(str.__eq__, words, small)), np.intp)
    in_lower_case = np.bincount(same, as_written)[same] > 0
    return Marks(
        kind=np.array(list(map(shape, words)), np.intp),
        title=title,
        eighth=8 * inside // sizes[field],
        glued=_glued(spans, inside),
        times=in_all,
        elsewhere=np.where(title > 0, in_all > in_titles, in_titles > 0).astype(np.intp),
        written=(in_lower_case & (as_written == 0)).astype(np.intp),
        bracket=_bracketed(texts, spans, fields, starts),
    )


def _glued(spans: Sequence[tuple[Words, Words]], inside: Ints) -> Ints:
    """Which words follow the one before without a space (1), and which go on so (2)."""
    flat = chain.from_iterable
    places = np.fromiter(flat(flat(flat(spans))), np.intp).reshape(-1, 2)
    before = np.zeros(len(places) + 1, np.intp)
    before[1:-1] = (places[1:, 0] == places[:-1, 1]) & (inside[1:] > 0)
    made: Ints = before[:-1] + 2 * before[1:]
    return made


def _bracketed(texts: Sequence[Text], spans: Sequence[tuple[Words, Words]], fields: Sequence[list[str]], starts: Ints) -> Ints:
    """What `brackets` says of every word."""
    made = np.zeros(sum(map(len, fields)), np.intp)
    for k, words in enumerate(fields):
        if "(" in words:
            text = texts[k // 2].abstract if k % 2 else texts[k // 2].title
            for place, mark in brackets(text, spans[k // 2][k % 2], words).items():
                made[starts[k] + place] = mark
    return made
