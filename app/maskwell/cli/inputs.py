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

__all__ = ["MAX_INPUT_BYTES", "Record", "TextInput", "read_input", "read_records"]

MAX_INPUT_BYTES = 50_000_000
_LIMIT = "50 MB"
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


def read_records(name: str) -> Iterator[Record]:
    """Yield the records of a JSON Lines file, or stdin for "-", one line in memory at a time.

    Raises:
        InputUnreadable: a line is not an object with a "text"; its number is named.
        InputTooLarge: a line holds 50 MB or more.
    """
    with _opened(name) as source:
        number = 0
        while line := source.readline(MAX_INPUT_BYTES):
            number += 1
            if len(line) >= MAX_INPUT_BYTES:
                raise InputTooLarge(f"{_place(name)}, line {number}, holds {_LIMIT} or more.")
            if line.strip():
                yield _record(name, number, line)


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
    try:
        source = Path(name).open("rb")  # noqa: SIM115  # closed below
    except FileNotFoundError as error:
        raise InputUnreadable(f"There is no file {name}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise InputUnreadable(f"{name} cannot be read ({reason}).") from error
    with source:
        yield source


def _refuse_binary(name: str, data: bytes) -> None:
    for start, kind in _DOCUMENTS.items():
        if data.startswith(start):
            raise InputUnreadable(
                f"{_place(name)} is no plain text: {kind} are not supported yet by this version."
            )
    if (place := data.find(b"\0")) >= 0:
        raise InputUnreadable(f"{_place(name)} is binary: byte {place + 1} is no text.")


def _place(name: str) -> str:
    return "Standard input" if name == "-" else name
