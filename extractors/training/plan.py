"""What a training run is given, and which papers it may learn from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.training.data import Example, part_of, read_gold, read_texts
from kg.errors import GoldError
from kg.ids import digest
from kg.model import Text

__all__ = ["Parts", "Plan", "read_parts", "read_unlabelled"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train on and how much: files; numbers of unlabelled papers to adapt to, to learn again from, to go on with in each of some
    legs, to distil on, and to teach a student that sees no gold; passes over gold and over those.

    `encoder` is an archive with a pretrained BERT, `teacher` a folder with weights of an earlier accurate engine.
    """

    gold: tuple[Path, ...]
    out: Path
    unlabelled: tuple[Path, ...] = ()
    encoder: Path | None = None
    teacher: Path | None = None
    adapt: int = 5_000
    again: int = 24_000
    more: int = 15_000
    legs: int = 2
    distil: int = 36_000
    unseen: int = 17_000
    passes: float = 8.0
    epochs: float = 3.0
    part_epochs: float = 2.0
    iterations: int = 80
    judged: tuple[str, ...] = ("fast", "accurate")
    seed: int = 0
    threads: int = 2

    @property
    def checkpoints(self) -> Path:
        """Where what is trained lies before it becomes weights; not needed to run."""
        return self.out / "checkpoints"


@dataclass(frozen=True, slots=True)
class Parts:
    """The gold by part."""

    train: list[Example]
    dev: list[Example]
    held: list[Example]

    def described(self) -> dict[str, Any]:
        """How many papers each part has, and a hash of their ids."""
        parts = {"train": self.train, "dev": self.dev, "held": self.held}
        return {name: {"papers": len(some), "ids": digest(sorted(e.text.key for e in some))} for name, some in parts.items()}


def read_parts(plan: Plan) -> Parts:
    """The gold of the plan. Raises GoldError where a part is empty."""
    examples = read_gold(plan.gold)
    parts = Parts(*([e for e in examples if part_of(e.text.key) == part] for part in ("train", "dev", "held")))
    if not parts.train or not parts.dev:
        raise GoldError(f"{len(examples)} papers are too few to train and tune on; give at least some hundred")
    return parts


def read_unlabelled(plan: Plan) -> list[Text]:
    """The unlabelled papers of the plan, without those of the gold."""
    known = frozenset(example.text.key for example in read_gold(plan.gold))
    return read_texts(plan.unlabelled, known)
