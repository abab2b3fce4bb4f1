"""Adapting the pretrained encoder to the field before the gold: masked words, and another tagger's tags, on unlabelled papers.

Masked words as in BERT (Devlin et al. 2019); tags of a teacher learned under noise as in noisy student training (Xie et al. 2020),
the noise being the masks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

from extractors.training.encoder import Encoder
from extractors.training.transformer import IGNORED, Batch, Row, Settings, optimise, tag_loss

__all__ = ["Hiding", "adapt"]

_ROLES = 0.5


@dataclass(frozen=True, slots=True)
class Hiding:
    """Which share of the pieces is hidden, and the number of the mask; smaller numbers are special pieces."""

    share: float
    mask: int


@dataclass(frozen=True, slots=True)
class _Masked:
    """A batch in which some pieces are hidden: what is shown, and what stood there, IGNORED elsewhere."""

    shown: torch.Tensor
    hidden: torch.Tensor


class _Guess(nn.Module):
    """Guesses hidden pieces from the encoder's output; its last layer is the encoder's own table of pieces."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.shape.width
        self.encoder = encoder
        self.change = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(encoder.shape.vocabulary))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Scores of all pieces, [place, piece], for encoded places, [place, width]."""
        changed = self.norm(nn.functional.gelu(self.change(x)))
        return nn.functional.linear(changed, self.encoder.words.weight, self.bias)


def adapt(rows: Sequence[Row], settings: Settings, hiding: Hiding, encoder: Encoder) -> None:
    """Train the encoder on sequences that a teacher has tagged, with some of their pieces hidden."""
    guess = _Guess(encoder)
    chance = torch.Generator().manual_seed(settings.seed)

    def loss(batch: Batch) -> torch.Tensor:
        hide = _hide(batch, hiding, encoder.shape.vocabulary, chance)
        places = hide.hidden != IGNORED
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = encoder.dropout(encoder.hidden(hide.shown, batch.kinds, batch.mask))
            tags, roles, pieces = encoder.tags(x), encoder.roles(x), guess(x[places])
        return tag_loss(tags, roles, batch, _ROLES) + nn.functional.cross_entropy(pieces.float(), hide.hidden[places])

    optimise(guess, rows, settings, loss)


def _hide(batch: Batch, hiding: Hiding, vocabulary: int, chance: torch.Generator) -> _Masked:
    """Of the hidden pieces eight in ten become the mask, one any other piece, and one stays (Devlin et al. 2019)."""
    size = batch.ids.shape
    picked = (torch.rand(size, generator=chance) < hiding.share) & (batch.ids > hiding.mask)
    picked[0, 1] |= not bool(picked.any())
    way = torch.rand(size, generator=chance)
    shown = torch.where(picked & (way < 0.8), hiding.mask, batch.ids)
    others = torch.randint(hiding.mask + 1, vocabulary, size, generator=chance)
    shown = torch.where(picked & (way >= 0.9), others, shown)
    return _Masked(shown, torch.where(picked, batch.ids, IGNORED))
