"""The head of a GGUF file, read with suspicion before any engine reads it.

The engine's own reader is fast and trusting; this one is neither. Every count is held against
the size of the file before it is believed, and every tensor must lie inside the file.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Header", "read_header"]

_MAGIC: Final = b"GGUF"
_VERSIONS: Final = (2, 3)
_MOST_TENSORS: Final = 100_000
_MOST_KEYS: Final = 10_000
_LONGEST_KEY: Final = 65_535
_LONGEST_TEXT: Final = 16 * 1024 * 1024
_MOST_DIMENSIONS: Final = 4
_MOST_NESTED: Final = 2
_STRING, _ARRAY = 8, 9
_SCALARS: Final = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
_BLOCKS: Final = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
    9: (32, 40), 10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210),
    15: (256, 292), 16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18),
    21: (256, 110), 22: (256, 82), 23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8),
    28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip
"""Tensor type → (values in a block, bytes of a block)."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a model file says of itself."""

    version: int
    architecture: str
    name: str
    """What its maker calls it, "" when not said."""
    context_length: int
    """Tokens it was made to keep in mind; 0 when it does not say."""
    chat_template: str
    """How it wants a chat written, "" when it does not say."""
    tensor_count: int


def read_header(path: Path) -> Header:
    """Read and check the head of a model file.

    Raises:
        InputUnreadable: it cannot be read, is no GGUF file, or is cut short or damaged.
    """
    try:
        with path.open("rb") as file:
            return _Reader(file, path.stat().st_size, path.name).header()
    except OSError as error:
        raise InputUnreadable(f'The model file "{path}" cannot be read.') from error


class _Damaged(Exception):  # never leaves this module
    """What is wrong, in a few words."""


class _Reader:
    def __init__(self, file: IO[bytes], size: int, name: str) -> None:
        self._file = file
        self._size = size
        self._name = name
        self._at = 0
        self._order = "<"

    def header(self) -> Header:
        if self._size < 24 or self._file.read(4) != _MAGIC:
            raise InputUnreadable(f'"{self._name}" is no GGUF model file.')
        self._at = 4
        try:
            return self._read()
        except _Damaged as error:
            raise InputUnreadable(
                f'The model file "{self._name}" is cut short or damaged ({error}); get it again.'
            ) from error

    def _read(self) -> Header:
        version = self._version()
        tensors, keys = self._number("Q"), self._number("Q")
        if tensors > _MOST_TENSORS or keys > _MOST_KEYS:
            raise _Damaged("it claims more parts than a model has")
        said = dict(self._pair() for _ in range(keys))
        self._check_tensors(tensors, _alignment(said))
        architecture = said.get("general.architecture")
        if not isinstance(architecture, str) or not architecture:
            raise _Damaged("it does not say what kind of model it is")
        return Header(
            version=version,
            architecture=architecture,
            name=_text(said.get("general.name")),
            context_length=_count(said.get(f"{architecture}.context_length")),
            chat_template=_text(said.get("tokenizer.chat_template")),
            tensor_count=tensors,
        )

    def _version(self) -> int:
        raw = self._bytes(4)
        version: int = struct.unpack("<I", raw)[0]
        if version not in _VERSIONS and struct.unpack(">I", raw)[0] in _VERSIONS:
            self._order = ">"
            version = struct.unpack(">I", raw)[0]
        if version not in _VERSIONS:
            raise _Damaged(f"its version {version} is not known")
        return version

    def _pair(self) -> tuple[str, Any]:
        key = self._string(_LONGEST_KEY)
        return key, self._value(self._number("I"), _MOST_NESTED)

    def _value(self, kind: int, depth: int) -> Any:
        if kind == _STRING:
            return self._string(_LONGEST_TEXT)
        if kind == _ARRAY:
            return self._skip_array(depth)
        if kind not in _SCALARS:
            raise _Damaged("it holds a value of no known kind")
        return self._number(_SCALARS[kind])

    def _skip_array(self, depth: int) -> None:
        """Pass over an array; nothing here needs what is in one."""
        kind, length = self._number("I"), self._number("Q")
        if kind in _SCALARS:
            self._skip(length * struct.calcsize("<" + _SCALARS[kind]))
        elif kind in {_STRING, _ARRAY} and depth and length <= self._left() // 8:
            for _ in range(length):
                if kind == _STRING:
                    self._skip(self._number("Q"))
                else:
                    self._skip_array(depth - 1)
        else:
            raise _Damaged("a list in it is longer than the file")

    def _check_tensors(self, count: int, alignment: int) -> None:
        ends = [self._tensor(alignment) for _ in range(count)]
        start = -(-self._at // alignment) * alignment
        missing = start + max(ends, default=0) - self._size
        if missing > 0:
            raise _Damaged(f"{missing:,} bytes are missing")

    def _tensor(self, alignment: int) -> int:
        """Read one tensor's description; return where it ends, counted from the first."""
        self._string(_LONGEST_KEY)
        dimensions = self._number("I")
        if not 0 < dimensions <= _MOST_DIMENSIONS:
            raise _Damaged("a tensor has no shape")
        values = 1
        for _ in range(dimensions):
            values *= self._number("Q")
        kind, offset = self._number("I"), self._number("Q")
        per_block, block_bytes = _BLOCKS.get(kind, (256, 1))
        if offset % alignment or values % (per_block if kind in _BLOCKS else 1):
            raise _Damaged("a tensor does not lie where it must")
        return int(offset + values // per_block * block_bytes)

    def _string(self, longest: int) -> str:
        length = self._number("Q")
        if length > longest:
            raise _Damaged("a text in it is longer than any should be")
        return self._bytes(length).decode("utf-8", "replace")

    def _number(self, form: str) -> Any:
        form = self._order + form
        return struct.unpack(form, self._bytes(struct.calcsize(form)))[0]

    def _bytes(self, count: int) -> bytes:
        if count > self._left():
            raise _Damaged("it ends in the middle")
        data = self._file.read(count)
        if len(data) != count:
            raise _Damaged("it ends in the middle")
        self._at += count
        return data

    def _skip(self, count: int) -> None:
        if count > self._left():
            raise _Damaged("it ends in the middle")
        self._file.seek(count, 1)
        self._at += count

    def _left(self) -> int:
        return self._size - self._at


def _alignment(said: dict[str, Any]) -> int:
    alignment = said.get("general.alignment", 32)
    if not isinstance(alignment, int) or alignment < 1 or alignment & (alignment - 1):
        raise _Damaged("its alignment is no power of two")
    return alignment


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
