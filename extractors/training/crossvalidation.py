"""Cross-validation: what follows the taggers learns of some parts of the gold and reads the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.engine import PaperExtractor
from extractors.judgement import Levels
from extractors.lexicon import Lexicon
from extractors.taggers import TaggedSpan
from extractors.training.documents import Case
from extractors.training.judgement import fold, train_judgement
from kg.model import Extraction, Text

__all__ = ["FOLDS", "cross_validate"]

#: Into how many parts the papers are cut.
FOLDS = 3


def cross_validate(cases: Mapping[str, Sequence[Case]], lexicon: Lexicon) -> dict[str, list[Extraction]]:
    """By engine, the extractions of all papers, each by a judgement of the papers of the other parts.

    `cases` are by engine what a tagger found that did not learn of the paper: `pipeline.find_unseen` makes them.
    """
    made: dict[str, list[Extraction]] = {engine: [] for engine in cases}
    for part in range(FOLDS):
        others = [case for some in cases.values() for case in some if fold(case.document.key, FOLDS) != part]
        # Cut into as many parts again, one of these would be empty.
        judgement = train_judgement(others, Levels(), lexicon, folds=FOLDS + 1)
        for engine, some in cases.items():
            own = [case for case in some if fold(case.document.key, FOLDS) == part]
            spans = {case.document.key: list(case.spans) for case in own}
            made[engine] += PaperExtractor(_Found(spans), judgement, engine).extract(case.document.reading.text for case in own)
        print(f"part {part + 1} of {FOLDS} read", flush=True)
    return made


@dataclass(frozen=True, slots=True)
class _Found:
    """What a tagger has found, by paper, as a tagger."""

    spans: Mapping[str, list[TaggedSpan]]
    version: str = "1"
    weights: str = ""

    def tag(self, texts: Sequence[Text]) -> list[list[TaggedSpan]]:
        """What was found in these texts."""
        return [self.spans[text.key] for text in texts]
