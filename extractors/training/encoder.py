"""The transformer as a torch module: a BERT encoder with two heads, tags and roles."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import nn

from extractors.taggers.labels import COUNT, ROLE_NAMES
from extractors.taggers.pieces import KINDS

__all__ = ["Dropout", "Encoder", "Layer", "Shape"]

#: Added to the score of what is padding.
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the encoder is."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class Dropout(nn.Module):
    """Dropout with a chance in 256ths, drawn as bytes: a quarter of the time that torch's takes on a processor."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.dropped = round(256 * chance)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """What is kept, scaled up; everything as it is outside training."""
        if not self.training or not self.dropped:
            return x
        numbers = torch.empty(-(-x.numel() // 8), dtype=torch.int64).random_(torch.iinfo(torch.int64).min, None)
        kept = numbers.view(torch.uint8)[: x.numel()].view(x.shape) >= self.dropped
        return x * (kept.to(x.dtype) * (256 / (256 - self.dropped)))


class Layer(nn.Module):
    """One block: attention and feed-forward, each followed by dropout, residual and normalisation."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
        """One step; `bias` is added to the scores of attention."""
        batch, length, width = x.shape
        shape = batch, length, 3, self.heads, width // self.heads
        q, k, v = self.qkv(x).view(shape).permute(2, 0, 3, 1, 4).reshape(3, batch * self.heads, length, -1).unbind(0)
        # Plain products: on a processor they take half the time of torch's fused attention, forward and back.
        scores = torch.bmm(q / math.sqrt(width // self.heads), k.transpose(1, 2))
        if bias is not None:
            scores = (scores.view(batch, self.heads, length, length) + bias.to(scores.dtype)).view_as(scores)
        mixed = torch.bmm(scores.softmax(-1).to(v.dtype), v).view(batch, self.heads, length, -1)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, width))))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces and token types in; logits of tags and of roles out, for every piece."""

    def __init__(self, shape: Shape | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape = shape or Shape()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(KINDS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.tags = nn.Linear(shape.width, COUNT)
        self.roles = nn.Linear(shape.width, len(ROLE_NAMES))

    @staticmethod
    def of(state: Mapping[str, torch.Tensor]) -> Encoder:
        """The encoder with these weights, of the size that they have."""
        layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
        encoder = Encoder(Shape(vocabulary=len(state["words.weight"]), layers=layers))
        encoder.load_state_dict(dict(state))
        return encoder

    def hidden(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """The last layer; `mask` is true for pieces and false for padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.places(places) + self.kinds(kinds)))
        bias = None if mask is None or bool(mask.all()) else torch.zeros(mask.shape).masked_fill(~mask, _NEVER)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of tags and of roles."""
        x = self.dropout(self.hidden(ids, kinds, mask))
        return self.tags(x), self.roles(x)
