"""ToUnicode tables: read with suspicion, and written anew for the codes that stay in use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["to_unicode", "unicode_of"]

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL
)
_COMMENT = re.compile(rb"%[^\r\n]*")
_MOST_CODES = 65_536
_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /T def
/CMapType 2 def
1 begincodespacerange
"""


def unicode_of(table: bytes) -> dict[int, str]:
    """Return what a ToUnicode table says each code means; what cannot be read is left out."""
    found: dict[int, str] = {}
    for section in _SECTION.finditer(_COMMENT.sub(b"", table)):
        pairs = _chars if section[1] == b"bfchar" else _ranges
        for code, text in pairs(section[2]):
            if len(found) >= _MOST_CODES:
                return found
            found[code] = text
    return found


def to_unicode(codes: Mapping[bytes, str]) -> bytes:
    """Return a table of the given codes, all of one length in bytes."""
    width = max(map(len, codes), default=1)
    rows = [f"<00{'00' * (width - 1)}> <{'FF' * width}>\nendcodespacerange\n"]
    listed = sorted(codes.items())
    for start in range(0, len(listed), 100):
        some = listed[start : start + 100]
        rows.append(f"{len(some)} beginbfchar\n")
        rows += [f"<{c.hex()}> <{t.encode('utf-16-be').hex()}>\n" for c, t in some]
        rows.append("endbfchar\n")
    rows.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return _HEAD + "".join(rows).encode()


def _chars(body: bytes) -> Iterator[tuple[int, str]]:
    values = [_bytes(one) for one in _HEX.findall(body)]
    for code, text in zip(values[::2], values[1::2], strict=False):
        yield int.from_bytes(code), _text(text)


def _ranges(body: bytes) -> Iterator[tuple[int, str]]:
    for low, high, first, listed in _RANGE.findall(body):
        start, end = int.from_bytes(_bytes(low)), int.from_bytes(_bytes(high))
        end = min(end, start + _MOST_CODES)
        if listed:
            for code, text in zip(range(start, end + 1), _HEX.findall(listed), strict=False):
                yield code, _text(_bytes(text))
            continue
        base = _text(_bytes(first))
        for code in range(start, end + 1):
            if base and ord(base[-1]) + code - start < 0x110000:
                yield code, base[:-1] + chr(ord(base[-1]) + code - start)


def _bytes(digits: bytes) -> bytes:
    kept = b"".join(digits.split())
    return bytes.fromhex((kept + b"0" * (len(kept) % 2)).decode())


def _text(data: bytes) -> str:
    return data.decode("utf-16-be", "replace") if len(data) > 1 else data.decode("latin-1")
