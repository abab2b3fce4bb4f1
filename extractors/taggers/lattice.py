"""Decoding: the best labels of many fields at once, and how sure they are.

All arithmetic goes element by element along the batch, so a field decodes to the same bits whatever stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.taggers.labels import COUNT, OUTSIDE, forbidden, inside

__all__ = ["Decoded", "Transitions", "chances", "decode"]

Floats = npt.NDArray[np.float32]

_TOGETHER = 128
_LONGEST = 400
_NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Transitions:
    """Scores of one label after another, [before, after], and of the first label of a field."""

    between: Floats
    first: Floats

    @staticmethod
    def of(between: npt.ArrayLike, first: npt.ArrayLike) -> Transitions:
        """Transitions with those that break a span ruled out."""
        ruled_out = forbidden()
        made = np.where(ruled_out[:-1], _NEVER, np.asarray(between, dtype=np.float32))
        start = np.where(ruled_out[-1], _NEVER, np.asarray(first, dtype=np.float32))
        return Transitions(made, start)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A span in words, `first` to `last` inclusive, the number of its type, and its probability before calibration."""

    first: int
    last: int
    type: int
    probability: float


def decode(emissions: Sequence[Floats], transitions: Transitions) -> list[list[Decoded]]:
    """The spans of each field, whose emissions are [word, label]. A very long field is decoded in stretches."""
    results: list[list[Decoded]] = [[] for _ in emissions]
    for some, scores, lengths, starts in _blocks(emissions, transitions):
        paths = _best(scores, lengths, transitions.between, starts)
        sure = _marginals(scores, lengths, transitions.between, starts)
        for column, (k, start, end) in enumerate(some):
            length = end - start
            results[k] += _spans(paths[:length, column].tolist(), sure[:length, :, column], start)
    for spans in results:
        spans.sort(key=lambda span: span.first)
    return results


def chances(emissions: Sequence[Floats], transitions: Transitions) -> list[Floats]:
    """The probability of every label of every word of each field, [word, label]."""
    made = [np.empty_like(scores) for scores in emissions]
    for some, scores, lengths, starts in _blocks(emissions, transitions):
        sure = _marginals(scores, lengths, transitions.between, starts)
        for column, (k, start, end) in enumerate(some):
            made[k][start:end] = sure[: end - start, :, column]
    return made


def _blocks(
    emissions: Sequence[Floats], transitions: Transitions
) -> Iterator[tuple[list[tuple[int, int, int]], Floats, npt.NDArray[np.intp], Floats]]:
    """Stretches of like length, each the number of its field, start and end; their scores, lengths, and the scores of first labels."""
    stretches = [(k, start, end) for k, scores in enumerate(emissions) for start, end in _stretches(scores)]
    stretches.sort(key=lambda stretch: stretch[2] - stretch[1])
    for begin in range(0, len(stretches), _TOGETHER):
        some = stretches[begin : begin + _TOGETHER]
        scores, lengths = _stack([emissions[k][start:end] for k, start, end in some])
        starts = np.where([start > 0 for _, start, _ in some], transitions.between[OUTSIDE][:, None], transitions.first[:, None])
        yield some, scores, lengths, starts


def _stretches(scores: Floats) -> Iterator[tuple[int, int]]:
    """The field whole, or cut after words that are surely outside all spans."""
    start, length = 0, len(scores)
    while length - start > _LONGEST:
        last = scores[start + _LONGEST // 2 : start + _LONGEST]
        end = start + _LONGEST // 2 + int((last[:, OUTSIDE] - last[:, OUTSIDE + 1 :].max(axis=1)).argmax()) + 1
        yield start, end
        start = end
    if length > start:
        yield start, length


def _stack(emissions: Sequence[Floats]) -> tuple[Floats, npt.NDArray[np.intp]]:
    """All fields as [word, label, field], padded with zeros."""
    lengths = np.array([len(scores) for scores in emissions])
    table = np.zeros((int(lengths.max()), COUNT, len(emissions)), dtype=np.float32)
    for column, scores in enumerate(emissions):
        table[: len(scores), :, column] = scores
    return table, lengths


def _best(scores: Floats, lengths: npt.NDArray[np.intp], transitions: Floats, starts: Floats) -> npt.NDArray[np.intp]:
    """Viterbi: the best label of every word, [word, field]; `starts` are the scores of first labels, [label, field]."""
    words, labels, fields = scores.shape
    back = np.empty((words, labels, fields), dtype=np.int8)
    between = transitions[:, :, None]
    best = scores[0] + starts
    last = np.zeros(fields, dtype=np.intp)
    columns = np.arange(fields)
    for word in range(words):
        if word:
            reach = best[:, None, :] + between
            back[word] = reach.argmax(axis=0)
            best = reach.max(axis=0) + scores[word]
        ends = lengths == word + 1
        if ends.any():
            last[ends] = best[:, ends].argmax(axis=0)
    paths = np.zeros((words, fields), dtype=np.intp)
    label = last
    for word in range(words - 1, -1, -1):
        label = np.where(word == lengths - 1, last, label)
        paths[word] = label
        if word:
            label = np.where(word < lengths, back[word, label, columns], label)
    return paths


def _marginals(scores: Floats, lengths: npt.NDArray[np.intp], transitions: Floats, starts: Floats) -> Floats:
    """The probability of every label of every word, [word, label, field], by forward and backward sums."""
    words, labels, fields = scores.shape
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    between = np.exp(transitions - transitions.max())
    forward: Floats = np.empty_like(likely)
    now = likely[0] * np.exp(starts - starts.max(axis=0))
    forward[0] = now / _total(now)
    for word in range(1, words):
        now = _through(forward[word - 1], between) * likely[word]
        forward[word] = now / _total(now)
    behind = np.ones((labels, fields), dtype=np.float32)
    across = np.ascontiguousarray(between.T)  # rows lie apart, as `_through` needs them
    for word in range(words - 1, 0, -1):
        kept = forward[word] * behind
        forward[word] = kept / _total(kept)
        behind = _through(behind * likely[word], across)
        behind = np.where(word < lengths, behind / _total(behind), np.float32(1))
    kept = forward[0] * behind
    forward[0] = kept / _total(kept)
    return forward


def _total(values: Floats) -> Floats:
    """The sum over labels, added in one order."""
    total: Floats = values[0].copy()
    for row in values[1:]:
        total += row
    np.maximum(total, np.float32(1e-30), out=total)
    return total


def _through(values: Floats, between: Floats) -> Floats:
    """One step of sums over the label before, added in one order: the labels lie furthest apart, so whole rows are added in turn."""
    made: Floats = np.add.reduce(values[:, None, :] * between[:, :, None], axis=0)
    return made


def _spans(path: list[int], sure: Floats, before: int) -> Iterator[Decoded]:
    word = 0
    while word < len(path):
        label = path[word]
        if label == OUTSIDE:
            word += 1
            continue
        type_ = (label - 1) // 2
        last = word
        while last + 1 < len(path) and path[last + 1] == inside(type_):
            last += 1
        probability = min(float(sure[k, path[k]]) for k in range(word, last + 1))
        if last + 1 < len(path):
            probability = min(probability, 1.0 - float(sure[last + 1, inside(type_)]))
        yield Decoded(before + word, before + last, type_, probability)
        word = last + 1
