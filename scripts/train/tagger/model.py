"""The tagger: MiniLM's encoder with a word-shape embedding, and a linear layer over tags.

A plain BERT encoder written out, so that training needs torch alone. The shape embedding
starts at zero: before the first step the encoder computes exactly what MiniLM computes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  # torch's own convention

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Tagger", "load_base"]


def _dropped(x: Tensor, part: float, *, training: bool) -> Tensor:
    """Dropout with a byte of randomness per value: drawing floats takes a sixth of a step."""
    if not training:
        return x
    least = round(256 * part)
    draws = torch.empty(-(-x.numel() // 8), dtype=torch.int64, device=x.device)
    drawn = draws.random_(-(2**63), None).view(torch.uint8)[: x.numel()].view_as(x)
    return x * (drawn >= least).to(x.dtype).mul_(256 / (256 - least))


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Map (batch, tokens, width) to the same shape; `bias` is added to attention scores."""
        batch, tokens, width = x.shape
        qkv = self.qkv(x).view(batch, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5 + bias).softmax(-1)
        mixed = weights.to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, tokens, width)
        x = self.norm1(x + _dropped(self.out(mixed), self.dropout, training=self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + _dropped(inner, self.dropout, training=self.training))


class Tagger(nn.Module):
    """Word pieces and word shapes in, one score per tag out."""

    def __init__(self, config: dict[str, int], shapes: int, tags: int, dropout: float) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.dropout = dropout
        self.words = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.shapes = nn.Embedding(shapes, width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], dropout)
            for _ in range(config["num_hidden_layers"])
        )
        self.head = nn.Linear(width, tags)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Score tags.

        Args:
            ids: word-piece ids (batch, tokens), 0 is padding.
            shapes: word-shape ids (batch, tokens).

        Returns:
            Scores before softmax (batch, tokens, tags).
        """
        where = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(where) + self.kind + self.shapes(shapes)
        x = _dropped(self.norm(x), self.dropout, training=self.training)
        bias = (ids == 0)[:, None, None, :].to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(x)


def load_base(folder: Path, shapes: int, tags: int, dropout: float = 0.1) -> Tagger:
    """Build a tagger on MiniLM's weights (`model.safetensors`, `config.json` in `folder`)."""
    from safetensors.torch import load_file  # only training reads weights

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    base = load_file(str(folder / "model.safetensors"))
    model = Tagger(config, shapes, tags, dropout)
    state = {
        "words.weight": base["embeddings.word_embeddings.weight"],
        "positions.weight": base["embeddings.position_embeddings.weight"],
        "kind": base["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    for index in range(config["num_hidden_layers"]):
        state |= _layer_state(base, index)
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected, unexpected
    assert set(missing) == {"shapes.weight", "head.weight", "head.bias"}, missing
    return model


def _layer_state(base: dict[str, Tensor], index: int) -> dict[str, Tensor]:
    source, target = f"encoder.layer.{index}", f"layers.{index}"
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    state: dict[str, Tensor] = {}
    for part in ("weight", "bias"):
        parts = [
            base[f"{source}.attention.self.{name}.{part}"] for name in ("query", "key", "value")
        ]
        state[f"{target}.qkv.{part}"] = torch.cat(parts)
        for ours, theirs in names.items():
            state[f"{target}.{ours}.{part}"] = base[f"{source}.{theirs}.{part}"]
    return state
