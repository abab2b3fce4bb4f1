"""What the rules were taught: the linear models behind roles, results and relations, and the thresholds that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.linear import Weights, read_linear
from extractors.taggers.weights import read_weights

__all__ = ["MODELS", "Judgement", "section"]

#: The decisions, each with a model of its own.
MODELS = ("merge", "surface", "roles", "kind", "metric", "subject", "benchmark", "baseline", "BASED_ON", "OUTPERFORMS", "EVALUATED_ON", "INTRODUCES_FOR")


def section(engine: str) -> str:
    """The name under which the manifest of models lists the judgement that goes with a tagger."""
    return f"{engine}-judgement"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Trained models by decision, and how sure each must be: to merge groups, to add a surface, to keep an entity, a result, a relation."""

    weights: Mapping[str, Weights]
    merge: float
    add: float
    keep: float
    results: float
    relations: Mapping[str, float]
    digest: str = ""

    @classmethod
    def load(cls, engine: str, models: Path | None = None) -> Judgement:
        """The judgement trained on what this engine's tagger finds. Raises ExtractorError."""
        found = read_weights(section(engine), models)
        content = next(iter(found.files.values()))
        settings = found.settings
        numbers = (float(settings[name]) for name in ("merge", "add", "keep", "results"))
        return cls(read_linear(content, MODELS), *numbers, dict(settings["relations"]), found.digest)
