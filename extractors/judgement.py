"""What the rules were taught: the linear models behind roles, results and relations, and the thresholds that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.linear import Weights, read_linear
from extractors.taggers.weights import read_weights

__all__ = ["MODELS", "Judgement", "section"]

#: The decisions, each with a model of its own.
MODELS = ("roles", "kind", "metric", "subject", "benchmark", "baseline", "BASED_ON", "OUTPERFORMS", "EVALUATED_ON", "INTRODUCES_FOR")


def section(engine: str) -> str:
    """The name under which the manifest of models lists the judgement that goes with a tagger."""
    return f"{engine}-judgement"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Trained models by decision, how sure an entity must be to stay, how sure a relation of each type."""

    weights: Mapping[str, Weights]
    keep: float
    relations: Mapping[str, float]
    digest: str = ""

    @classmethod
    def load(cls, engine: str, models: Path | None = None) -> Judgement:
        """The judgement trained on what this engine's tagger finds. Raises ExtractorError."""
        found = read_weights(section(engine), models)
        content = next(iter(found.files.values()))
        settings = found.settings
        return cls(read_linear(content, MODELS), float(settings["keep"]), dict(settings["relations"]), found.digest)
