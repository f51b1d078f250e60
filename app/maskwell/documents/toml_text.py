"""TOML, edited in place: strings, keys, comments and bare values by an own scanner.

A changed bare key or bare value becomes a quoted string. The result must be TOML for the
standard library's reader, and hold exactly the values that were meant.
"""

from __future__ import annotations

import re
import tomllib
from functools import partial
from typing import TYPE_CHECKING

from maskwell.documents.decoding import decode
from maskwell.documents.formats import Source, View
from maskwell.documents.opaque import is_payload
from maskwell.documents.segments import Edit, edited
from maskwell.documents.splicing import Piece, SplicedText
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.documents.segments import Document

__all__ = ["inspect", "read"]

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
    |(?P<basic3>\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3,5})
    |(?P<literal3>'{3}(?:[^']|'{1,2}(?!'))*'{3,5})
    |(?P<basic>"(?:[^"\\\r\n]|\\.)*")
    |(?P<literal>'[^'\r\n]*')
    |(?P<equals>=)
    |(?P<ends>[\r\n])
    |(?P<bare>[^\s=,\[\]{}\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)
_SHORTEST_NUMBER_DIGITS = 6
_NO_TEXT = re.compile(r"(?:true|false|[+-]?(?:inf|nan))\Z")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([btnfre\"\\])|\s*\n\s*)")
_SIGNS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def read(data: bytes, source: Source) -> Document:
    """Read a TOML file."""
    decoded = decode(data, declared=source.declared)
    _load(decoded.text)
    return SplicedText(decoded, _pieces)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every key and value as the standard library decodes them."""
    text = decode(data, declared=source.declared).text
    yield View("file", data)
    yield View("text", text)
    waiting: list[object] = [_load(text)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
        else:
            yield View("value", str(one))


def _load(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise InputUnreadable("The file is not valid TOML.") from error


def _pieces(text: str) -> Iterator[Piece]:
    is_value, key, line = False, "", 0
    for found in _TOKEN.finditer(text):
        kind, raw = str(found.lastgroup), found.group()
        if kind == "equals":
            is_value = True
        elif kind == "ends":
            is_value, line = False, line + 1
        elif kind == "comment":
            spell = partial(_spelled_comment, raw[1:])
            yield Piece(found.start() + 1, found.end(), raw[1:], spell, "comment", is_exact=False)
        elif kind == "bare":
            yield from _bare(found, key, is_value=is_value)
            key = key if is_value else raw
        else:
            value = _value(kind, raw)
            key = key if is_value else value
            yield Piece(
                *found.span(),
                value,
                partial(_spelled, value),
                key if is_value else "",
                is_payload=is_payload(value),
            )


def _bare(found: re.Match[str], key: str, *, is_value: bool) -> Iterator[Piece]:
    raw = found.group()
    if is_value and (_NO_TEXT.match(raw) or sum(map(str.isdigit, raw)) < _SHORTEST_NUMBER_DIGITS):
        return
    parts = [(0, raw)] if is_value else [(m.start(), m.group()) for m in re.finditer(r"[^.]+", raw)]
    for offset, part in parts:
        start = found.start() + offset
        yield Piece(
            start, start + len(part), part, partial(_spelled, part), key if is_value else ""
        )


def _value(kind: str, raw: str) -> str:
    body = raw[3:-3] if kind.endswith("3") else raw[1:-1]
    if kind.endswith("3"):
        body = body.removeprefix("\r").removeprefix("\n").replace("\r\n", "\n")
    return body if kind.startswith("literal") else _ESCAPE.sub(_unescape, body)


def _unescape(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        return chr(int(code, 16))
    return _SIGNS.get(found[3], found[3]) if found[3] else ""


def _spelled(value: str, edits: Sequence[Edit]) -> str:
    return '"' + "".join(map(_escape, edited(value, edits))) + '"'


def _escape(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _spelled_comment(words: str, edits: Sequence[Edit]) -> str:
    return "".join(c if c.isprintable() or c == "\t" else " " for c in edited(words, edits))
