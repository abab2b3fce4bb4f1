"""What transformers start from: a pretrained encoder with the field's pieces, adapted to unlabelled papers, kept beside the weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from extractors.taggers import Tagger, load
from extractors.taggers.calibration import Curve
from extractors.taggers.fast import FastTagger
from extractors.taggers.linear import LinearModel
from extractors.training.adapt import Hiding, adapt
from extractors.training.distil import chosen, label
from extractors.training.encoder import Encoder
from extractors.training.plan import Plan, read_unlabelled
from extractors.training.pretrained import Pretrained, read_pretrained, with_pieces_of
from extractors.training.transformer import Settings, encode
from kg.model import Text

__all__ = ["keep", "kept", "prepare"]

_FEWEST = 2
_MASKED = 0.15
_RATE, _WARM_UP = 2.5e-4, 0.08
_WEIGHTS, _TOKENIZER = "start.pt", "start.json"


def prepare(plan: Plan, companion: bytes) -> tuple[Pretrained, dict[str, Any]]:
    """The start of this plan and what to record of it; without unlabelled papers it is the pretrained encoder as it comes.

    The teacher whose tags the encoder learns there is the accurate engine in `plan.teacher`, else the linear companion.
    """
    torch.manual_seed(plan.seed)  # the heads are drawn
    start = read_pretrained(plan.encoder)
    record: dict[str, Any] = {"encoder": start.name, "layers": start.encoder.shape.layers}
    if not plan.unlabelled:
        return start, record
    texts = read_unlabelled(plan)
    start = with_pieces_of(start, texts, _FEWEST)
    record |= {"pieces": start.encoder.shape.vocabulary, "adapted": min(plan.adapt, len(texts))}
    if plan.adapt:
        teacher: Tagger = load("accurate", plan.teacher) if plan.teacher else FastTagger(LinearModel.read(companion), Curve(), "")
        rows = encode(start.tokenizer, label(teacher, chosen(texts, plan.adapt, plan.seed)))
        settings = Settings(epochs=1.0, rate=_RATE, warm_up=_WARM_UP, seed=plan.seed, threads=plan.threads)
        adapt(rows, settings, Hiding(_MASKED, start.mask), start.encoder)
        record["teacher"] = teacher.weights or "the linear companion"
    return start, record


def keep(start: Pretrained, folder: Path) -> None:
    """Write the start into the folder of checkpoints, for transformers that are trained later."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(start.encoder.state_dict(), folder / _WEIGHTS)
    (folder / _TOKENIZER).write_text(start.tokenizer.to_str(), encoding="utf-8")


def kept(folder: Path, encoder: Path | None = None, texts: Sequence[Text] = ()) -> Pretrained:
    """The start that was kept in the folder, else the pretrained encoder (of this archive, where one is given) with the pieces of these
    papers (with all, where there are none).
    """
    if not (folder / _WEIGHTS).is_file():
        start = read_pretrained(encoder)
        return with_pieces_of(start, texts, _FEWEST) if texts else start
    state = torch.load(folder / _WEIGHTS, weights_only=True)
    return Pretrained(Encoder.of(state), Tokenizer.from_str((folder / _TOKENIZER).read_text(encoding="utf-8")), str(folder))
