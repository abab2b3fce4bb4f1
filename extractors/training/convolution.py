"""Training the network of the fast tagger on probabilities of labels, and writing it in whole numbers.

A small student that learns the probabilities which a large teacher gives unlabelled papers is of Hinton, Vinyals and Dean, "Distilling the
Knowledge in a Neural Network" (2015); training with rounded values, of Jacob et al., "Quantization and Training of Neural Networks
for Efficient Integer-Arithmetic-Only Inference" (2018).
"""

from __future__ import annotations

import io
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from extractors.taggers.convolution import DILATIONS, GAP, GRAMS, PLACES, REACH, STEPS
from extractors.taggers.labels import COUNT
from extractors.taggers.lattice import Transitions
from extractors.training.lessons import Bags, Lesson, Lessons, Vocabulary

__all__ = ["Batch", "Network", "Settings", "learn", "pack"]

_MOST = 127
_PRINT = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """How large the network is and how it learns: `certain` is how often in an epoch a paper of the gold comes."""

    epochs: float = 8.0
    vector: int = 64
    width: int = 96
    rate: float = 2e-3
    dropout: float = 0.1
    certain: int = 2
    words: int = 4000
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers in a row as tensors: the rows of words and places that occur, which of them stands where, and what is known of each word."""

    distinct: torch.Tensor
    words: torch.Tensor
    places: torch.Tensor
    standing: torch.Tensor
    papers: torch.Tensor
    titles: torch.Tensor
    chances: torch.Tensor
    count: int

    @staticmethod
    def of(lessons: Sequence[Lesson]) -> Batch:
        """The batch of these papers."""
        gap = np.zeros(GAP, np.int32)
        words = torch.from_numpy(np.concatenate([gap, *(lesson.words for lesson in lessons)]).astype(np.int64))
        codes = torch.from_numpy(np.concatenate([gap - 1, *(lesson.codes for lesson in lessons)]).astype(np.int64))
        distinct, numbers = torch.unique(words, return_inverse=True)
        places, standing = torch.unique(codes, return_inverse=True)
        papers = np.concatenate([gap, *(np.full(len(lesson), k) for k, lesson in enumerate(lessons))])
        titles = np.concatenate([gap, *(np.arange(len(lesson)) < lesson.title for lesson in lessons)])
        chances = np.concatenate([np.zeros((GAP, COUNT)), *(lesson.chances for lesson in lessons)])
        return Batch(
            distinct=distinct,
            words=numbers,
            places=places,
            standing=standing,
            papers=torch.from_numpy(papers.astype(np.int64)),
            titles=torch.from_numpy(titles.astype(np.float32)),
            chances=torch.from_numpy(chances.astype(np.float32)),
            count=len(lessons),
        )


class Network(nn.Module):
    """The network of `extractors.taggers.convolution` with weights that can be trained, its layers already rounded as there."""

    def __init__(self, vocabulary: Vocabulary, settings: Settings) -> None:
        super().__init__()
        size, width = settings.vector, settings.width
        self.words = nn.Embedding(len(vocabulary.words), size)
        self.patterns = nn.Embedding(len(vocabulary.patterns), size)
        self.grams = nn.EmbeddingBag(GRAMS, size, mode="mean", include_last_offset=True)
        self.codes = nn.EmbeddingBag(len(vocabulary.codes), width, mode="sum", include_last_offset=True)
        for table, spread in ((self.words, 0.3), (self.patterns, 0.3), (self.grams, 0.3), (self.codes, 0.05)):
            nn.init.normal_(table.weight, 0, spread)
        self.first = nn.Linear((2 * REACH + 1) * size, width)
        self.later = nn.ModuleList(nn.Linear(len(PLACES) * width, width) for _ in DILATIONS)
        self.paper = nn.Linear(2 * width, width)
        self.last = nn.Linear(2 * width, COUNT)
        self.dropout = nn.Dropout(settings.dropout)
        self._vocabulary = vocabulary

    def forward(self, batch: Batch) -> torch.Tensor:
        """Scores of the labels of every word, and of the gaps too."""
        real = (batch.places[batch.standing] >= 0).float()[:, None]
        sums = self.first(_around(self._vectors(batch.distinct)[batch.words], range(-REACH, REACH + 1)))
        near = self.dropout(_rounded(sums + self._places(batch.places)[batch.standing], "layer") * real)
        seen = near
        for k, (layer, dilation) in enumerate(zip(self.later, DILATIONS, strict=True)):
            sums = layer(_around(seen, [dilation * place for place in PLACES]))
            seen = self.dropout(_rounded(sums + (seen if k else self._papers(near, real, batch)), "layer") * real)
        scores: torch.Tensor = self.last(torch.cat([near, seen], 1))
        return scores

    def _vectors(self, words: torch.Tensor) -> torch.Tensor:
        vocabulary = self._vocabulary
        own, kind = (torch.from_numpy(table)[words] for table in (vocabulary.of_words, vocabulary.of_patterns))
        made = self.words(own) + (self.patterns(kind) + self.grams(*_chosen(vocabulary.pieces, words))) * (own > 0)[:, None]
        return self.dropout(_rounded(made, "vector", signed=True))

    def _places(self, codes: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = self.codes(*_chosen(self._vocabulary.places, codes.clamp(min=0)))
        return made

    def _papers(self, near: torch.Tensor, real: torch.Tensor, batch: Batch) -> torch.Tensor:
        means = []
        for those in (real, real * batch.titles[:, None]):
            sums = torch.zeros(batch.count, near.shape[1]).index_add(0, batch.papers, (near * those).float())
            count = torch.zeros(batch.count, 1).index_add(0, batch.papers, those)
            means.append(_rounded(sums / count.clamp(min=1), "mean"))
        said: torch.Tensor = self.paper(torch.cat(means, 1))[batch.papers]
        return said


def _rounded(values: torch.Tensor, kind: str, *, signed: bool = False) -> torch.Tensor:
    """The values in the steps that the tagger keeps; the gradient passes as if they had not been rounded."""
    step = STEPS[kind]
    kept = values.clamp(-_MOST * step if signed else 0.0, _MOST * step)
    return kept + (torch.round(kept / step) * step - kept).detach()


def _around(table: torch.Tensor, distances: Sequence[int]) -> torch.Tensor:
    """For every row the rows at these distances, side by side; nothing beyond the ends."""
    padded = functional.pad(table, (0, 0, GAP, GAP))
    return torch.cat([padded[GAP + distance : GAP + distance + len(table)] for distance in distances], 1)


def _chosen(bags: Bags, numbers: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The contents of these bags in a row, and where each begins."""
    content, starts = torch.from_numpy(bags.content), torch.from_numpy(bags.starts)
    begin = starts[numbers]
    sizes = starts[numbers + 1] - begin
    offsets = functional.pad(sizes.cumsum(0), (1, 0))
    places = torch.arange(int(offsets[-1])) + torch.repeat_interleave(begin - offsets[:-1], sizes)
    return content[places], offsets


def learn(lessons: Lessons, certain: int, vocabulary: Vocabulary, settings: Settings) -> Network:
    """The network trained on these papers, of which the first `certain` are gold."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)  # so that sums stay in one order
    chance = random.Random(settings.seed)  # noqa: S311 - an order, no secret
    order = [*lessons.papers, *lessons.papers[:certain] * (settings.certain - 1)]
    network = Network(vocabulary, settings)
    optimiser = torch.optim.Adam(network.parameters(), lr=settings.rate, betas=(0.9, 0.99), fused=True)
    total = max(1, round(settings.epochs * sum(1 for _ in _batches(order, settings.words, random.Random(0)))))  # noqa: S311
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total))
    network.train()
    started, mean = time.perf_counter(), 0.0
    for step, papers in zip(range(1, total + 1), _stream(order, settings.words, chance), strict=False):
        batch = Batch.of(papers)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(batch)
        those = batch.places[batch.standing] >= 0
        loss = functional.cross_entropy(scores[those].float(), batch.chances[those])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        mean += (loss.item() - mean) * max(0.01, 1 / step)
        if step % _PRINT == 0:
            print(f"step {step}/{total} loss {mean:.4f} after {time.perf_counter() - started:.0f} s", flush=True)
    return network.eval()


def _rate(step: int, total: int) -> float:
    return min(1.0, (step + 1) / 100) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / total)))


def _batches(papers: Sequence[Lesson], words: int, chance: random.Random) -> Iterator[list[Lesson]]:
    """The papers in random order, about so many words at a time."""
    some: list[Lesson] = []
    size = 0
    for paper in chance.sample(papers, len(papers)):
        some.append(paper)
        size += len(paper)
        if size >= words:
            yield some
            some, size = [], 0
    if some:
        yield some


def _stream(papers: Sequence[Lesson], words: int, chance: random.Random) -> Iterator[list[Lesson]]:
    while True:
        yield from _batches(papers, words, chance)


def pack(network: Network, vocabulary: Vocabulary, transitions: Transitions) -> bytes:
    """The network as the bytes of the npz file that `ConvolutionModel.read` reads."""
    state = {name: value.numpy() for name, value in network.state_dict().items()}
    arrays: dict[str, npt.NDArray[np.generic]] = {"between": transitions.between, "first": transitions.first}
    arrays |= {name: _steps(state[f"{name}.weight"]) for name in ("words", "patterns", "grams")}
    for name in ("words", "patterns", "codes"):
        arrays[f"{name}.names"] = np.frombuffer("\n".join(getattr(vocabulary, name)).encode("utf-8"), np.uint8)
    largest = max(1e-9, float(np.abs(state["codes.weight"]).max())) / _MOST
    arrays["codes"] = np.rint(state["codes.weight"] / largest).astype(np.int8)
    arrays["codes.scale"] = np.array(largest / STEPS["layer"], np.float32)
    arrays |= _layer("near", state, 2 * REACH + 1, STEPS["vector"], STEPS["layer"], own="first")
    for k in range(len(DILATIONS)):
        arrays |= _layer(f"later{k}", state, len(PLACES), STEPS["layer"], STEPS["layer"], own=f"later.{k}")
    arrays |= _layer("paper", state, 2, STEPS["mean"], STEPS["layer"], own="paper")
    arrays |= _layer("last", state, 2, STEPS["layer"], 1.0, own="last")
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def _steps(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """Vectors in the steps that the tagger keeps."""
    made: npt.NDArray[np.int8] = np.clip(np.rint(vectors / STEPS["vector"]), -_MOST, _MOST).astype(np.int8)
    return made


def _layer(
    name: str, state: dict[str, npt.NDArray[np.float32]], places: int, step: float, wanted: float, *, own: str
) -> dict[str, npt.NDArray[np.generic]]:
    """A layer whose values come in steps of `step` and go on in steps of `wanted`: whole numbers, what they are worth, where sums start."""
    weights = state[f"{own}.weight"].T
    largest = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _MOST
    whole = np.rint(weights / largest).astype(np.int8)
    return {
        name: whole.reshape(places, -1, whole.shape[1]),
        f"{name}.scale": (largest * step / wanted).astype(np.float32),
        f"{name}.bias": (state[f"{own}.bias"] / wanted).astype(np.float32),
    }
