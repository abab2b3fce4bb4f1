"""Fine-tuning the transformer on gold: tags and roles at once."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from extractors.taggers.labels import OUTSIDE
from extractors.taggers.pieces import windows
from extractors.training.data import Example, labels_of, roles_of
from extractors.training.encoder import Encoder, pretrained, pretrained_folder

__all__ = ["Row", "Settings", "encode", "fine_tune", "tokenizer"]

_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Settings:
    """How to fine-tune."""

    epochs: float = 5.0
    rate: float = 2e-4
    decay: float = 0.01
    warm_up: float = 0.06
    pieces: int = 2400
    roles: float = 0.5
    seed: int = 0
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One sequence with its labels; pieces that begin no word are ignored."""

    ids: list[int]
    kinds: list[int]
    tags: list[int]
    roles: list[int]


def tokenizer() -> Tokenizer:
    """The pretrained model's tokenizer, without padding or truncation."""
    made = Tokenizer.from_file(str(pretrained_folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def encode(pieces: Tokenizer, examples: Sequence[Example]) -> list[Row]:
    """The sequences of these papers."""
    rows = []
    for example in examples:
        text = example.text
        title_words, title_tags = labels_of(text.title, example.title)
        words, tags = labels_of(text.abstract, example.abstract)
        title_roles, roles = roles_of(title_words, example.title), roles_of(words, example.abstract)
        for window in windows(pieces, text, title_words, words):
            row = Row(window.ids, window.kinds, [_IGNORED] * len(window.ids), [_IGNORED] * len(window.ids))
            for first, field_tags, field_roles in ((window.title, title_tags, title_roles), (window.abstract, tags, roles)):
                for word, at in first:
                    row.tags[at] = field_tags[word]
                    if field_tags[word] != OUTSIDE and field_roles[word] >= 0:
                        row.roles[at] = field_roles[word]
            rows.append(row)
    return rows


def fine_tune(rows: Sequence[Row], settings: Settings, checkpoint: Path, start: Encoder | None = None) -> Encoder:
    """Train on these sequences; every epoch ends in `checkpoint`."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    chance = random.Random(settings.seed)  # noqa: S311 - an order, no secret
    model = start or pretrained(pretrained_folder())
    optimiser = _optimiser(model, settings)
    per_epoch = len(_batches(rows, settings.pieces, random.Random(0)))  # noqa: S311
    total = max(1, round(per_epoch * settings.epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, settings.warm_up))
    model.train()
    started, seen, mean = time.perf_counter(), 0, 0.0
    for step, batch in enumerate(_stream(rows, settings.pieces, chance, total), 1):
        loss = _loss(model, batch, settings.roles)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        seen += sum(len(row.ids) for row in batch)
        mean += (loss.item() - mean) * max(0.02, 1 / step)
        if step % 20 == 0:
            print(f"step {step}/{total} loss {mean:.3f} {seen / (time.perf_counter() - started):.0f} pieces/s", flush=True)
        if step % per_epoch == 0 or step == total:
            torch.save(model.state_dict(), checkpoint)
    model.eval()
    return model


def _loss(model: Encoder, batch: Sequence[Row], weight: float) -> torch.Tensor:
    longest = max(len(row.ids) for row in batch)

    def table(values: Iterator[list[int]], fill: int) -> torch.Tensor:
        return torch.tensor([list(value) + [fill] * (longest - len(value)) for value in values])

    mask = table(([1] * len(row.ids) for row in batch), 0).bool()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, roles = model(table((row.ids for row in batch), 0), table((row.kinds for row in batch), 0), mask)
    cross = nn.functional.cross_entropy
    loss = cross(tags.float().flatten(0, 1), table((row.tags for row in batch), _IGNORED).flatten(), ignore_index=_IGNORED)
    wanted = table((row.roles for row in batch), _IGNORED).flatten()
    if bool((wanted >= 0).any()):
        loss = loss + weight * cross(roles.float().flatten(0, 1), wanted, ignore_index=_IGNORED)
    return loss


def _optimiser(model: Encoder, settings: Settings) -> torch.optim.AdamW:
    plain = [p for name, p in model.named_parameters() if "norm" in name or name.endswith("bias")]
    others = [p for name, p in model.named_parameters() if not ("norm" in name or name.endswith("bias"))]
    groups = [{"params": others, "weight_decay": settings.decay}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=settings.rate, fused=True)


def _rate(step: int, total: int, warm_up: float) -> float:
    done = step / total
    return done / warm_up if done < warm_up else max(0.0, (1 - done) / (1 - warm_up))


def _batches(rows: Sequence[Row], pieces: int, chance: random.Random) -> list[list[Row]]:
    """Sequences of like length together, about so many pieces a batch, batches in random order."""
    order = sorted(rows, key=lambda row: len(row.ids) + chance.uniform(-24, 24))
    batches: list[list[Row]] = [[]]
    for row in order:
        if batches[-1] and (len(batches[-1]) + 1) * len(row.ids) > pieces:
            batches.append([])
        batches[-1].append(row)
    chance.shuffle(batches)
    return batches


def _stream(rows: Sequence[Row], pieces: int, chance: random.Random, total: int) -> Iterator[list[Row]]:
    done = 0
    while True:
        for batch in _batches(rows, pieces, chance):
            if done == total:
                return
            done += 1
            yield batch
