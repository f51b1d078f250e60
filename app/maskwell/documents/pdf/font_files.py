"""Font programs with only the tables that draw: no names, no licences, no foreign data."""

from __future__ import annotations

import struct

__all__ = ["only_shapes"]

_DRAWING = frozenset((
    b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cvt ", b"fpgm", b"prep", b"cmap",
    b"post", b"OS/2", b"CFF ", b"vhea", b"vmtx", b"VORG",
))  # fmt: skip
_SFNT = (b"\0\1\0\0", b"true", b"OTTO")
_POST_WITHOUT_NAMES = b"\0\3\0\0"


def only_shapes(program: bytes) -> bytes:
    """Return a TrueType or OpenType program less the tables that draw nothing.

    A program of another kind, or a damaged one, is returned as it is: what it holds is searched
    like every other stream.
    """
    if not program.startswith(_SFNT) or len(program) < 12:
        return program
    (count,) = struct.unpack_from(">H", program, 4)
    if len(program) < 12 + 16 * count:
        return program
    tables = []
    for number in range(count):
        tag, check, start, length = struct.unpack_from(">4s3I", program, 12 + 16 * number)
        if tag not in _DRAWING:
            continue
        body = program[start : start + length]
        if tag == b"post" and len(body) >= 32:
            body = _POST_WITHOUT_NAMES + body[4:32]
        tables.append((tag, check, body))
    return _packed(program[:4], sorted(tables))


def _packed(kind: bytes, tables: list[tuple[bytes, int, bytes]]) -> bytes:
    count = len(tables)
    power = max(count.bit_length() - 1, 0)
    head = struct.pack(">4s4H", kind, count, 16 << power, power, 16 * count - (16 << power))
    place = 12 + 16 * count
    rows, bodies = [], []
    for tag, check, body in tables:
        rows.append(struct.pack(">4s3I", tag, check, place, len(body)))
        padded = body + b"\0" * (-len(body) % 4)
        bodies.append(padded)
        place += len(padded)
    return b"".join((head, *rows, *bodies))
