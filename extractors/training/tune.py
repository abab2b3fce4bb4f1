"""Choosing what a linear companion, tag transitions and the outside tag weigh, by the surfaces found in the papers for tuning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.taggers.labels import COUNT, OUTSIDE, TYPES
from extractors.taggers.lattice import Transitions, decode
from extractors.taggers.linear import LinearModel
from extractors.taggers.transformer import Companion, Scored, together
from extractors.training.data import Example, labels_of
from kg.ids import fold

__all__ = ["EAGER", "Choice", "bigrams", "choose", "choose_alone", "eager", "surface_f1"]

#: So much less than what is best for surfaces the outside tag weighs: the judge drops what is not worth keeping, but brings nothing back.
EAGER = 0.4

_GRID = {
    "companion": (0.0, 0.3, 0.45, 0.6, 0.8, 1.0, 1.25),
    "transition": (0.0, 0.1, 0.2, 0.35, 0.5),
    "outside": (-0.8, -0.4, 0.0, 0.4, 0.8, 1.2),
}
_START = {"companion": 0.6, "transition": 0.1, "outside": 0.4}
_ROUNDS = 2

Floats = npt.NDArray[np.float64]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the parts weigh, the transitions that follow, and the F1 that is reached."""

    transitions: Transitions
    weights: dict[str, float]
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


def choose(papers: Sequence[Scored], examples: Sequence[Example], counted: tuple[Floats, Floats], model: LinearModel) -> Choice:
    """The best weights of a transformer, what it said of these papers, and of its companion."""

    def attempt(weights: dict[str, float]) -> Choice:
        share = weights["companion"]
        companion = [share * np.maximum(scores, -100) for scores in (model.transitions.between, model.transitions.first)]
        transitions = _transitions(counted, weights, companion)
        return Choice(transitions, weights, surface_f1(papers, together(papers, Companion(model, share)), examples, transitions))

    return _best(_GRID, _START, attempt)


def choose_alone(papers: Sequence[Scored], examples: Sequence[Example], counted: tuple[Floats, Floats], said: Sequence[Scores]) -> Choice:
    """The best weights where one model alone says so of the words of these papers."""

    def attempt(weights: dict[str, float]) -> Choice:
        transitions = _transitions(counted, weights)
        return Choice(transitions, weights, surface_f1(papers, said, examples, transitions))

    alone = [name for name in _GRID if name != "companion"]
    return _best({name: _GRID[name] for name in alone}, {name: _START[name] for name in alone}, attempt)


def eager(transitions: Transitions) -> Transitions:
    """The same, rounded, with less weight for the outside tag."""
    between, first = np.round(transitions.between, 4), np.round(transitions.first, 4)
    between[:, OUTSIDE] -= EAGER
    first[OUTSIDE] -= EAGER
    return Transitions.of(between, first)


def _best(grid: Mapping[str, Sequence[float]], start: Mapping[str, float], attempt: Callable[[dict[str, float]], Choice]) -> Choice:
    """The best of a grid, one weight after the other, twice; ties go to the earlier."""
    weights, tried = dict(start), dict[tuple[float, ...], Choice]()
    for name in [*grid] * _ROUNDS:
        for value in grid[name]:
            weighed = weights | {name: value}
            key = tuple(weighed.values())
            if key not in tried:
                tried[key] = attempt(weighed)
        weights = max(tried.values(), key=lambda choice: choice.f1).weights
    return max(tried.values(), key=lambda choice: choice.f1)


def _transitions(
    counted: tuple[Floats, Floats], weights: dict[str, float], companion: Sequence[npt.NDArray[np.floating]] = ()
) -> Transitions:
    between, first = (weights["transition"] * scores for scores in counted)
    if companion:
        between, first = between + companion[0], first + companion[1]
    between[:, OUTSIDE] += weights["outside"]
    first[OUTSIDE] += weights["outside"]
    return Transitions.of(between, first)


def surface_f1(papers: Sequence[Scored], emissions: Sequence[Scores], examples: Sequence[Example], transitions: Transitions) -> float:
    """F1 of the distinct folded surfaces of each type in each paper, which is nearer to entities than mentions are."""
    decoded = decode(emissions, transitions)
    right = predicted = wanted = 0
    for k, (paper, example) in enumerate(zip(papers, examples, strict=True)):
        found = set()
        for number, text in enumerate((paper.text.title, paper.text.abstract)):
            words = paper.words[number]
            found |= {(TYPES[s.type], fold(text[words[s.first][0] : words[s.last][1]])) for s in decoded[2 * k + number]}
        gold = {(s.type, fold(example.text.field(field)[s.start : s.end])) for field in ("title", "abstract") for s in example.spans(field)}
        right, predicted, wanted = right + len(found & gold), predicted + len(found), wanted + len(gold)
    return 2 * right / max(1, predicted + wanted)
