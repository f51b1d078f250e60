"""Reading what a command is given: whole texts, byte for byte, and streams of records.

Invariant: `TextInput.encode` of an untouched text gives the bytes that were read, line ends
and byte order mark included.
"""

from __future__ import annotations

import codecs
import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from maskwell.cli.terminal import say
from maskwell.errors import InputTooLarge, InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_INPUT_BYTES", "Record", "TextInput", "read_batches", "read_input"]

MAX_INPUT_BYTES = 50_000_000
_LIMIT = "50 MB"
_CHUNK_BYTES = 1 << 16
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DOCUMENTS = {
    b"%PDF-": "PDF files",
    b"PK\x03\x04": "Office files and archives",
    b"\xd0\xcf\x11\xe0": "old Office files",
    b"{\\rtf": "RTF files",
}


@dataclass(frozen=True, slots=True)
class TextInput:
    """A text and how it was written."""

    name: str
    """The file as the user gave it, "-" for stdin."""
    text: str
    encoding: str = "utf-8"

    def encode(self, text: str) -> bytes:
        """Return `text` written as this input was."""
        return text.encode(self.encoding)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a JSON Lines stream."""

    id: Any
    text: str


def read_input(name: str) -> TextInput:
    """Read a file, or stdin for "-".

    Raises:
        InputUnreadable: missing, binary, a document of another kind, or no UTF-8 or UTF-16.
        InputTooLarge: 50 MB or more.
    """
    with _opened(name) as source:
        try:
            data = source.read(MAX_INPUT_BYTES)
        except OSError as error:
            raise InputUnreadable(f"{_place(name)} cannot be read ({error.strerror}).") from error
    if len(data) >= MAX_INPUT_BYTES:
        raise InputTooLarge(
            f"{_place(name)} holds {_LIMIT} or more; split it, or give it line by line "
            "with --jsonl."
        )
    encoding = next((word for mark, word in _MARKS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8":
        _refuse_binary(name, data)
    try:
        return TextInput(name, data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise InputUnreadable(
            f"{_place(name)} is not {encoding.upper()} text: byte {error.start + 1} cannot be "
            "read; convert it first."
        ) from error


def read_batches(name: str) -> Iterator[list[Record]]:
    """Yield the records of a JSON Lines file, or stdin for "-", in batches.

    A batch is what is there without waiting, 64 KiB or a line at most, so that whoever sends
    a line and waits for its answer gets it.

    Raises:
        InputUnreadable: a line is not an object with a "text"; its number is named. The
            records before it were yielded.
        InputTooLarge: a line holds 50 MB or more.
    """
    with _opened(name) as source:
        number = 0
        for lines in _line_batches(name, source):
            batch: list[Record] = []
            try:
                for line in lines:
                    number += 1
                    if line.strip():
                        batch.append(_record(name, number, line))
            except InputUnreadable:
                yield batch
                raise
            yield batch


def _line_batches(name: str, source: Any) -> Iterator[list[bytes]]:
    """Yield lists of whole lines; what is left of a line waits for its end."""
    pieces: list[bytes] = []
    size = 0
    while chunk := source.read1(_CHUNK_BYTES):
        first, newline, rest = chunk.partition(b"\n")
        pieces.append(first)
        size += len(first)
        if size >= MAX_INPUT_BYTES:
            raise InputTooLarge(f"{_place(name)} has a line of {_LIMIT} or more.")
        if newline:
            *lines, last = rest.split(b"\n")
            yield [b"".join(pieces), *lines]
            pieces, size = [last], len(last)
    if size:
        yield [b"".join(pieces)]


def _record(name: str, number: int, line: bytes) -> Record:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputUnreadable(f"{_place(name)}, line {number}, is not valid JSON.") from error
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise InputUnreadable(
            f'{_place(name)}, line {number}, is not an object with a "text" that is a string.'
        )
    return Record(value.get("id"), value["text"])


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        if sys.stdin is None:
            raise InputUnreadable("There is nothing on standard input; give a file.")
        if sys.stdin.isatty():
            say("Reading from the terminal; end with Ctrl-D on a line of its own.")
        yield sys.stdin.buffer
        return
    _refuse_pipe(Path(name))
    try:
        source = Path(name).open("rb")  # noqa: SIM115  # closed below
    except FileNotFoundError as error:
        raise InputUnreadable(f"There is no file {name}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise InputUnreadable(f"{name} cannot be read ({reason}).") from error
    with source:
        yield source


def _refuse_pipe(path: Path) -> None:
    """Refuse a named pipe, which may never be written to; a shell's own pipes are being."""
    if path.is_fifo() and not path.is_relative_to("/dev/fd") and not path.is_relative_to("/proc"):
        raise InputUnreadable(f"{path} is a pipe; give what comes out of it on standard input.")


def _refuse_binary(name: str, data: bytes) -> None:
    for start, kind in _DOCUMENTS.items():
        if data.startswith(start):
            raise InputUnreadable(
                f"{_place(name)} is no plain text: {kind} are taken by name, with: "
                "maskwell redact FILE -o OUT."
            )
    if (place := data.find(b"\0")) >= 0:
        raise InputUnreadable(f"{_place(name)} is binary: byte {place + 1} is no text.")


def _place(name: str) -> str:
    return "Standard input" if name == "-" else name
