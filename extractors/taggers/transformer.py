"""The accurate tagger: a small transformer with 8-bit weights and a linear model that have been trained apart, decoded together.

Every sequence runs alone and without padding, on one thread, so that the scale of its 8-bit activations depends on it alone;
several sequences run at once on several threads.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from extractors.taggers.calibration import Curve
from extractors.taggers.contract import TaggedSpan
from extractors.taggers.labels import COUNT, TYPES, role_indices
from extractors.taggers.lattice import Decoded, Transitions, chances, decode
from extractors.taggers.linear import LinearModel
from extractors.taggers.pieces import Window, windows
from extractors.taggers.spans import tagged
from extractors.taggers.weights import read_weights
from extractors.taggers.words import cut
from kg.errors import ExtractorError
from kg.model import Text

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

__all__ = ["Companion", "Reader", "Scored", "TransformerTagger", "together"]

Floats = npt.NDArray[np.float32]
Words = list[tuple[int, int]]

_VERSION = "1"
_TOGETHER = 128
_MODEL, _TOKENIZER, _COMPANION = "transformer.onnx", "tokenizer.json", "companion.npz"
#: The score of a word that no piece stands for.
_UNSEEN = np.array([0.0] + [-10.0] * (COUNT - 1), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Companion:
    """A linear model whose scores count `weight` times beside the transformer's."""

    model: LinearModel
    weight: float


class Scored:
    """The words of one paper with the scores of their tags and roles, by field."""

    __slots__ = ("roles", "tags", "text", "words")

    def __init__(self, text: Text) -> None:
        self.text = text
        self.words: tuple[Words, Words] = (cut(text.title), cut(text.abstract))
        self.tags: tuple[Floats, Floats] = (np.tile(_UNSEEN, (len(self.words[0]), 1)), np.tile(_UNSEEN, (len(self.words[1]), 1)))
        self.roles: tuple[dict[int, Floats], dict[int, Floats]] = ({}, {})

    def take(self, window: Window, tags: Floats, roles: Floats) -> None:
        """Keep what one sequence says; of words that several sequences hold, what the first says."""
        for field, first in enumerate((window.title, window.abstract)):
            for word, at in first:
                if word not in self.roles[field]:
                    self.tags[field][word] = tags[at]
                    self.roles[field][word] = roles[at]


class Reader:
    """The transformer itself: one paper in, scores of its words out. Safe to use from several threads."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    @staticmethod
    def read(model: bytes, tokenizer: bytes) -> Reader:
        """The reader in the bytes of an ONNX graph and of a tokenizer."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return Reader(session, Tokenizer.from_str(tokenizer.decode("utf-8")))

    def score(self, text: Text) -> Scored:
        """The scores of the tags (logarithms of probabilities) and roles of every word of a text."""
        paper = Scored(text)
        if not any(paper.words):
            return paper
        for window in windows(self._tokenizer, text, *paper.words):
            feed = {"ids": np.array([window.ids], dtype=np.int32), "kinds": np.array([window.kinds], dtype=np.int32)}
            tags, roles = self._session.run(["tags", "roles"], feed)
            paper.take(window, _log_softmax(tags[0]), roles[0])
        return paper


def together(papers: Sequence[Scored], companion: Companion | None) -> list[Floats]:
    """The scores of the words of every title and abstract, in turn, by both models; without a companion by the transformer alone."""
    own = [tags for paper in papers for tags in paper.tags]
    if companion is None:
        return own
    other = companion.model.emissions([paper.text for paper in papers], [paper.words for paper in papers])
    weight = np.float32(companion.weight)
    return [tags + weight * scores for tags, scores in zip(own, other, strict=True)]


class TransformerTagger:
    """The accurate engine."""

    version = _VERSION

    def __init__(self, reader: Reader, companion: Companion | None, transitions: Transitions, curve: Curve, weights: str) -> None:
        self.weights = weights
        self._reader = reader
        self._companion = companion
        self._transitions = transitions
        self._curve = curve
        self._lock = threading.Lock()
        self._threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    @staticmethod
    def load(models: Path | None = None) -> TransformerTagger:
        """The tagger with the weights in `models`. Raises ExtractorError."""
        weights = read_weights("accurate", models)
        files, settings = weights.files, weights.settings
        try:
            reader = Reader.read(files[_MODEL], files[_TOKENIZER])
            companion = Companion(LinearModel.read(files[_COMPANION]), settings["companion"])
            transitions, curve = Transitions.of(settings["between"], settings["first"]), Curve.read(settings["confidence"])
        except Exception as error:  # the libraries raise errors of their own
            raise ExtractorError(f"the weights of the accurate engine cannot be read ({error}); train or copy them again") from error
        return TransformerTagger(reader, companion, transitions, curve, weights.digest)

    def tag(self, texts: Sequence[Text]) -> list[list[TaggedSpan]]:
        """The spans of each text."""
        made: list[list[TaggedSpan]] = []
        with ThreadPoolExecutor(self._threads) as pool:
            for start in range(0, len(texts), _TOGETHER):
                scored = list(pool.map(self._reader.score, texts[start : start + _TOGETHER]))
                made += self._spans(scored, self._together(scored))
        return made

    def opinions(self, texts: Sequence[Text]) -> tuple[list[list[TaggedSpan]], list[Floats]]:
        """What a student learns: the spans of each text, and the probability of every label of every word of each title and abstract,
        in turn, as [word, label].
        """
        with ThreadPoolExecutor(self._threads) as pool:
            scored = list(pool.map(self._reader.score, texts))
        scores = self._together(scored)
        return self._spans(scored, scores), chances(scores, self._transitions)

    def _spans(self, papers: Sequence[Scored], scores: Sequence[Floats]) -> list[list[TaggedSpan]]:
        decoded = decode(scores, self._transitions)
        made = []
        for k, paper in enumerate(papers):
            title, abstract = (self._roles(paper, field, decoded[2 * k + field]) for field in (0, 1))
            spans = tagged(paper.text, "title", paper.words[0], decoded[2 * k], self._curve, title)
            made.append(spans + tagged(paper.text, "abstract", paper.words[1], decoded[2 * k + 1], self._curve, abstract))
        return made

    def _together(self, papers: Sequence[Scored]) -> list[Floats]:
        with self._lock:
            return together(papers, self._companion)

    @staticmethod
    def _roles(paper: Scored, field: int, spans: Sequence[Decoded]) -> dict[int, tuple[float, ...]]:
        made = {}
        for span in spans:
            scores = paper.roles[field].get(span.first)
            if scores is not None:
                chances = np.exp(_log_softmax(scores[role_indices(TYPES[span.type])]))
                made[span.first] = tuple(round(float(chance), 3) for chance in chances)
        return made


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))  # type: ignore[no-any-return]
