"""The fast engine: a model that scores words in numpy alone, and decoding over them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from extractors.taggers.calibration import Curve
from extractors.taggers.contract import TaggedSpan
from extractors.taggers.convolution import ConvolutionModel
from extractors.taggers.lattice import Transitions, decode
from extractors.taggers.linear import LinearModel
from extractors.taggers.spans import tagged
from extractors.taggers.weights import read_weights
from extractors.taggers.words import cut
from kg.errors import ExtractorError
from kg.model import Text

__all__ = ["CONVOLUTION", "LINEAR", "FastTagger", "Scorer"]

_VERSION = "2"
_TOGETHER = 256
#: The file of the model: a network that learned of the accurate engine, or a linear model that learned of gold alone.
CONVOLUTION, LINEAR = "convolution.npz", "linear.npz"


class Scorer(Protocol):
    """A model that scores the labels of words. It need not be safe to use from several threads."""

    @property
    def transitions(self) -> Transitions:
        """Scores of one label after another."""

    def emissions(
        self, texts: Sequence[Text], words: Sequence[tuple[list[tuple[int, int]], list[tuple[int, int]]]]
    ) -> list[npt.NDArray[np.float32]]:
        """The scores of the words of every title and abstract, in turn, each as [word, label]."""


class FastTagger:
    """The fast engine."""

    version = _VERSION

    def __init__(self, model: Scorer, curve: Curve, weights: str) -> None:
        self.weights = weights
        self._model = model
        self._curve = curve
        self._lock = threading.Lock()

    @staticmethod
    def load(models: Path | None = None) -> FastTagger:
        """The tagger with the weights in `models`. Raises ExtractorError."""
        weights = read_weights("fast", models)
        content = weights.files.get(CONVOLUTION)
        try:
            model: Scorer = LinearModel.read(weights.files[LINEAR]) if content is None else ConvolutionModel.read(content)
            curve = Curve.read(weights.settings["confidence"])
        except (OSError, ValueError, LookupError, BadZipFile) as error:
            raise ExtractorError(f"the weights of the fast engine cannot be read ({error}); train or copy them again") from error
        return FastTagger(model, curve, weights.digest)

    def tag(self, texts: Sequence[Text]) -> list[list[TaggedSpan]]:
        """The spans of each text."""
        made: list[list[TaggedSpan]] = []
        for start in range(0, len(texts), _TOGETHER):
            some = texts[start : start + _TOGETHER]
            words = [(cut(text.title), cut(text.abstract)) for text in some]
            with self._lock:
                emissions = self._model.emissions(some, words)
            decoded = decode(emissions, self._model.transitions)
            for k, (title, abstract) in enumerate(words):
                spans = tagged(some[k], "title", title, decoded[2 * k], self._curve)
                made.append(spans + tagged(some[k], "abstract", abstract, decoded[2 * k + 1], self._curve))
        return made
