"""All the ways one string of a request can be read: as it stands, and with its escapes undone.

Egress looks for real values in every reading, since a value in base64 has left all the same.
Invariant: all readings of a string together are no longer than a fixed multiple of it.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, unquote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["readings"]

_LEAST_RUN: Final = 8
"""Shorter runs of base64 hold fewer than six characters; they are not decoded."""
_DEPTH: Final = 3
_SHORT_BYTES: Final = 256
"""Longer bytes that are no UTF-8 are a picture or a key rather than a name in UTF-16."""

_BASE64: Final = re.compile(rf"[A-Za-z0-9+/_-]{{{_LEAST_RUN},}}(?:\r?\n[A-Za-z0-9+/_-]+)*")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{8,}|(?:\b[0-9A-Fa-f]{2}[ :-]){3,}[0-9A-Fa-f]{2}\b")
_ESCAPE: Final = re.compile(r"\\(?:u\{?([0-9A-Fa-f]{4,6})\}?|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SHORT: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_READABLE: Final = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){6,}")
_URL_SAFE: Final = str.maketrans("-_", "+/", "\r\n")


def readings(text: str, depth: int = _DEPTH) -> Iterator[tuple[str, str]]:
    """Yield the forms hidden in `text` with what they say, such as ("base64", "Jane Doe").

    The text itself is not among them. What is decoded is read again, up to `depth` layers.
    """
    if depth == 0:
        return
    if "+" in text:
        # Read no further: base64 has plus signs too, and would be decoded twice.
        yield from _changed("url", text, unquote_plus(text))
    for form, said in _once(text):
        yield form, said
        yield from ((f"{form}, {inner}", deeper) for inner, deeper in readings(said, depth - 1))


def _once(text: str) -> Iterator[tuple[str, str]]:
    if "%" in text:
        yield from _changed("url", text, unquote(text))
    if "\\" in text:
        unescaped = _PAIR.sub(_joined, _ESCAPE.sub(_unescaped, text))
        yield from _changed("json-escaped", text, unescaped)
    if "&" in text and ";" in text:
        yield from _changed("html-escaped", text, html.unescape(text))
    base64_said = [said for run in _base64_runs(text) for said in _from_base64(run)]
    yield from _joined_runs("base64", base64_said)
    hex_said = [said for run in _HEX.findall(text) for said in _from_hex(run)]
    yield from _joined_runs("hex", hex_said)


def _changed(form: str, text: str, said: str) -> Iterator[tuple[str, str]]:
    if said != text:
        yield form, said


def _unescaped(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else escape.group()
    return _SHORT.get(escape[3], escape[3])


def _joined(pair: re.Match[str]) -> str:
    return pair.group().encode("utf-16", "surrogatepass").decode("utf-16")


def _joined_runs(form: str, said: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what all runs of one form say, parted by newlines so that none reads into the next."""
    if said:
        yield form, "\n".join(said)


def _base64_runs(text: str) -> list[str]:
    """Return the runs that may be base64: plain words and numbers, in one case, are not."""
    return [
        run
        for run in _BASE64.findall(text)
        if not (run[1:].islower() or run.isupper() or run.isdigit())
    ]


def _from_base64(run: str) -> Iterator[str]:
    """Yield the run decoded from each place a value's own base64 may begin."""
    plain = run.translate(_URL_SAFE)
    for skip in range(4):
        part = plain[skip:]
        whole = part[: len(part) - (len(part) % 4 == 1)]
        try:
            data = base64.b64decode(whole + "=" * (-len(whole) % 4))
        except (binascii.Error, ValueError):
            continue
        yield from _texts(data)


def _from_hex(run: str) -> Iterator[str]:
    digits = re.sub(r"[^0-9A-Fa-f]", "", run)
    for skip in (0, 1):
        part = digits[skip:]
        yield from _texts(bytes.fromhex(part[: len(part) // 2 * 2]))


def _texts(data: bytes) -> Iterator[str]:
    """Yield what bytes say: all of it when it is text, else the readable stretches.

    Zero bytes are dropped, which reads UTF-16 of Latin letters; short bytes that are no UTF-8
    are read as UTF-16 of any letters.
    """
    plain = data.replace(b"\0", b"")
    try:
        yield plain.decode()
    except UnicodeDecodeError:
        if stretches := _READABLE.findall(plain):
            yield b"\n".join(stretches).decode("utf-8", "ignore")
        if len(data) <= _SHORT_BYTES:
            yield data.decode("utf-16-le", "ignore")
            yield data.decode("utf-16-be", "ignore")
