"""What taggers find in papers that they did not train on: what the judgement behind them is trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.taggers import TaggedSpan, Tagger
from extractors.taggers.calibration import Curve
from extractors.taggers.classes import Arrays
from extractors.taggers.fast import FastTagger
from extractors.training import crf
from extractors.training.data import Example
from extractors.training.judgement import fold
from extractors.training.measure import compared, fit

__all__ = ["PARTS", "Effort", "calibrated", "spans_apart"]

#: Into how many parts the papers are cut: each is tagged by a tagger trained on the others. A transformer takes long, so two.
PARTS = {"fast": 3, "accurate": 2}
#: What the linear companion counts beside a transformer trained on a part.
_COMPANION = 0.6


class Effort:
    """How the taggers of the parts train: from the checkpoints in `start`, with word classes, and less than shipped ones."""

    def __init__(self, start: Path, classes: Arrays, *, iterations: int = 60, epochs: float = 2.0, seed: int = 0, threads: int = 2) -> None:
        self.start = start
        self.classes = classes
        self.settings = crf.Settings(iterations=iterations)
        self.epochs = epochs
        self.seed = seed
        self.threads = threads


def spans_apart(engine: str, examples: Sequence[Example], effort: Effort) -> list[list[TaggedSpan]]:
    """The spans of each paper by a tagger of this kind that has not seen it, with calibrated confidence."""
    count = PARTS[engine]
    found: list[list[TaggedSpan]] = [[] for _ in examples]
    for part in range(count):
        own = [n for n, example in enumerate(examples) if fold(example.text.key, count) == part]
        others = [example for example in examples if fold(example.text.key, count) != part]
        tagger = _accurate(others, effort) if engine == "accurate" else _fast(others, effort)
        papers = [examples[n] for n in own]
        raw = tagger.tag([example.text for example in papers])
        for n, spans in zip(own, calibrated(papers, raw), strict=True):
            found[n] = spans
        print(f"{engine}: part {part + 1} of {count} tagged", flush=True)
    return found


def calibrated(examples: Sequence[Example], found: Sequence[Sequence[TaggedSpan]]) -> list[list[TaggedSpan]]:
    """The spans of each paper with the confidence that these papers, which their tagger has not seen, show them to deserve."""
    curve = fit(compared(examples, found))
    return [[replace(span, confidence=curve.at(span.confidence)) for span in spans] for spans in found]


def _fast(examples: Sequence[Example], effort: Effort) -> Tagger:
    return FastTagger(crf.train(((example, 1) for example in examples), effort.settings, effort.classes), Curve(), "")


def _accurate(examples: Sequence[Example], effort: Effort) -> Tagger:
    from extractors.taggers.lattice import Transitions
    from extractors.taggers.transformer import Companion, Reader, TransformerTagger
    from extractors.training.graph import small_graph
    from extractors.training.start import kept
    from extractors.training.transformer import Settings, encode, fine_tune

    start = kept(effort.start)
    settings = Settings(epochs=effort.epochs, rate=2.3e-4, pieces=2000, seed=effort.seed, threads=effort.threads)
    with TemporaryDirectory() as folder:
        encoder = fine_tune(encode(start.tokenizer, examples), settings, Path(folder) / "transformer.pt", start.encoder)
    model = crf.train(((example, 1) for example in examples), effort.settings, effort.classes)
    reader = Reader.read(small_graph(encoder.eval()), start.tokenizer.to_str().encode("utf-8"))
    own = model.transitions
    rules = Transitions.of(_COMPANION * own.between.clip(-100), _COMPANION * own.first.clip(-100))
    return TransformerTagger(reader, Companion(model, _COMPANION), rules, Curve(), "")
