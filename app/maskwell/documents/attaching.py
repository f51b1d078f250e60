"""The words of a file that goes along with a prompt; the file itself never leaves.

Invariant: the path is opened once and no link is followed; a hostile format is parsed in the
confined process.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from maskwell.documents.decoding import decode
from maskwell.documents.formats import recognise
from maskwell.documents.limits import DEFAULT_LIMITS
from maskwell.documents.opening import open_document
from maskwell.errors import InputTooLarge, InputUnreadable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_words"]

_AS_IT_STANDS = frozenset(("text", "csv", "json", "yaml", "toml", "xml", "ics", "vcf"))
"""Formats whose source is what people and models read: their quotes and braces say something."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def read_words(path: Path) -> tuple[str, int]:
    """Read a file of any supported kind as text; takes as long as its parsing.

    Returns:
        The text, or a table's or data file's source, without line ends at its beginning and
        end, and the file's size in bytes.

    Raises:
        InputUnreadable: it is no regular file, or no text can be had from it.
        InputTooLarge: it is over the limit.
    """
    data = _bytes_of(path, DEFAULT_LIMITS.input_bytes)
    if recognise(data, path.name).kind in _AS_IT_STANDS:
        return decode(data).text.strip("\r\n"), len(data)
    document = open_document(data, path.name, mode="text")
    return document.rewritten({}).decode("utf-8", "replace").strip("\r\n"), len(data)


def _bytes_of(path: Path, most_bytes: int) -> bytes:
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        raise InputUnreadable(f"{path} cannot be read ({error.strerror}).") from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise InputUnreadable(f"{path} is no file that can be read as text.")
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise InputTooLarge(f"{path} is larger than {most_bytes // 1_000_000} MB.")
    return data
