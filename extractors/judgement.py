"""What the rules were taught: the linear models behind roles, results and relations, and the thresholds that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractors.lexicon import Lexicon
from extractors.linear import Weights, read_linear
from extractors.taggers.calibration import Curve
from extractors.taggers.weights import read_weights
from kg.errors import ExtractorError

__all__ = ["FILES", "MODELS", "SECTION", "Judgement", "Levels"]

#: The decisions, each with a model of its own.
MODELS = (
    "expansion",
    "merge",
    "surface",
    "roles",
    "kind",
    "metric",
    "subject",
    "benchmark",
    "baseline",
    "BASED_ON",
    "OUTPERFORMS",
    "EVALUATED_ON",
    "INTRODUCES_FOR",
)


#: The name under which the manifest of models lists the judgement.
SECTION = "judgement"
#: Its files: the weights, and how common terms are.
FILES = ("judgement.npz", "lexicon.npz")


@dataclass(frozen=True, slots=True)
class Levels:
    """How sure each step must be: to spell a short name out, to merge two groups, to add a surface, to keep an
    entity, a task, a result, a relation.

    The defaults were found by cross-validation; the manifest says what goes with its weights.
    """

    expand: float = 0.45
    merge: float = 0.25
    add: float = 0.12
    keep: float = 0.3
    tasks: float = 0.22
    results: float = 0.5
    relations: float = 0.35


@dataclass(frozen=True, slots=True)
class Judgement:
    """Trained models by decision, the levels that go with them, how common terms are, and what the judge's probabilities mean."""

    weights: Mapping[str, Weights]
    levels: Levels
    lexicon: Lexicon = field(default_factory=Lexicon.empty)
    curve: Curve = field(default_factory=Curve)
    digest: str = ""

    @classmethod
    def load(cls, models: Path | None = None) -> Judgement:
        """The judgement in `models`, which serves every tagger. Raises ExtractorError."""
        found = read_weights(SECTION, models)
        try:
            weights, terms = (found.files[name] for name in FILES)
            levels = Levels(**{name: float(value) for name, value in found.settings["levels"].items()})
            curve = Curve.read(found.settings["confidence"])
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ExtractorError(f"the manifest's settings of {SECTION} do not fit this version; train anew or install again") from error
        return cls(read_linear(weights, MODELS), levels, Lexicon.read(terms), curve, found.digest)
