"""The fast engine as a student of the accurate one: it learns of gold, and how likely the teacher holds each label of unlabelled papers."""

from __future__ import annotations

import time
from dataclasses import asdict

from extractors.taggers.convolution import ConvolutionModel
from extractors.taggers.fast import CONVOLUTION, FastTagger
from extractors.taggers.lattice import Transitions
from extractors.taggers.transformer import Scored, TransformerTagger
from extractors.training.convolution import Network, Settings, learn, pack
from extractors.training.distil import asked, chosen
from extractors.training.lessons import Lessons, Vocabulary, certain
from extractors.training.pipeline import minutes, write_tagger
from extractors.training.plan import Parts, Plan, read_unlabelled
from extractors.training.tune import bigrams, choose_alone

__all__ = ["distilled", "finish_fast"]


def distilled(plan: Plan, parts: Parts) -> None:
    """Train the network of the fast engine with the accurate engine in the folder of weights as its teacher, and write it."""
    started = time.perf_counter()
    lessons, settings = Lessons(), Settings(epochs=plan.passes, seed=plan.seed)
    for example in parts.train:
        lessons.add(example.text, certain(example))
    texts = chosen(read_unlabelled(plan), plan.distil, plan.seed)
    teacher = TransformerTagger.load(plan.out)
    for example, chances in asked(teacher, texts):
        lessons.add(example.text, chances)
    print(f"labelled {len(texts)} papers in {minutes(started)} minutes", flush=True)
    vocabulary = Vocabulary(lessons)
    network = learn(lessons, len(parts.train), vocabulary, settings)
    record = {"settings": asdict(settings), "distilled": len(texts), "teacher": teacher.weights, "minutes": minutes(started)}
    finish_fast(plan, parts, network, vocabulary, record)


def finish_fast(plan: Plan, parts: Parts, network: Network, vocabulary: Vocabulary, record: dict[str, object]) -> None:
    """Everything after training: choose what transitions weigh, calibrate, and write."""
    plain = ConvolutionModel.read(pack(network, vocabulary, Transitions.of(*bigrams(parts.dev))))
    papers = [Scored(example.text) for example in parts.dev]
    said = plain.emissions([paper.text for paper in papers], [paper.words for paper in papers])
    choice = choose_alone(papers, parts.dev, bigrams(parts.train), said)
    content = pack(network, vocabulary, choice.transitions)
    model = ConvolutionModel.read(content)
    record |= {"weights": choice.weights, "surface_f1": round(choice.f1, 4)}
    write_tagger(plan, "fast", {CONVOLUTION: content}, {}, record, parts, lambda curve: FastTagger(model, curve, ""))
