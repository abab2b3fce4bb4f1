"""Training the linear tagger: features of labelled papers, crfsuite, and the weights as arrays."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite

from extractors.taggers.classes import Arrays, WordClasses
from extractors.taggers.features import REACH, of_code, of_pair, of_word
from extractors.taggers.labels import COUNT
from extractors.taggers.line import lay
from extractors.taggers.linear import LinearModel
from extractors.taggers.words import cut
from extractors.training.data import Example, labels_of
from kg.model import Text

__all__ = ["Settings", "arrays", "names_of", "train"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: penalties, the fewest occurrences of a feature, and iterations."""

    l1: float = 0.05
    l2: float = 0.01
    fewest: int = 2
    iterations: int = 80


def names_of(text: Text, classes: WordClasses) -> tuple[list[list[str]], list[list[str]]]:
    """The names of all features of every word of the title and of the abstract: what LinearModel adds up."""
    line = lay([text], [(cut(text.title), cut(text.abstract))], REACH)
    by_word = [of_word(word, classes) for word in line.words]
    codes = iter(line.codes)
    made = []
    for start, end in line.bounds:
        names = [of_code(next(codes)) for _ in range(start, end)]
        for k in range(start, end):
            for distance in range(-REACH, REACH + 1):
                names[k - start] += by_word[k + distance].get(distance, [])
            if k + 1 < end:
                names[k - start].append(of_pair(line.lower[k], line.lower[k + 1])[0])
            if k > start:
                names[k - start].append(of_pair(line.lower[k - 1], line.lower[k])[1])
        made.append(names)
    return made[0], made[1]


def train(examples: Iterable[tuple[Example, int]], settings: Settings, classes: Arrays) -> LinearModel:
    """A model of these papers, each counted so many times, that knows words by these classes too."""
    return LinearModel.read(arrays(examples, settings, classes))


def arrays(examples: Iterable[tuple[Example, int]], settings: Settings, classes: Arrays) -> bytes:
    """The trained model as the bytes of an npz file, the classes with it."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    known = WordClasses.read(classes)
    for example, times in examples:
        for names, labels in _fields(example, known):
            for _ in range(times):
                trainer.append(names, labels)
    trainer.set_params(
        {
            "c1": settings.l1,
            "c2": settings.l2,
            "feature.minfreq": settings.fewest,
            "feature.possible_transitions": True,
            "max_iterations": settings.iterations,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crfsuite"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        dump = tagger.info()
    return _pack(dump.state_features, dump.transitions, classes)


def _fields(example: Example, classes: WordClasses) -> Iterator[tuple[pycrfsuite.ItemSequence, list[str]]]:
    text = example.text
    for field, spans, names in zip((text.title, text.abstract), (example.title, example.abstract), names_of(text, classes), strict=True):
        if names:
            _, labels = labels_of(field, spans)
            yield pycrfsuite.ItemSequence(names), [str(number) for number in labels]


def _pack(states: dict[tuple[str, str], float], transitions: dict[tuple[str, str], float], classes: Arrays) -> bytes:
    """Rows of scores by feature name; a field may begin with any label at no cost, as in crfsuite."""
    names = sorted({name for name, _ in states if "\n" not in name})
    number = {name: k for k, name in enumerate(names)}
    scores = np.zeros((len(names), COUNT), dtype=np.float16)
    for (name, label), weight in states.items():
        if name in number:
            scores[number[name], int(label)] = weight
    between = np.zeros((COUNT, COUNT), dtype=np.float32)
    for (before, after), weight in transitions.items():
        between[int(before), int(after)] = weight
    blob = np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)
    stream = io.BytesIO()
    np.savez_compressed(stream, names=blob, scores=scores, between=between, first=np.zeros(COUNT, dtype=np.float32), **classes)  # type: ignore[arg-type]
    return stream.getvalue()
