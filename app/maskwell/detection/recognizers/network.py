"""Addresses of machines: IPv4, IPv6 and MAC."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["VERSION_CUES", "IpRecognizer", "MacRecognizer"]

VERSION_CUES: Final = (
    "version", "versions", "ver", "v", "release", "section", "chapter", "firmware", "build",
    "fixed in", "since", "python", "figure", "table", "clause", "article", "paragraph",
)  # fmt: skip
_IPV4_SHAPE = re.compile(r"9{1,3}(?:\.9{1,3}){3}(?:/99?)?")
_IPV6_PIECE = re.compile(r"[0-9A-Fa-f:]{0,45}\Z")
_IPV6_REST = re.compile(r"[0-9A-Fa-f:]{0,45}(?:\.\d{1,3}){0,3}")
_IPV6_INNER = re.compile(r":(?:[0-9A-Fa-f]{1,4}:){6}")
"""What every full address holds; looked for first, because a colon is quick to find."""
_IPV6_FULL = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![\w:])")
_UNTOLD: Final = frozenset(
    {"0.0.0.0", "127.0.0.1", "255.255.255.255", "255.255.255.0", "::", "::1"}  # noqa: S104  # told apart, not bound
)


class IpRecognizer(Recognizer):
    """Finds IPv4 and IPv6 addresses; loopback, masks and "any" tell nothing and are left."""

    name = "ip"
    entity_types = (EntityType.IP,)
    wants_shapes = True

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """Words before numbers in dots that are no addresses."""
        return {"version": VERSION_CUES}

    def wants(self, shape: str) -> bool:
        """Whether it is four numbers in dots."""
        return bool(_IPV4_SHAPE.fullmatch(shape))

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the addresses of both kinds."""
        text = scan.text
        for start, end, _ in scan.atoms(self.name):
            value = text[start:end].partition("/")[0]
            if value in _UNTOLD or max(map(int, value.split("."))) > 255:
                continue
            if start and text[start - 1] in "_.-v":
                continue
            if not scan.cues.near("version", start, end, before=7, after=0):
                yield Match(start, end, EntityType.IP, 0.9, self.name, "four bytes in dots", "v4")
        if "::" in text:
            yield from self._shortened(text)
        if _IPV6_INNER.search(text):
            for match in _IPV6_FULL.finditer(text):
                yield self._found(*match.span())

    def _shortened(self, text: str) -> Iterator[Match]:
        at = text.find("::")
        while at >= 0:
            before = _IPV6_PIECE.search(text, max(0, at - 45), at)
            after = _IPV6_REST.match(text, at + 2)
            start = before.start() if before else at
            end = after.end() if after else at + 2
            if end - start > 3 and _is_ipv6(text, start, end):
                yield self._found(start, end)
            at = text.find("::", max(end, at + 2))

    def _found(self, start: int, end: int) -> Match:
        return Match(start, end, EntityType.IP, 0.9, self.name, "a valid IPv6 address", "v6")


def _is_ipv6(text: str, start: int, end: int) -> bool:
    is_joined = (start and text[start - 1].isalnum()) or text[end : end + 1].isalnum()
    value = text[start:end]
    is_slice = not re.search("[0-9A-Fa-f]{3}", value)
    if is_joined or is_slice or value in _UNTOLD or not any(c.isdigit() for c in value):
        return False
    try:
        IPv6Address(value)
    except AddressValueError:
        return False
    return True


_MAC_MIDDLE = tuple(
    re.compile(rf"{s}[0-9A-Fa-f]{{2}}{s}[0-9A-Fa-f]{{2}}{s}[0-9A-Fa-f]{{2}}{s}[0-9A-Fa-f]{{2}}"
               rf"{s}[0-9A-Fa-f]{{2}}(?![0-9A-Za-z{s}])")
    for s in (":", "-")
)  # fmt: skip
_CISCO = re.compile(
    r"(?<![0-9A-Za-z.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![0-9A-Za-z.])"
)
_EMPTY_MACS: Final = frozenset({"000000000000", "ffffffffffff"})
_HEX: Final = frozenset("0123456789abcdefABCDEF")


class MacRecognizer(Recognizer):
    """Finds hardware addresses of 48 bits."""

    name = "mac"
    entity_types = (EntityType.MAC,)
    wants_shapes = True

    def wants(self, shape: str) -> bool:
        """Whether it is three groups of four in dots."""
        return len(shape) == 14 and shape[4] == shape[9] == "."

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield pairs of hexadecimal digits with ":" or "-", or groups of four with "."."""
        text = scan.text
        for middle in _MAC_MIDDLE:
            for match in middle.finditer(text):
                start = match.start() - 2
                if start >= 0 and set(text[start : start + 2]) <= _HEX and not (
                    start and (text[start - 1].isalnum() or text[start - 1] in ":-")
                ):  # fmt: skip
                    yield from self._judge(text, start, match.end())
        for begin, end, _ in scan.atoms(self.name):
            if _CISCO.match(text, begin):
                yield from self._judge(text, begin, end)

    def _judge(self, text: str, start: int, end: int) -> Iterator[Match]:
        value = re.sub(r"[:.\-]", "", text[start:end]).lower()
        if value not in _EMPTY_MACS and not (value.isdigit() and "." in text[start:end]):
            yield Match(start, end, EntityType.MAC, 0.9, self.name, "six bytes in hexadecimal")
