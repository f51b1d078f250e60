"""Stretches of text that are another text in disguise, and what they say.

Base64, base32, hexadecimal, binary, percent and HTML escapes, backslash escapes, ROT13 and
text written backwards. Invariant: what decodes to no readable text is nothing (keys, digests
and pictures are full of such runs); the decoded text is never longer than its stretch, so
the cost stays linear.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Decoded", "find_encoded"]

_READABLE_SHARE: Final = 0.95
_LEAST_CHARS: Final = 10
"""A shorter decoded text cannot say much."""
_LEAST_CUES: Final = 2
"""How many different disguised little words make a line suspicious."""

_WORDS_13: Final = frozenset(
    "gur naq lbhe lbh bs sebz jvgu vf guvf gung nyy abg qb va ba nf or ner jung ubj".split()
)
_WORDS_BACK: Final = frozenset(
    "eht dna ruoy uoy morf htiw siht taht lla ton erongi etirw snoitcurtsni fo ni".split()
)
"""Little words as they look in ROT13 and backwards; none is an English word but "or"."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """One encoded stretch and what it says."""

    start: int
    end: int
    encoding: str
    text: str


@dataclass(frozen=True, slots=True)
class _Codec:
    """How one encoding looks and how it is undone."""

    name: str
    pattern: re.Pattern[str]
    decode: Callable[[str], str]
    needs: tuple[str, ...]
    """Pieces one of which every telling run holds: looked for first."""
    is_one_run: bool = False
    """Whether every match holds a `_RUN`."""


def _bytes_text(data: bytes) -> str:
    if data[1::2].count(0) > len(data) // 4:
        return data.decode("utf-16-le", "replace")
    return data.decode("utf-8", "replace")


def _base64(run: str) -> str:
    plain = re.sub(r"\s", "", run).rstrip("=").translate(str.maketrans("-_", "+/"))
    if plain[1:].islower() or plain.isupper() or plain.isdigit():
        return ""
    whole = plain[: len(plain) - (len(plain) % 4 == 1)]
    return _bytes_text(base64.b64decode(whole + "=" * (-len(whole) % 4)))


def _base32(run: str) -> str:
    plain = run.rstrip("=")
    whole = plain[: len(plain) - len(plain) % 8] or plain
    return _bytes_text(base64.b32decode(whole + "=" * (-len(whole) % 8)))


def _hexadecimal(run: str) -> str:
    digits = re.sub(r"0x|\\x|[^0-9A-Fa-f]", "", run)
    return _bytes_text(bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _binary(run: str) -> str:
    bits = re.sub(r"\s", "", run)
    return _bytes_text(bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8)))


def _backslashed(run: str) -> str:
    return re.sub(r"\\(?:u|x)\{?([0-9A-Fa-f]{2,4})\}?", lambda m: chr(int(m[1], 16)), run)


def _rot13(run: str) -> str:
    return codecs.encode(run, "rot13")


_CODECS: Final = tuple(
    _Codec(name, re.compile(pattern), decode, needs, name in {"base32", "hexadecimal digits"})
    for name, pattern, decode, needs in (
        (
            "base64",
            r"[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{16,})*={0,2}",
            _base64,
            ("",),
        ),
        ("base32", r"\b[A-Z2-7]{24,}={0,6}", _base32, ("",)),
        ("hexadecimal digits", r"\b(?:0x)?(?:[0-9A-Fa-f]{2}){12,}+\b", _hexadecimal, ("20",)),
        (
            "hexadecimal",
            r"(?:\b(?:0x)?[0-9A-Fa-f]{2}[ :,]{1,2}){11,}+(?:(?:0x)?[0-9A-Fa-f]{2}\b)?",
            _hexadecimal,
            ("20 ", "20:", "20,"),
        ),
        ("hexadecimal", r"(?:\\x[0-9A-Fa-f]{2}){8,}", _hexadecimal, ("\\x",)),
        ("binary", r"(?:\b[01]{8}\b\s?){8,}+|\b[01]{64,}+\b", _binary, ("0110", "0111")),
        (
            "percent escapes",
            r"(?<![\w.,~+!'*()-])[\w.,~+!'*()-]*+%[0-9A-Fa-f]{2}[\w.,~+!'*()%-]{8,}",
            unquote,
            ("%2", "%4", "%6", "%7"),
        ),
        ("HTML escapes", r"(?:&#x?[0-9A-Fa-f]{1,6};[\w ]{0,3}){6,}", html.unescape, ("&#",)),
        ("backslash escapes", r"(?:\\u\{?[0-9A-Fa-f]{2,4}\}?){6,}", _backslashed, ("\\u",)),
    )
)
_RUN: Final = re.compile("[0-9A-Za-z]{24}")
_LINE: Final = re.compile(r"[^\n]{12,2000}")


def find_encoded(untrusted_text: str) -> Iterator[Decoded]:
    """Yield every stretch that decodes to readable text."""
    has_run = _RUN.search(untrusted_text) is not None
    for codec in _CODECS:
        if codec.is_one_run and not has_run:
            continue
        if not any(piece in untrusted_text for piece in codec.needs):
            continue
        for run in codec.pattern.finditer(untrusted_text):
            if said := _readable(codec, run.group()):
                yield Decoded(run.start(), run.end(), codec.name, said)
    yield from _disguised_lines(untrusted_text)


def _readable(codec: _Codec, run: str) -> str:
    """Return what the run says, or "" when it says nothing."""
    try:
        said = codec.decode(run)
    except (binascii.Error, ValueError):
        return ""
    if len(said) < _LEAST_CHARS or said == run:
        return ""
    plain = sum(c.isprintable() or c in "\r\n\t" for c in said) - said.count("\ufffd")
    return said if plain >= _READABLE_SHARE * len(said) else ""


def _disguised_lines(text: str) -> Iterator[Decoded]:
    """Yield lines in which ROT13 or reversed little words stand where plain ones would."""
    words = set(text.lower().split())
    for name, cues, undo in (("ROT13", _WORDS_13, _rot13), ("reversed text", _WORDS_BACK, _back)):
        if len(words & cues) < _LEAST_CUES:
            continue
        for line in _LINE.finditer(text):
            if len(cues.intersection(line.group().lower().split())) >= _LEAST_CUES:
                yield Decoded(line.start(), line.end(), name, undo(line.group()))


def _back(line: str) -> str:
    return line[::-1]
