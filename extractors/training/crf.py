"""Training the linear tagger: features of labelled papers, crfsuite, and the weights as arrays."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite

from extractors.taggers.classes import Arrays, WordClasses
from extractors.taggers.features import PAD, REACH, Paper, codes, of_code, of_pair, of_word
from extractors.taggers.labels import COUNT
from extractors.taggers.linear import LinearModel
from extractors.training.data import Example, labels_of

__all__ = ["Settings", "arrays", "names_of", "train"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: penalties, the fewest occurrences of a feature, and iterations."""

    l1: float = 0.05
    l2: float = 0.01
    fewest: int = 2
    iterations: int = 80


def names_of(text: str, spans: Sequence[tuple[int, int]], paper: Paper, classes: WordClasses, *, title: bool) -> list[list[str]]:
    """The names of all features of every word of a field: what LinearModel adds up."""
    words = [text[a:b] for a, b in spans]
    padded = [PAD] * REACH + words + [PAD] * REACH
    by_word = [of_word(word, classes) for word in padded]
    made = [of_code(code) for code in codes(text, spans, words, paper, title=title)]
    lower = [word.lower() for word in words]
    for k in range(len(made)):
        for distance in range(-REACH, REACH + 1):
            made[k] += by_word[k + REACH + distance].get(distance, [])
        if k + 1 < len(words):
            made[k].append(of_pair(lower[k], lower[k + 1])[0])
        if k:
            made[k].append(of_pair(lower[k - 1], lower[k])[1])
    return made


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
    title, title_labels = labels_of(text.title, example.title)
    abstract, labels = labels_of(text.abstract, example.abstract)
    paper = Paper([text.title[a:b] for a, b in title], [text.abstract[a:b] for a, b in abstract])
    for field, words, numbers in ((text.title, title, title_labels), (text.abstract, abstract, labels)):
        if words:
            names = names_of(field, words, paper, classes, title=words is title)
            yield pycrfsuite.ItemSequence(names), [str(number) for number in numbers]


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
