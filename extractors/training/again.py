"""A second generation of the transformer: the adapted encoder learns anew, of gold and of what the first generation, together with
its companion, holds each label of unlabelled papers for.

After Furlanello et al., "Born-Again Neural Networks" (2018); pieces are hidden from the student as noise is added in Xie et al.,
"Self-training with Noisy Student" (2020).
"""

from __future__ import annotations

import time
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

__all__ = ["learn_again"]

_HIDDEN = 0.1
_RATE, _WARM_UP = 2e-4, 0.05
_LAST_RATE, _LAST_EPOCHS = 1e-4, 2.0


def learn_again(plan: Plan, parts: Parts, start: Pretrained) -> dict[str, Any]:
    """Train the start on gold and on what the accurate engine in the folder of weights says, then on gold alone; what to record."""
    started = time.perf_counter()
    teacher = TransformerTagger.load(plan.out)
    gold = encode(start.tokenizer, parts.train)
    texts = chosen(read_unlabelled(plan), plan.again, plan.seed)
    lessons = (taught(start.tokenizer, text, chances) for text, chances in asked(teacher, texts))
    rows = [*gold, *chain.from_iterable(lessons)]
    settings = Settings(epochs=1.0, rate=_RATE, warm_up=_WARM_UP, seed=plan.seed, threads=plan.threads)
    _study(rows, settings, start)
    last = Settings(epochs=_LAST_EPOCHS, rate=_LAST_RATE, warm_up=_WARM_UP, seed=plan.seed, threads=plan.threads)
    fine_tune(gold, last, plan.checkpoints / "again.pt", start.encoder)
    said = {"papers": len(texts), "teacher": teacher.weights, "study": asdict(settings), "minutes": minutes(started)}
    return {"again": said, "settings": asdict(last)}


def _study(rows: list[Row], settings: Settings, start: Pretrained) -> None:
    """Train on sequences of which some pieces are hidden each time."""
    chance = torch.Generator().manual_seed(settings.seed)
    encoder: Encoder = start.encoder

    def loss(batch: Batch) -> torch.Tensor:
        hidden = (torch.rand(batch.ids.shape, generator=chance) < _HIDDEN) & (batch.ids > start.mask)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tags, roles = encoder(batch.ids.where(~hidden, start.mask), batch.kinds, batch.mask)
        return tag_loss(tags, roles, batch, settings.roles)

    optimise(encoder, rows, settings, loss)
