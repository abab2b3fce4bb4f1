"""A student of the accurate engine that has seen no gold paper: what it finds in gold, a tagger as good finds in papers that are new to it.

A tagger of half the gold is worse than the one that is shipped, and a judge that learns of its mistakes is too wary. The student learned of
the gold at second hand: distillation as in Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network" (2015).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import chain, starmap
from typing import Any

import torch

from extractors.taggers import TaggedSpan, Tagger
from extractors.taggers.calibration import Curve
from extractors.taggers.transformer import Reader, TransformerTagger
from extractors.training.again import once, study
from extractors.training.apart import calibrated
from extractors.training.data import Example, part_of
from extractors.training.distil import asked, chosen
from extractors.training.graph import small_graph
from extractors.training.lessons import Chances
from extractors.training.measure import compared, scores
from extractors.training.pipeline import minutes
from extractors.training.plan import Plan, read_unlabelled
from extractors.training.pretrained import Pretrained
from extractors.training.start import kept
from extractors.training.transformer import Row, Settings, encode, taught
from extractors.training.tune import bigrams, choose_alone, eager
from kg.ids import digest
from kg.model import Text

__all__ = ["spans_unseen"]

_RATE = 3e-4


def spans_unseen(plan: Plan, examples: Sequence[Example]) -> tuple[list[list[TaggedSpan]], dict[str, Any]]:
    """The spans of each paper by a student of the accurate engine in the folder of weights, with calibrated confidence; what to record."""
    started = time.perf_counter()
    teacher = TransformerTagger.load(plan.out)
    settings, texts = once(plan, _RATE), read_unlabelled(plan)
    found = _tagger(_student(plan, teacher, texts, settings), examples).tag([example.text for example in examples])
    record = {"papers": min(plan.unseen, len(texts)), "teacher": teacher.weights, "study": asdict(settings)}
    return calibrated(examples, found), record | {"mentions": _mentions(examples, found), "minutes": minutes(started)}


def _mentions(examples: Sequence[Example], found: Sequence[Sequence[TaggedSpan]]) -> dict[str, float]:
    """F1 of mentions in papers for training, which the student's teacher learned of, and in those for tuning: alike if that is no help."""
    made = {}
    for part in ("train", "dev"):
        own = [(example, spans) for example, spans in zip(examples, found, strict=True) if part_of(example.text.key) == part]
        papers = [example for example, _ in own]
        made[part] = scores(compared(papers, [spans for _, spans in own]), papers)["all"]["f1"]
    return made


def _student(plan: Plan, teacher: TransformerTagger, texts: Sequence[Text], settings: Settings) -> Pretrained:
    """The student after its study of some of these papers. It is kept among the checkpoints, and not taught again where teacher, papers,
    start and settings are the same.
    """
    torch.manual_seed(plan.seed)  # the heads may be drawn
    student = kept(plan.checkpoints, plan.encoder, texts)
    papers = chosen(texts, plan.unseen, plan.seed)
    start = student.name, student.encoder.shape, student.tokenizer.to_str()
    path = plan.checkpoints / f"student-{digest(teacher.weights, asdict(settings), start, [text.key for text in papers])}.pt"
    if path.is_file():
        student.encoder.load_state_dict(torch.load(path, weights_only=True))
    else:
        study(_lessons(teacher, student, papers), student, settings)
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save(student.encoder.state_dict(), path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)
    return student


def _lessons(teacher: TransformerTagger, student: Pretrained, texts: Sequence[Text]) -> list[Row]:
    """What the teacher says of these papers: how likely tags are, and the roles of what it finds."""
    pieces = student.tokenizer

    def rows(example: Example, chances: Chances) -> Iterator[Row]:
        said, found = taught(pieces, example.text, chances), encode(pieces, [example])
        return (replace(one, roles=other.roles) for one, other in zip(said, found, strict=True))

    return list(chain.from_iterable(starmap(rows, asked(teacher, texts))))


def _tagger(start: Pretrained, examples: Sequence[Example]) -> Tagger:
    """The student decoded as the accurate engine is, but alone: a linear companion would have seen the gold."""
    reader = Reader.read(small_graph(start.encoder.eval()), start.tokenizer.to_str().encode("utf-8"))
    train, dev = ([example for example in examples if part_of(example.text.key) == part] for part in ("train", "dev"))
    scored = [reader.score(example.text) for example in dev]
    choice = choose_alone(scored, dev, bigrams(train), [tags for paper in scored for tags in paper.tags])
    return TransformerTagger(reader, None, eager(choice.transitions), Curve(), "")
