"""Scores decisions on pairs of names against what people said: precision, recall and F1 of "same".

A line of a pairs file: `{"a": {"name", "aliases"}, "b": {...}, "type": "METHOD", "same": true, "why": "plural"}`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import GoldError
from kg.model import Appearance
from kg.schema import ENTITY_LABELS

__all__ = ["Decider", "Pair", "Scores", "read_pairs", "score_pairs"]

#: Whether two appearances of one label are the same thing.
Decider = Callable[[Appearance, Appearance], bool]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, each with what its paper calls it, whether they are one thing, and of which kind the pair is."""

    a: Appearance
    b: Appearance
    same: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """How well decisions find what is the same; `wrong` are the pairs that they get wrong, `kinds` (right, all) by kind of pair."""

    precision: float
    recall: float
    f1: float
    pairs: int
    kinds: dict[str, tuple[int, int]]
    wrong: tuple[Pair, ...]

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def read_pairs(lines: Iterable[str], source: str = "pairs") -> Iterator[Pair]:
    """The pairs of a file. Raises GoldError naming the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _pair(line, f"{source}:{number}")


def _pair(line: str, where: str) -> Pair:
    try:
        found = json.loads(line)
        label, same = ENTITY_LABELS[found["type"]], found["same"]
        pair = Pair(_side(label, found["a"]), _side(label, found["b"]), same, str(found.get("why", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(
            f"{where}: want an object with a, b (each with name and aliases), type and same; got {line.strip()[:80]!r}"
        ) from error
    if not isinstance(same, bool):
        raise GoldError(f"{where}: same is {same!r}, want true or false")
    return pair


def _side(label: str, side: dict[str, Any]) -> Appearance:
    name, *aliases = (" ".join(surface.split()) for surface in (side["name"], *side.get("aliases", ())))
    return Appearance(label, name, tuple(sorted({name, *aliases})))


def score_pairs(pairs: Iterable[Pair], decide: Decider) -> Scores:
    """The scores of a way to decide. Where nothing is decided or is to be found, the figure is 0."""
    right = said = there = count = 0
    kinds: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    wrong: list[Pair] = []
    for pair in pairs:
        same = decide(pair.a, pair.b)
        count, said, there, right = count + 1, said + same, there + pair.same, right + (same and pair.same)
        fits, whole = kinds[pair.why]
        kinds[pair.why] = (fits + (same == pair.same), whole + 1)
        if same != pair.same:
            wrong.append(pair)
    precision, recall = right / said if said else 0.0, right / there if there else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Scores(precision, recall, f1, count, dict(sorted(kinds.items())), tuple(wrong))
