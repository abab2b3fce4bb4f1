"""A paper as sequences of word pieces for the transformer: title and abstract in one, long abstracts in several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.taggers.words import SHAPES, shape
from kg.model import Text

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["KINDS", "LONGEST", "Window", "windows"]

#: Pieces that one sequence holds at most, and those of the title among them.
LONGEST = 480
_TITLE_LONGEST = 96

#: Token types: 0 for special pieces, then the shapes in the abstract, then the shapes in the title.
KINDS = 1 + 2 * len(SHAPES)

Words = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Window:
    """One sequence: piece ids, token types, and where the first piece of each word stands.

    `title` and `abstract` pair the number of a word in its field with the position of its first piece here.
    """

    ids: list[int]
    kinds: list[int]
    title: list[tuple[int, int]]
    abstract: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Field:
    ids: list[int]
    kinds: list[int]
    first: list[tuple[int, int]]  # number of the word, position of its first piece


def windows(tokenizer: Tokenizer, text: Text, title_words: Words, abstract_words: Words) -> list[Window]:
    """The sequences of one paper: one for all but the longest, whose further sequences repeat the title."""
    title = _pieces(tokenizer, text.title, title_words, 1 + len(SHAPES))
    abstract = _pieces(tokenizer, text.abstract, abstract_words, 1)
    made = []
    titles = _cuts(title, _TITLE_LONGEST) or [(0, 0)]
    room = LONGEST - 3 - titles[0][1]
    for start, end in _cuts(abstract, room) or [(0, 0)]:
        made.append(_window(tokenizer, title, titles[0], abstract, (start, end)))
    made.extend(_window(tokenizer, title, piece, abstract, (0, 0)) for piece in titles[1:])
    return made


def _window(tokenizer: Tokenizer, title: _Field, in_title: tuple[int, int], abstract: _Field, in_abstract: tuple[int, int]) -> Window:
    begin, separator = tokenizer.token_to_id("[CLS]") or 0, tokenizer.token_to_id("[SEP]") or 0
    (a, b), (c, d) = in_title, in_abstract
    ids = [begin, *title.ids[a:b], separator, *abstract.ids[c:d], separator]
    kinds = [0, *title.kinds[a:b], 0, *abstract.kinds[c:d], 0]
    middle = 2 + b - a
    return Window(
        ids,
        kinds,
        [(word, 1 + at - a) for word, at in title.first if a <= at < b],
        [(word, middle + at - c) for word, at in abstract.first if c <= at < d],
    )


def _pieces(tokenizer: Tokenizer, text: str, words: Words, base: int) -> _Field:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    kinds, first, word, seen = [], [], 0, -1
    for at, (start, end) in enumerate(encoding.offsets):
        while word < len(words) - 1 and words[word][1] <= start:
            word += 1
        inside = bool(words) and words[word][0] < end and start < words[word][1]
        kinds.append(base + shape(text[slice(*words[word])]) if inside else 0)
        if inside and word != seen:
            first.append((word, at))
            seen = word
    return _Field(encoding.ids, kinds, first)


def _cuts(field: _Field, room: int) -> list[tuple[int, int]]:
    """The pieces in stretches of at most `room`, cut before words."""
    length, starts = len(field.ids), [at for _, at in field.first]
    made, begin = [], 0
    while begin < length:
        end = begin + room
        if end >= length:
            end = length
        else:
            last = starts[bisect_right(starts, end) - 1] if starts else begin
            end = last if last > begin else end
        made.append((begin, end))
        begin = end
    return made
