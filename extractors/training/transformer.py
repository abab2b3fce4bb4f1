"""Training the transformer to tag: tags and roles at once, of gold or of another tagger."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import nn

from extractors.taggers.labels import COUNT, OUTSIDE
from extractors.taggers.pieces import windows
from extractors.taggers.words import cut
from extractors.training.data import Example, labels_of, roles_of
from extractors.training.encoder import Encoder
from extractors.training.lessons import Chances
from kg.model import Text

__all__ = ["IGNORED", "Batch", "Row", "Settings", "encode", "fine_tune", "optimise", "tag_loss", "taught"]

IGNORED = -100


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
    """One sequence with its labels; pieces that begin no word are ignored.

    Where a teacher was asked, `chances` says how likely each tag of each piece is, [piece, tag], and nothing where a piece is ignored.
    """

    ids: list[int]
    kinds: list[int]
    tags: list[int]
    roles: list[int]
    chances: npt.NDArray[np.float16] | None = None


def encode(pieces: Tokenizer, examples: Sequence[Example]) -> list[Row]:
    """The sequences of these papers."""
    rows = []
    for example in examples:
        text = example.text
        title_words, title_tags = labels_of(text.title, example.title)
        words, tags = labels_of(text.abstract, example.abstract)
        title_roles, roles = roles_of(title_words, example.title), roles_of(words, example.abstract)
        for window in windows(pieces, text, title_words, words):
            row = Row(window.ids, window.kinds, [IGNORED] * len(window.ids), [IGNORED] * len(window.ids))
            for first, field_tags, field_roles in ((window.title, title_tags, title_roles), (window.abstract, tags, roles)):
                for word, at in first:
                    row.tags[at] = field_tags[word]
                    if field_tags[word] != OUTSIDE and field_roles[word] >= 0:
                        row.roles[at] = field_roles[word]
            rows.append(row)
    return rows


def taught(pieces: Tokenizer, text: Text, chances: Chances) -> list[Row]:
    """The sequences of a paper of which a teacher says how likely each tag of each word is, by field as [word, tag]."""
    rows = []
    for window in windows(pieces, text, cut(text.title), cut(text.abstract)):
        said = np.zeros((len(window.ids), COUNT), np.float16)
        for first, table in zip((window.title, window.abstract), chances, strict=True):
            for word, at in first:
                said[at] = table[word]
        nothing = [IGNORED] * len(window.ids)
        rows.append(Row(window.ids, window.kinds, nothing, nothing, said))
    return rows


class Batch:
    """Sequences side by side, padded: piece ids, token types, where pieces are, and the labels, each as [sequence, place].

    Where a teacher was asked of one of them, `chances` holds what the tags of all are, as [sequence, place, tag].
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._longest = max(len(row.ids) for row in rows)
        self.ids = self._table((row.ids for row in rows), 0)
        self.kinds = self._table((row.kinds for row in rows), 0)
        self.mask = self._table(([1] * len(row.ids) for row in rows), 0).bool()
        self.tags = self._table((row.tags for row in rows), IGNORED)
        self.roles = self._table((row.roles for row in rows), IGNORED)
        self.chances = self._chances(rows) if any(row.chances is not None for row in rows) else None

    def _chances(self, rows: Sequence[Row]) -> torch.Tensor:
        known = self.tags != IGNORED
        table = nn.functional.one_hot(self.tags.where(known, 0), COUNT).float() * known[:, :, None]
        for k, row in enumerate(rows):
            if row.chances is not None:
                table[k, : len(row.ids)] = torch.from_numpy(row.chances.astype(np.float32))
        return table

    def _table(self, values: Iterable[list[int]], fill: int) -> torch.Tensor:
        return torch.tensor([list(value) + [fill] * (self._longest - len(value)) for value in values])


def fine_tune(rows: Sequence[Row], settings: Settings, checkpoint: Path, model: Encoder) -> Encoder:
    """Train the model on these sequences; every epoch ends in `checkpoint`."""

    def loss(batch: Batch) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tags, roles = model(batch.ids, batch.kinds, batch.mask)
        return tag_loss(tags, roles, batch, settings.roles)

    optimise(model, rows, settings, loss, lambda: torch.save(model.state_dict(), checkpoint))
    return model


def tag_loss(tags: torch.Tensor, roles: torch.Tensor, batch: Batch, weight: float) -> torch.Tensor:
    """Cross-entropy of the tags, and `weight` times that of the roles."""
    cross = nn.functional.cross_entropy
    if batch.chances is None:
        loss = cross(tags.float().flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED)
    else:
        loss = -(batch.chances * tags.float().log_softmax(-1)).sum() / batch.chances.sum()
    if bool((batch.roles >= 0).any()):
        loss = loss + weight * cross(roles.float().flatten(0, 1), batch.roles.flatten(), ignore_index=IGNORED)
    return loss


def optimise(
    model: nn.Module,
    rows: Sequence[Row],
    settings: Settings,
    loss_of: Callable[[Batch], torch.Tensor],
    keep: Callable[[], None] | None = None,
) -> None:
    """Lower the loss over batches of these sequences; `keep`, where given, is called after every epoch and at the end."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    chance = random.Random(settings.seed)  # noqa: S311 - an order, no secret
    optimiser = _optimiser(model, settings)
    per_epoch = len(_batches(rows, settings.pieces, random.Random(0)))  # noqa: S311
    total = max(1, round(per_epoch * settings.epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, settings.warm_up))
    model.train()
    started, seen, mean = time.perf_counter(), 0, 0.0
    for step, batch in enumerate(_stream(rows, settings.pieces, chance, total), 1):
        loss = loss_of(Batch(batch))
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        seen += sum(len(row.ids) for row in batch)
        mean += (loss.item() - mean) * max(0.02, 1 / step)
        if step % 20 == 0:
            print(f"step {step}/{total} loss {mean:.3f} {seen / (time.perf_counter() - started):.0f} pieces/s", flush=True)
        if keep is not None and (step % per_epoch == 0 or step == total):
            keep()
    model.eval()


def _optimiser(model: nn.Module, settings: Settings) -> torch.optim.AdamW:
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
