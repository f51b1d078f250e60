"""Write what the application loads: model, tokenizer, and the manifest that pins both."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from tagger.export import export
from tagger.labels import LABELS

if TYPE_CHECKING:
    from pathlib import Path

    from tagger.model import Tagger

__all__ = ["ship", "write_manifest"]


def ship(model: Tagger, tokenizer: Path, folder: Path, thresholds: dict[str, float]) -> None:
    """Export `model` into `folder` beside a tokenizer that neither cuts nor pads."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = Tokenizer.from_file(str(tokenizer))
    plain.no_truncation()
    plain.no_padding()
    plain.save(str(folder / "tokenizer.json"), pretty=False)
    export(model, folder / "tagger.onnx")
    write_manifest(folder, thresholds)


def write_manifest(folder: Path, thresholds: dict[str, float]) -> None:
    """Pin the files as they are now."""
    files = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("tagger.onnx", "tokenizer.json")
    }
    manifest = {"labels": LABELS, "thresholds": thresholds, "files": files}
    text = json.dumps(manifest, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
