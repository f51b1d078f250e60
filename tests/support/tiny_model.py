"""A model file of a few kilobytes that llama.cpp really loads, and that says what it is told to.

It is a llama of one layer whose attention and feed-forward add nothing: what a token is
embedded as decides alone what follows, so the file is a list of "after this comes that". The
first answer follows the end of the chat template; texts are cut into words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gguf
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = (
    "{{ bos_token }}{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}"
    "<|assistant|>"
)
NO_SYSTEM = "{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}" + TEMPLATE
REPLY = ("Dear", "▁friend,", "▁thank", "▁you", "▁for", "▁writing.")
TEXT = "Dear friend, thank you for writing."
_SPECIAL = ("<unk>", "<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>")
_UNKNOWN, _BOS, _EOS, _ASSISTANT = 0, 1, 2, 5


def write_model(
    path: Path,
    *,
    reply: tuple[str, ...] = REPLY,
    forever: bool = False,
    template: str | None = TEMPLATE,
    context: int = 2048,
    layers: int = 1,
) -> Path:
    """Write a model file that answers with `reply`; `forever` says it again and again."""
    words = list(dict.fromkeys(reply))
    tokens = [*_SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256)), *words]
    first = len(_SPECIAL) + 256
    follows = {_ASSISTANT: first}
    follows |= {first + n: first + n + 1 for n in range(len(words) - 1)}
    follows[first + len(words) - 1] = first if forever else _EOS
    writer: Any = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    _say_shape(writer, context=context, width=_width(tokens), layers=layers)
    _say_words(writer, tokens, special=len(_SPECIAL), first_word=first, template=template)
    _add_tensors(writer, tokens, follows, layers=layers)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _width(tokens: list[str]) -> int:
    """Return the embedding's width: one place for each token, a multiple of 32."""
    return -(-len(tokens) // 32) * 32


def _say_shape(writer: Any, *, context: int, width: int, layers: int) -> None:
    writer.add_context_length(context)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(32)
    writer.add_head_count(4)
    writer.add_head_count_kv(4)
    writer.add_rope_dimension_count(width // 4)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_file_type(0)


def _say_words(
    writer: Any, tokens: list[str], *, special: int, first_word: int, template: str | None
) -> None:
    control, byte, normal = gguf.TokenType.CONTROL, gguf.TokenType.BYTE, gguf.TokenType.NORMAL
    kinds = [control] * special + [byte] * 256 + [normal] * (len(tokens) - first_word)
    kinds[_UNKNOWN] = gguf.TokenType.UNKNOWN
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * first_word + [-1.0] * (len(tokens) - first_word))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(_BOS)
    writer.add_eos_token_id(_EOS)
    writer.add_unk_token_id(_UNKNOWN)
    if template is not None:
        writer.add_chat_template(template)


def _add_tensors(writer: Any, tokens: list[str], follows: dict[int, int], *, layers: int) -> None:
    width, count = _width(tokens), len(tokens)
    embedding = np.zeros((count, width), np.float32)
    embedding[np.arange(count), np.arange(count)] = 1.0
    output = np.zeros((count, width), np.float32)
    for before, after in follows.items():
        output[after, before] = 4.0
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", np.ones(width, np.float32))
    for layer in range(layers):
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", np.ones(width, np.float32))
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", np.zeros((width, width), np.float32))
        for name, shape in (
            ("ffn_gate", (32, width)), ("ffn_up", (32, width)), ("ffn_down", (width, 32)),
        ):  # fmt: skip
            writer.add_tensor(f"blk.{layer}.{name}.weight", np.zeros(shape, np.float32))
