"""Zip containers read with suspicion and written plainly: for archives and Office files.

Sizes are counted as bytes come out, never believed. Entries that overlap, hide bytes or are
encrypted are refused. What is written has neutral dates, no extra fields and no slack; `walk`
reads it back with zlib alone, and accounts for every byte.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from maskwell.documents.formats import View
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.documents.limits import Budget

__all__ = ["Entry", "Package", "pack", "unpack", "walk"]

_NEUTRAL_DATE = (1980, 1, 1, 0, 0, 0)
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_CHUNK_BYTES = 65_536
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a package; a folder's name ends with a slash."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """What a zip container holds."""

    entries: tuple[Entry, ...]
    comment: str = ""
    links: int = 0
    """Symbolic links, which are not followed and not kept."""


def unpack(data: bytes, budget: Budget) -> Package:
    """Read a whole package.

    Raises:
        InputUnreadable: damaged, encrypted, or made to be read in two ways.
        InputTooLarge: over a limit.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            infos = packed.infolist()
            _refuse_overlaps(infos, packed.start_dir)
            entries, links = [], 0
            for info in infos:
                budget.entry()
                if stat.S_ISLNK(info.external_attr >> 16):
                    links += 1
                    continue
                entries.append(Entry(_name(info), _read(packed, info, budget)))
            comment = packed.comment
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError) as error:
        raise InputUnreadable("The packed file is damaged.") from error
    except (RuntimeError, NotImplementedError, LookupError, UnicodeError) as error:
        raise InputUnreadable("The packed file is packed in a way this cannot read.") from error
    return Package(tuple(entries), _words(comment), links)


def pack(entries: Iterable[Entry], comment: str = "", *, stored_first: bool = False) -> bytes:
    """Return a package.

    Args:
        entries: in the order they are to stand.
        comment: the archive's own.
        stored_first: whether the first entry is not compressed (OpenDocument asks for it).
    """
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, entry in enumerate(entries):
            info = zipfile.ZipInfo(entry.name, _NEUTRAL_DATE)
            info.create_system = 0
            is_stored = entry.name.endswith("/") or (stored_first and number == 0)
            info.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            packed.writestr(info, entry.data)
        packed.comment = comment.encode()[:65_535]
    return out.getvalue()


def walk(data: bytes, budget: Budget) -> Iterator[Entry | View]:
    """Yield the entries of an output front to back, and its names and comments as views.

    Raises:
        InputUnreadable: a byte belongs to nothing.
    """
    place, count = 0, 0
    while data[place : place + 4] == b"PK\3\4":
        _, _, flags, method, _, _, crc, packed, size, name_len, extra_len = _LOCAL.unpack_from(
            data, place
        )
        place += _LOCAL.size
        name = data[place : place + name_len].decode()
        place += name_len
        body = data[place : place + packed]
        content = body if method == 0 else zlib.decompressobj(-15).decompress(body, size + 1)
        place += packed
        budget.expand(len(content))
        if flags & ~0x800 or extra_len or len(content) != size or zlib.crc32(content) != crc:
            raise InputUnreadable("The packed file cannot be read back.")
        count += 1
        yield View("entry name", name)
        yield Entry(name, content)
    yield from _rest(data, place, count)


def _rest(data: bytes, place: int, count: int) -> Iterator[View]:
    for _ in range(count):
        fields = _CENTRAL.unpack_from(data, place)
        name_len, extra_len, comment_len = fields[10:13]
        place += _CENTRAL.size + name_len
        if fields[0] != b"PK\1\2" or extra_len or comment_len:
            raise InputUnreadable("The packed file cannot be read back.")
    end = _END.unpack_from(data, place)
    comment = data[place + _END.size :]
    if end[0] != b"PK\5\6" or end[4] != count or len(comment) != end[7]:
        raise InputUnreadable("The packed file cannot be read back.")
    yield View("archive comment", _words(comment))


def _refuse_overlaps(infos: Iterable[zipfile.ZipInfo], end: int) -> None:
    """Refuse entries whose bytes are shared (CVE-2024-0450) and encrypted ones."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    limits = [info.header_offset for info in ordered[1:]] + [end]
    for info, limit in zip(ordered, limits, strict=False):
        least = info.header_offset + 30 + info.compress_size
        if least > limit:
            raise InputUnreadable("The packed file has entries that overlap; it was not opened.")
        if info.flag_bits & _ENCRYPTED:
            raise InputUnreadable("The file is protected by a password; save it without one.")


def _read(packed: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    chunks, total = [], 0
    with packed.open(info) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            total += len(chunk)
            budget.expand(len(chunk))
            budget.ratio(info.compress_size, total)
            chunks.append(chunk)
    return b"".join(chunks)


def _name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name as a relative path without a way up."""
    parts = [part for part in info.filename.replace("\\", "/").split("/") if part not in {"", "."}]
    if not parts or ".." in parts:
        raise InputUnreadable("The packed file names a place outside itself; it was not opened.")
    return "/".join(parts) + ("/" if info.is_dir() else "")


def _words(comment: bytes) -> str:
    try:
        return comment.decode()
    except UnicodeDecodeError:
        return comment.decode("cp437")
