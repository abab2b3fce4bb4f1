"""Taggers: they find the spans that name methods, models, benchmarks, tasks and metrics."""

from __future__ import annotations

from pathlib import Path

from extractors.taggers.contract import TaggedSpan, Tagger
from kg.errors import choice

__all__ = ["ENGINES", "TaggedSpan", "Tagger", "load"]

#: The engines, the better first.
ENGINES = ("accurate", "fast")


def load(engine: str = "accurate", models: Path | None = None) -> Tagger:
    """The tagger of this engine with the weights in `models` (else the folder in PAPERKG_MODELS, else those of the package).

    Raises ExtractorError where weights are missing or damaged, UsageError for an unknown engine.
    """
    if engine == "fast":
        from extractors.taggers.fast import FastTagger

        return FastTagger.load(models)
    if engine == "accurate":
        from extractors.taggers.transformer import TransformerTagger

        return TransformerTagger.load(models)
    raise choice(engine, ENGINES, "engine")
