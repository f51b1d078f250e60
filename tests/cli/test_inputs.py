"""Reading records as they come, in the memory of one batch."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.cli import inputs
from maskwell.cli.inputs import read_batches
from maskwell.errors import InputTooLarge, InputUnreadable

if TYPE_CHECKING:
    from pathlib import Path


class Dribble(io.RawIOBase):
    """A stream that gives what it has in the pieces it was made of, as a pipe does."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = list(pieces)

    def read1(self, _: int) -> bytes:
        return self.pieces.pop(0) if self.pieces else b""


def test_a_large_file_takes_the_memory_of_a_batch(tmp_path: Path) -> None:
    line = json.dumps({"id": 1, "text": "plain words " * 40}).encode() + b"\n"
    path = tmp_path / "large.jsonl"
    path.write_bytes(line * 20_000)

    tracemalloc.start()
    count = sum(len(batch) for batch in read_batches(str(path)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 1024**2 < path.stat().st_size


@given(st.binary(max_size=200), st.lists(st.integers(1, 40), max_size=8))
def test_lines_are_the_same_however_they_arrive(data: bytes, cuts: list[int]) -> None:
    pieces: list[bytes] = []
    rest = data
    for cut in cuts:
        pieces, rest = [*pieces, rest[:cut]], rest[cut:]
    arriving: Any = Dribble([piece for piece in [*pieces, rest] if piece])

    lines = [line for batch in inputs._line_batches("-", arriving) for line in batch]

    assert [line for line in lines if line] == [line for line in data.split(b"\n") if line]


def test_a_line_is_handed_on_before_the_next_one_is_there() -> None:
    arriving: Any = Dribble([b"one\n", b"tw", b"o\nthree\nfo", b"ur"])

    batches = list(inputs._line_batches("-", arriving))

    assert batches == [[b"one"], [b"two", b"three"], [b"four"]]


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(inputs, "MAX_INPUT_BYTES", 200_000)
    path = tmp_path / "endless.jsonl"
    path.write_bytes(b"x" * 300_000)

    with pytest.raises(InputTooLarge, match="a line of 50 MB"):
        list(read_batches(str(path)))


def test_the_records_before_a_wrong_line_are_handed_out(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"id": 1, "text": "a"}\n\n{"id": 2, "text": "b"}\n{oops\n')
    batches = read_batches(str(path))

    seen = [record.id for record in next(batches)]
    with pytest.raises(InputUnreadable, match="line 4"):
        next(batches)

    assert seen == [1, 2]
