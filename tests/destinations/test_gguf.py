"""The head of a model file is believed only as far as the file bears it out."""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING

import gguf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maskwell.destinations.local.gguf import _BLOCKS, read_header
from maskwell.errors import InputUnreadable
from support.tiny_model import TEMPLATE

if TYPE_CHECKING:
    from pathlib import Path

HEAD_BYTES = 12_000
"""About as much of the tiny model as comes before its numbers."""


def test_what_a_sound_file_says_is_read(tiny: Path) -> None:
    header = read_header(tiny)

    assert (header.version, header.architecture, header.name) == (3, "llama", "tiny")
    assert (header.context_length, header.tensor_count) == (2048, 12)
    assert header.chat_template == TEMPLATE


def test_the_sizes_of_tensor_blocks_are_the_format_s_own() -> None:
    known = {int(kind): size for kind, size in gguf.GGML_QUANT_SIZES.items()}

    assert {kind: known[kind] for kind in _BLOCKS if kind in known} == {
        kind: size for kind, size in _BLOCKS.items() if kind in known
    }
    assert len(_BLOCKS.keys() & known.keys()) > 25


@pytest.mark.parametrize("kept", [4, 8, 23, 24, 40, 300, 5_000, HEAD_BYTES, -1, -100_000])
def test_a_file_cut_short_anywhere_is_refused(tiny: Path, tmp_path: Path, kept: int) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(tiny.read_bytes()[:kept])

    with pytest.raises(InputUnreadable, match=r"cut short or damaged|no GGUF"):
        read_header(cut)


@pytest.mark.parametrize("data", [b"", b"GGUF", b"%PDF-1.7\n" + b"x" * 99, b"GGUG" + b"\0" * 99])
def test_what_is_no_model_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.gguf"
    path.write_bytes(data)

    with pytest.raises(InputUnreadable):
        read_header(path)


@pytest.mark.parametrize(
    ("at", "form", "value"),
    [
        (4, "<I", 99),  # version
        (8, "<Q", 2**63),  # tensors
        (16, "<Q", 2**40),  # keys
        (24, "<Q", 2**62),  # the first key's length
    ],
)
def test_numbers_no_model_has_are_refused_at_once(
    tiny: Path, tmp_path: Path, at: int, form: str, value: int
) -> None:
    data = bytearray(tiny.read_bytes())
    struct.pack_into(form, data, at, value)
    path = tmp_path / "odd.gguf"
    path.write_bytes(data)

    with pytest.raises(InputUnreadable):
        read_header(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable, match="cannot be read"):
        read_header(tmp_path / "nowhere.gguf")


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=st.lists(st.tuples(st.integers(4, HEAD_BYTES), st.integers(0, 255)), max_size=6))
def test_a_damaged_head_is_read_or_refused_and_nothing_else(
    tiny: Path, tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(tiny.read_bytes())
    for at, value in changes:
        data[at] = value
    path = tmp_path / "damaged.gguf"
    path.write_bytes(data)

    with suppress(InputUnreadable):
        read_header(path)
