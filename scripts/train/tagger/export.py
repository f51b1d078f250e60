"""The trained model as one small ONNX file: fused layers, eight-bit weights.

The graph is written by hand with onnxruntime's fused operators, so that nothing depends on how
an exporter traces. Word embeddings keep one scale per row, matrices one per column; activations
are quantised as they come, one scale for all that is read at once. So a window is best read by
itself: what is found in it then hangs on nothing else, and no row needs padding.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

if TYPE_CHECKING:
    from tagger.model import Tagger

__all__ = ["export"]

_EPSILON = 1e-12


class _Graph:
    """Nodes and weights as they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, values: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **options: Any
    ) -> str:  # ONNX attributes are of any kind
        name = f"{output}_node"
        self.nodes.append(
            helper.make_node(kind, inputs, [output], name=name, domain=domain, **options)
        )
        return output


def export(model: Tagger, target: Path, *, narrow: bool = True) -> None:
    """Write the model to `target`.

    Args:
        model: the trained tagger, on any device.
        target: the ONNX file to write.
        narrow: use seven of the eight bits, which is exact on processors without VNNI too.
    """
    state = {k: v.detach().float().cpu().numpy() for k, v in model.state_dict().items()}
    graph = _Graph()
    x = _embed(graph, state)
    heads = model.layers[0].heads
    for index in range(len(model.layers)):
        x = _layer(graph, state, f"layers.{index}", x, heads)
    graph.add("MatMul", [x, graph.weight("head_w", state["head.weight"].T)], "head_x")
    graph.add("Add", ["head_x", graph.weight("head_b", state["head.bias"])], "scores")
    wanted = onnx.ModelProto()
    wanted.CopyFrom(_model(graph, state["head.bias"].size))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(wanted, whole)
        quantize_dynamic(
            whole,
            target,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=narrow,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=["head_x_node"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def _model(graph: _Graph, tags: int) -> onnx.ModelProto:
    shape = ["windows", "pieces"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("ids", "shapes")]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [*shape, tags])
    body = helper.make_graph(graph.nodes, "tagger", inputs, [output], graph.weights)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=9)


def _embed(graph: _Graph, state: dict[str, np.ndarray]) -> str:
    words = state["words.weight"]
    scale = np.abs(words).max(axis=1, keepdims=True) / 127 + 1e-12
    graph.weight("word_q", np.rint(words / scale).astype(np.int8))
    graph.weight("word_scale", scale.astype(np.float32))
    graph.weight("positions", state["positions.weight"] + state["kind"])
    graph.weight("shape_table", state["shapes.weight"])
    graph.add("Gather", ["word_q", "ids"], "word_small")
    graph.add("Cast", ["word_small"], "word_wide", to=TensorProto.FLOAT)
    graph.add("Gather", ["word_scale", "ids"], "word_factor")
    graph.add("Mul", ["word_wide", "word_factor"], "word")
    graph.add("Gather", ["shape_table", "shapes"], "shape")
    graph.add("Shape", ["ids"], "size", start=1, end=2)
    graph.weight("zero", np.zeros(1, np.int64))
    graph.add("Slice", ["positions", "zero", "size", "zero"], "position")
    graph.add("Add", ["word", "shape"], "word_shape")
    graph.add("Add", ["word_shape", "position"], "embedded")
    return _norm(graph, state, "norm", "embedded")


def _norm(graph: _Graph, state: dict[str, np.ndarray], name: str, x: str) -> str:
    weight = graph.weight(f"{name}.g", state[f"{name}.weight"])
    bias = graph.weight(f"{name}.b", state[f"{name}.bias"])
    return graph.add(
        "LayerNormalization", [x, weight, bias], f"{name}.out", axis=-1, epsilon=_EPSILON
    )


def _linear(graph: _Graph, state: dict[str, np.ndarray], name: str, source: str) -> str:
    weight = graph.weight(f"{name}.w", state[f"{name}.weight"].T)
    bias = graph.weight(f"{name}.b", state[f"{name}.bias"])
    product = graph.add("MatMul", [source, weight], f"{name}.x")
    return graph.add("Add", [product, bias], f"{name}.y")


def _attention(graph: _Graph, state: dict[str, np.ndarray], name: str, x: str, heads: int) -> str:
    """Attention over whole rows: without a mask it takes the tiled path, half the time."""
    together = _linear(graph, state, f"{name}.qkv", x)
    parts = [f"{name}.{part}" for part in ("q", "k", "v")]
    graph.nodes.append(
        helper.make_node("Split", [together], parts, name=f"{name}.split", axis=-1, num_outputs=3)
    )
    return graph.add("MultiHeadAttention", parts, f"{name}.mixed", "com.microsoft", num_heads=heads)


def _layer(graph: _Graph, state: dict[str, np.ndarray], name: str, x: str, heads: int) -> str:
    def linear(part: str, source: str) -> str:
        return _linear(graph, state, f"{name}.{part}", source)

    def added(one: str, other: str, part: str) -> str:
        return graph.add("Add", [one, other], f"{name}.{part}.in")

    mixed = _attention(graph, state, name, x, heads)
    x = _norm(graph, state, f"{name}.norm1", added(linear("out", mixed), x, "norm1"))
    inner = graph.add("Gelu", [linear("up", x)], f"{name}.inner", "com.microsoft")
    return _norm(graph, state, f"{name}.norm2", added(linear("down", inner), x, "norm2"))
