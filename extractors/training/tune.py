"""Choosing the weight of tag transitions and of the outside tag, by the surfaces found in the papers for tuning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.taggers.labels import COUNT, OUTSIDE, TYPES
from extractors.taggers.lattice import Transitions, decode
from extractors.taggers.transformer import Scored
from extractors.training.data import Example, labels_of
from kg.ids import fold

__all__ = ["Choice", "bigrams", "choose", "surface_f1"]

_WEIGHTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
_OUTSIDE = (-0.8, -0.4, 0.0, 0.4, 0.8)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Transitions, and what they were made with and reach."""

    transitions: Transitions
    weight: float
    outside: float
    f1: float


def bigrams(examples: Sequence[Example]) -> tuple[Floats, Floats]:
    """Logarithms of how likely one label follows another, and of how likely a field begins with it."""
    between, first = np.full((COUNT, COUNT), 0.1), np.full(COUNT, 0.1)
    for example in examples:
        for field in ("title", "abstract"):
            _, labels = labels_of(example.text.field(field), example.spans(field))
            if labels:
                first[labels[0]] += 1
                np.add.at(between, (labels[:-1], labels[1:]), 1)
    return np.log(between / between.sum(axis=1, keepdims=True)), np.log(first / first.sum())


def choose(papers: Sequence[Scored], examples: Sequence[Example], counted: tuple[Floats, Floats]) -> Choice:
    """The best of a grid of weights; ties go to the earlier."""
    made = []
    for weight in _WEIGHTS:
        for outside in _OUTSIDE:
            between, first = weight * counted[0], weight * counted[1]
            between[:, OUTSIDE] += outside
            first[OUTSIDE] += outside
            transitions = Transitions.of(between, first)
            made.append(Choice(transitions, weight, outside, surface_f1(papers, examples, transitions)))
    return max(made, key=lambda choice: choice.f1)


def surface_f1(papers: Sequence[Scored], examples: Sequence[Example], transitions: Transitions) -> float:
    """F1 of the distinct folded surfaces of each type in each paper, which is nearer to entities than mentions are."""
    decoded = decode([tags for paper in papers for tags in paper.tags], transitions)
    right = predicted = wanted = 0
    for k, (paper, example) in enumerate(zip(papers, examples, strict=True)):
        found = set()
        for number, text in enumerate((paper.text.title, paper.text.abstract)):
            words = paper.words[number]
            found |= {(TYPES[s.type], fold(text[words[s.first][0] : words[s.last][1]])) for s in decoded[2 * k + number]}
        gold = {(s.type, fold(example.text.field(field)[s.start : s.end])) for field in ("title", "abstract") for s in example.spans(field)}
        right, predicted, wanted = right + len(found & gold), predicted + len(found), wanted + len(gold)
    return 2 * right / max(1, predicted + wanted)
