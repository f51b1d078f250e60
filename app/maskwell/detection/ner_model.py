"""The shipped model: read once, checked against its manifest, run by onnxruntime.

Nothing is run that is not exactly what was shipped: the bytes that are hashed are the bytes
that are loaded.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from maskwell.errors import IntegrityError
from maskwell.paths import asset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Model", "load_model"]

_MODEL: Final = "tagger.onnx"
_TOKENIZER: Final = "tokenizer.json"
_MANIFEST: Final = "manifest.json"
_SLOWER: Final = ["SkipLayerNormFusion", "BiasGeluFusion"]
"""Fusions whose scalar kernels take several times what the separate, vectorised ones take."""
_REINSTALL: Final = "reinstall Maskwell to detect names again."


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded tagger."""

    labels: tuple[str, ...]
    """Label names in the order of the model's outputs."""
    thresholds: Mapping[str, float]
    """The least score at which a label's span is reported."""
    tokenizer: Any
    session: Any
    opening: int
    """The marker that opens a window."""
    closing: int

    def scores(self, ids: NDArray[np.int64], shapes: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return tag scores (windows, pieces, tags) for word pieces and shapes, of one length."""
        outputs: list[NDArray[np.float32]] = self.session.run(None, {"ids": ids, "shapes": shapes})
        return outputs[0]


def load_model(folder: Traversable | None = None) -> Model:
    """Load the tagger.

    Args:
        folder: where its files are; the shipped `ner` asset when left out.

    Raises:
        IntegrityError: a file is missing, altered or unreadable.
    """
    folder = folder or asset("ner")
    manifest = _manifest(folder)
    checked = {
        name: _checked(folder, name, str(manifest["files"].get(name, "")))
        for name in (_MODEL, _TOKENIZER)
    }
    tokenizer = _tokenizer(checked[_TOKENIZER])
    return Model(
        labels=tuple(manifest["labels"]),
        thresholds={str(k): float(v) for k, v in manifest["thresholds"].items()},
        tokenizer=tokenizer,
        session=_session(checked[_MODEL]),
        opening=tokenizer.token_to_id("[CLS]"),
        closing=tokenizer.token_to_id("[SEP]"),
    )


def _manifest(folder: Traversable) -> dict[str, Any]:
    try:
        manifest = json.loads(folder.joinpath(_MANIFEST).read_bytes())
        return {part: manifest[part] for part in ("files", "labels", "thresholds")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IntegrityError(
            f"The name model's manifest is missing or damaged; {_REINSTALL}"
        ) from error


def _checked(folder: Traversable, name: str, expected: str) -> bytes:
    """Return a file's bytes if they are the ones that were shipped."""
    try:
        content = folder.joinpath(name).read_bytes()
    except OSError as error:
        raise IntegrityError(f"The name model's file {name} is missing; {_REINSTALL}") from error
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), expected):
        raise IntegrityError(f"The name model's file {name} was altered; {_REINSTALL}")
    return content


def _tokenizer(content: bytes) -> Any:  # tokenizers ships no usable type for it
    from tokenizers import Tokenizer  # noqa: PLC0415  # loaded with the model, not on import

    return Tokenizer.from_buffer(content)


def _session(content: bytes) -> Any:  # onnxruntime ships no types
    import onnxruntime  # noqa: PLC0415  # 50 ms and 30 MB that a command without names never needs

    onnxruntime.disable_telemetry_events()  # Windows asks this; elsewhere see maskwell's __init__
    options = onnxruntime.SessionOptions()
    # No threads of its own: they would spin while they wait, and a forked process has lost them.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        content, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )
