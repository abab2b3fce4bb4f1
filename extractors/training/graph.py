"""The trained encoder as an ONNX graph of onnxruntime's fused operators, with 8-bit weights.

Built by hand: one sequence without mask or padding needs nothing else, and the same weights give the same bytes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from extractors.training.encoder import Encoder

__all__ = ["float_graph", "small_graph"]

_FUSED = "com.microsoft"
_EPSILON = 1e-12

Array = npt.NDArray[np.float32]


class _Builder:
    """Collects nodes and constants."""

    def __init__(self, encoder: Encoder) -> None:
        self.state = {name: value.detach().numpy() for name, value in encoder.state_dict().items()}
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, Array | npt.NDArray[np.int64]] = {}

    def constant(self, name: str, value: Array | npt.NDArray[np.int64]) -> str:
        """A constant of the graph."""
        self.constants[name] = value.copy(order="C")
        return name

    def weight(self, name: str, *, turned: bool = False) -> str:
        """A trained weight as a constant; `turned` for the matrices of torch's linear layers."""
        return self.constant(name, self.state[name].T if turned else self.state[name])

    def add(self, kind: str, inputs: list[str], output: str, *, fused: bool = False, **attributes: object) -> str:
        """A node with one output."""
        node = helper.make_node(kind, inputs, [output], name=output, domain=_FUSED if fused else "", **attributes)
        self.nodes.append(node)
        return output

    def linear(self, x: str, name: str, output: str) -> str:
        """A linear layer."""
        product = self.add("MatMul", [x, self.weight(f"{name}.weight", turned=True)], f"{output}.product")
        return self.add("Add", [product, self.weight(f"{name}.bias")], output)

    def normed(self, x: str, rest: str, name: str, bias: str, output: str) -> str:
        """Normalisation of a sum of two and a bias."""
        inputs = [x, rest, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), self.weight(bias)]
        return self.add("SkipLayerNormalization", inputs, output, fused=True, epsilon=_EPSILON)


def float_graph(encoder: Encoder) -> onnx.ModelProto:
    """The graph with 32-bit weights: `ids` and `kinds` in, `tags` and `roles` out."""
    build = _Builder(encoder)
    shape = encoder.shape
    x = _embedded(build)
    for number in range(shape.layers):
        own = f"layers.{number}"
        inputs = [x, build.weight(f"{own}.qkv.weight", turned=True), build.weight(f"{own}.qkv.bias")]
        mixed = build.add("Attention", inputs, f"{own}.mixed", fused=True, num_heads=shape.heads)
        out = build.add("MatMul", [mixed, build.weight(f"{own}.out.weight", turned=True)], f"{own}.out")
        x = build.normed(out, x, f"{own}.norm1", f"{own}.out.bias", f"{own}.attended")
        up = build.add("MatMul", [x, build.weight(f"{own}.up.weight", turned=True)], f"{own}.up")
        risen = build.add("BiasGelu", [up, build.weight(f"{own}.up.bias")], f"{own}.risen", fused=True)
        down = build.add("MatMul", [risen, build.weight(f"{own}.down.weight", turned=True)], f"{own}.down")
        x = build.normed(down, x, f"{own}.norm2", f"{own}.down.bias", f"{own}.done")
    build.linear(x, "tags", "tags")
    build.linear(x, "roles", "roles")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, [1, "length"]) for name in ("ids", "kinds")]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "length", None]) for name in ("tags", "roles")]
    constants = [numpy_helper.from_array(value, name) for name, value in build.constants.items()]
    graph = helper.make_graph(build.nodes, "tagger", inputs, outputs, constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="paperkg")


def small_graph(encoder: Encoder) -> bytes:
    """The graph with 8-bit weights, one scale for each column; seven bits are used, which no processor saturates on."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "small.onnx"
        onnx.save(float_graph(encoder), source)
        quantize_dynamic(
            source,
            target,
            op_types_to_quantize=["MatMul", "Attention", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
            nodes_to_exclude=["tags.product", "roles.product", "places", "kinds_row"],
        )
        return target.read_bytes()


def _embedded(build: _Builder) -> str:
    word = build.add("Gather", [build.weight("words.weight"), "ids"], "word_row")
    kind = build.add("Gather", [build.weight("kinds.weight"), "kinds"], "kinds_row")
    zero, one = build.constant("zero", np.array([0])), build.constant("one", np.array([1]))
    end = build.constant("two", np.array([2]))
    length = build.add("Slice", [build.add("Shape", ["ids"], "size"), one, end], "length")
    places = build.add("Slice", [build.weight("places.weight"), zero, length], "places")
    both = build.add("Add", [kind, places], "place_and_kind")
    total = build.add("Add", [word, both], "embedded")
    return build.add(
        "LayerNormalization", [total, build.weight("norm.weight"), build.weight("norm.bias")], "start", axis=-1, epsilon=_EPSILON
    )
