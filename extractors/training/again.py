"""A second generation of the transformer: the adapted encoder learns anew, of gold and of what the first generation, together with
its companion, holds each label of unlabelled papers for.

After Furlanello et al., "Born-Again Neural Networks" (2018); pieces are hidden from the student as noise is added in Xie et al.,
"Self-training with Noisy Student" (2020). The generation then goes on with other papers and its own opinions of them, and what is kept is
the mean of its weights before and after, as in Wortsman et al., "Model soups" (2022); and once more with others.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

import torch

from extractors.taggers.transformer import TransformerTagger
from extractors.training.distil import asked, chosen
from extractors.training.encoder import Encoder
from extractors.training.pipeline import minutes
from extractors.training.plan import Parts, Plan, read_unlabelled
from extractors.training.pretrained import Pretrained
from extractors.training.transformer import Batch, Row, Settings, encode, fine_tune, optimise, tag_loss, taught
from kg.model import Text

__all__ = ["go_on", "learn_again", "once", "study"]

_HIDDEN = 0.1
_RATE, _WARM_UP = 2e-4, 0.05
_LAST_RATE, _LAST_EPOCHS = 1e-4, 2.0


def learn_again(plan: Plan, parts: Parts, start: Pretrained) -> dict[str, Any]:
    """Train the start on gold and on what the accurate engine in the folder of weights says, then on gold alone; what to record."""
    texts = chosen(read_unlabelled(plan), plan.again, plan.seed)
    return {"again": _learn(plan, encode(start.tokenizer, parts.train), texts, start, with_gold=True)}


def go_on(plan: Plan, parts: Parts, tuned: Pretrained, leg: int) -> dict[str, Any]:
    """Train the second generation, which is the engine in the folder of weights, on what it says itself of papers that it has not learned
    of, then on gold, and leave the mean of its weights before and after; `leg` counts from 0. What to record, nothing where there are no
    such papers.
    """
    learned = plan.again + leg * plan.more
    texts = chosen(read_unlabelled(plan), learned + plan.more, plan.seed)[learned:]
    if not texts:
        return {}
    before = {name: value.clone() for name, value in tuned.encoder.state_dict().items()}
    said = _learn(plan, encode(tuned.tokenizer, parts.train), texts, tuned, with_gold=False)
    after = tuned.encoder.state_dict()
    tuned.encoder.load_state_dict({name: (before[name] + value) / 2 for name, value in after.items()})
    return said


def _learn(plan: Plan, gold: list[Row], texts: Sequence[Text], start: Pretrained, *, with_gold: bool) -> dict[str, Any]:
    """Train the start on what the accurate engine in the folder of weights says of these papers, then on gold; what to record."""
    started = time.perf_counter()
    teacher = TransformerTagger.load(plan.out)
    lessons = (taught(start.tokenizer, example.text, chances) for example, chances in asked(teacher, texts))
    rows = [*(gold if with_gold else ()), *chain.from_iterable(lessons)]
    settings = once(plan, _RATE)
    study(rows, start, settings)
    last = Settings(epochs=_LAST_EPOCHS, rate=_LAST_RATE, warm_up=_WARM_UP, seed=plan.seed, threads=plan.threads)
    fine_tune(gold, last, plan.checkpoints / "again.pt", start.encoder)
    said = {"papers": len(texts), "teacher": teacher.weights, "study": asdict(settings), "gold": asdict(last)}
    return said | {"minutes": minutes(started)}


def once(plan: Plan, rate: float) -> Settings:
    """One pass at this rate."""
    return Settings(epochs=1.0, rate=rate, warm_up=_WARM_UP, seed=plan.seed, threads=plan.threads)


def study(rows: Sequence[Row], start: Pretrained, settings: Settings) -> None:
    """Train the start on sequences of which some pieces are hidden."""
    chance = torch.Generator().manual_seed(settings.seed)
    encoder: Encoder = start.encoder

    def loss(batch: Batch) -> torch.Tensor:
        hidden = (torch.rand(batch.ids.shape, generator=chance) < _HIDDEN) & (batch.ids > start.mask)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tags, roles = encoder(batch.ids.where(~hidden, start.mask), batch.kinds, batch.mask)
        return tag_loss(tags, roles, batch, settings.roles)

    optimise(encoder, rows, settings, loss)
