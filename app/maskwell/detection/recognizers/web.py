"""Addresses of the network: URLs, IPv4 and IPv6, MAC addresses."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["IpRecognizer", "MacRecognizer", "UrlRecognizer"]

_URL = re.compile(
    r"(?:\b(?:https?|ftps?|sftp|ssh|wss?|git|file|s3|gs|ldaps?|smb|rtsp|irc|magnet)://"
    r"|\bwww\d?\.(?=[\w\-]+\.))[^\s<>\"'`{}|\\^\[\]]{2,2048}",
    re.IGNORECASE,
)
_CLOSERS = {")": "(", "]": "["}


class UrlRecognizer(Recognizer):
    """Finds URLs with a scheme or "www."; closing punctuation is left outside."""

    name = "url"
    entity_types = (EntityType.URL,)

    def find(self, scan: Scan) -> Iterator[Match]:
        text = scan.text
        if "://" not in text and "www" not in scan.lower:
            return
        for match in _URL.finditer(text):
            end = _without_punctuation(text, match.start(), match.end())
            yield Match(match.start(), end, EntityType.URL, 0.9, self.name, "the shape of a URL")


def _without_punctuation(text: str, start: int, end: int) -> int:
    while end > start:
        last = text[end - 1]
        if last in ".,;:!?*":
            end -= 1
        elif last in _CLOSERS and text.count(_CLOSERS[last], start, end) < text.count(
            last, start, end
        ):
            end -= 1
        else:
            break
    return end


_IPV4 = re.compile(
    r"(?<![\w.])(?<!\d-)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)"
    r"(?:/(?:3[0-2]|[12]?\d))?(?![\w]|\.\d|-\d)"
)
_IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])")
_UNTOLD = frozenset({"0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1"})  # noqa: S104  # a list of addresses that tell nothing


class IpRecognizer(Recognizer):
    """Finds IPv4 and IPv6 addresses; loopback and "any" tell nothing and are left."""

    name = "ip"
    entity_types = (EntityType.IP,)
    cues = {"version": ("version", "ver", "v", "release", "section", "chapter", "firmware")}

    def find(self, scan: Scan) -> Iterator[Match]:
        for match in _IPV4.finditer(scan.text):
            start, end = match.span()
            if match.group() in _UNTOLD or scan.cues.near("version", start, end, before=3, after=0):
                continue
            yield Match(start, end, EntityType.IP, 0.9, self.name, "four bytes in dots", "v4")
        if "::" in scan.text or scan.text.count(":") > 6:
            yield from self._v6(scan.text)

    def _v6(self, text: str) -> Iterator[Match]:
        for match in _IPV6.finditer(text):
            value = match.group()
            if value.count(":") < 2 or len(value) < 5 or value in _UNTOLD:
                continue
            try:
                IPv6Address(value)
            except AddressValueError:
                continue
            yield Match(*match.span(), EntityType.IP, 0.9, self.name, "a valid IPv6", "v6")


_MAC = re.compile(
    r"(?<![\w:.-])(?:[0-9A-Fa-f]{2}(?P<sep>[:-])(?:[0-9A-Fa-f]{2}(?P=sep)){4}[0-9A-Fa-f]{2}"
    r"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-])"
)
_EMPTY_MACS = frozenset({"000000000000", "ffffffffffff"})


class MacRecognizer(Recognizer):
    """Finds hardware addresses of 48 bits."""

    name = "mac"
    entity_types = (EntityType.MAC,)

    def find(self, scan: Scan) -> Iterator[Match]:
        for match in _MAC.finditer(scan.text):
            if re.sub(r"\W", "", match.group()).lower() not in _EMPTY_MACS:
                yield Match(*match.span(), EntityType.MAC, 0.9, self.name, "six bytes in hex")
