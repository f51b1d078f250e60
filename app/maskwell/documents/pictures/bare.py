"""The shape of a picture that holds pixels alone, checked byte by byte without a library."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_bare"]

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = [b"IHDR", b"IDAT", b"IEND"]
_JPEG_PARTS = frozenset((0xDB, 0xC0, 0xC2, 0xC4, 0xDD, 0xDA))
_JFIF = b"JFIF\0"
_TIFF_TAGS = frozenset((256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 282, 283, 284, 296, 317,
                        339))  # fmt: skip
_NO_MORE = "The picture that was made holds more than pixels."


def check_bare(data: bytes) -> None:
    """Refuse a picture that holds anything but pixels and what decoding them needs.

    Raises:
        InputUnreadable: it does, or it is of no kind that is written here.
    """
    try:
        if data.startswith(_PNG):
            parts = list(_png_parts(data))
            is_bare = list(dict.fromkeys(parts)) == _PNG_PARTS
        elif data.startswith(b"\xff\xd8"):
            is_bare = _is_bare_jpeg(data)
        else:
            is_bare = _is_bare_tiff(data)
    except (struct.error, IndexError) as error:
        raise InputUnreadable(_NO_MORE) from error
    if not is_bare:
        raise InputUnreadable(_NO_MORE)


def _png_parts(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place < len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        yield name
        place += 12 + length
    if place != len(data):
        yield b"cut"


def _is_bare_jpeg(data: bytes) -> bool:
    place = 2
    while data[place] == 0xFF and data[place + 1] != 0xDA:
        (length,) = struct.unpack_from(">H", data, place + 2)
        kind, body = data[place + 1], data[place + 4 : place + 2 + length]
        if not (kind in _JPEG_PARTS or (kind == 0xE0 and body.startswith(_JFIF) and length == 16)):
            return False
        place += 2 + length
    scan = data[place:]
    markers = {scan[i + 1] for i in range(len(scan) - 1) if scan[i] == 0xFF}
    allowed = {0x00, 0xFF, 0xD9, 0xDA, 0xC4, *range(0xD0, 0xD8)}
    return data.endswith(b"\xff\xd9") and scan.count(b"\xff\xd9") == 1 and markers <= allowed


def _is_bare_tiff(data: bytes) -> bool:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        return False
    (place,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, place)
    tags = {struct.unpack_from(order + "H", data, place + 2 + 12 * n)[0] for n in range(count)}
    (following,) = struct.unpack_from(order + "I", data, place + 2 + 12 * count)
    return tags <= _TIFF_TAGS and following == 0
