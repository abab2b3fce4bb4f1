"""The extractor: tagger and rules put together. No spaCy here; `extractors.components` offers the same steps as a spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from extractors.abbreviations import abbreviations
from extractors.entities import EntityReader
from extractors.judgement import Judgement
from extractors.known import HELPED
from extractors.links import links
from extractors.quantities import quantities
from extractors.reading import Reading
from extractors.relations import RelationReader
from extractors.results import ResultReader
from extractors.scene import Scene
from extractors.taggers import TaggedSpan, Tagger
from extractors.taggers import load as load_tagger
from kg.model import Definition, Extraction, Run, Text
from kg.text import published

__all__ = ["STEPS", "PaperExtractor", "load_engine"]

#: The steps in order; part of what a run is known by.
STEPS = ("sentences", "links", "abbreviations", "entities", "quantities", "results", "relations")
#: Papers tagged at once: as many as the lattice decodes side by side, so that titles need not be padded to the length of abstracts.
_TOGETHER = 128
_VERSION = "1"


class PaperExtractor:
    """Reads titles and abstracts: a tagger finds names, rules and linear models do the rest."""

    def __init__(self, tagger: Tagger, judgement: Judgement, engine: str) -> None:
        self._tagger = tagger
        self._entities = EntityReader.of(judgement, further=engine in HELPED)
        self._results = ResultReader(judgement.weights, least=judgement.levels.results)
        self._relations = RelationReader(judgement.weights, least=judgement.levels.relations)
        self._run = Run(
            extractor="paperkg",
            version=f"{_VERSION}.{tagger.version}",
            components=STEPS,
            weights=f"{tagger.weights}+{judgement.digest}",
            settings={"engine": engine},
        )

    @property
    def run(self) -> Run:
        """What produced the extractions."""
        return self._run

    def extract(self, texts: Iterable[Text]) -> Iterator[Extraction]:
        """One extraction for each text, in order, whatever the text holds."""
        stream = iter(texts)
        while some := [_clean(text) for text in islice(stream, _TOGETHER)]:
            for text, spans in zip(some, self._tagger.tag(some), strict=True):
                yield self.read(text, spans)

    def read(self, text: Text, spans: Sequence[TaggedSpan]) -> Extraction:
        """The extraction of one text, given what the tagger found in it."""
        reading = Reading.of(text)
        pairs = abbreviations(reading)
        entities = self._entities.read(reading, spans, pairs)
        scene = Scene(reading, entities)
        return Extraction(
            paper=text.key,
            entities=entities,
            results=self._results.read(scene, quantities(reading)),
            relations=self._relations.read(scene),
            links=links(reading),
            definitions=tuple(dict.fromkeys(Definition(pair.short.text, pair.long.text) for pair in pairs)),
        )


def _clean(text: Text) -> Text:
    title, abstract = published(text.title), published(text.abstract)
    return text if title == text.title and abstract == text.abstract else Text(text.key, title, abstract)


def load_engine(engine: str = "accurate", models: Path | None = None) -> PaperExtractor:
    """The extractor of this engine. Raises ExtractorError where weights are missing, UsageError for an unknown engine."""
    tagger = load_tagger(engine, models)
    return PaperExtractor(tagger, Judgement.load(models), engine)
