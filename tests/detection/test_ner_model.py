"""The model's files are the shipped ones, or nothing runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from maskwell.detection.ner import NameTagger
from maskwell.errors import IntegrityError
from maskwell.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("manifest.json", "tagger.onnx", "tokenizer.json")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_bytes(asset("ner", name).read_bytes())
    return tmp_path


def test_an_exact_copy_loads(copy: Path) -> None:
    model = NameTagger(copy).load()

    assert model.labels[0] == "PERSON"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_an_integrity_error(copy: Path, name: str) -> None:
    (copy / name).unlink()

    with pytest.raises(IntegrityError) as caught:
        NameTagger(copy).tag("Ada Quill")
    assert caught.value.exit_code == 7


@pytest.mark.parametrize("name", ["tagger.onnx", "tokenizer.json"])
def test_one_flipped_bit_is_an_integrity_error(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)

    with pytest.raises(IntegrityError, match=name):
        NameTagger(copy).tag("Ada Quill")


def test_a_manifest_without_a_hash_is_an_integrity_error(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"] = {}
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    with pytest.raises(IntegrityError):
        NameTagger(copy).load()


def test_the_manifest_names_a_threshold_for_every_label() -> None:
    manifest = json.loads(asset("ner", "manifest.json").read_bytes())

    assert set(manifest["thresholds"]) == set(manifest["labels"])
