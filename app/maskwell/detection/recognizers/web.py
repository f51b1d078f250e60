"""URLs and host names: candidates are "://", "www." and endings such as ".com"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["UrlRecognizer"]

_SCHEME = re.compile(r"(?<![0-9A-Za-z])[A-Za-z][A-Za-z0-9+.\-]{1,15}\Z")
_REST = re.compile(r"[^\s<>\"'`{}|\\^\[\]]{2,2048}")
_BRACKETED_HOST = re.compile(r"\[[0-9A-Fa-f:.]+\][^\s<>\"'`{}|\\^\[\]]{0,2048}")
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_HOST_REVERSED = re.compile(r"[A-Za-z0-9.\-]{1,64}")
_HOST = re.compile(rf"(?<![\w@./\\\-])(?:{_LABEL}\.){{0,4}}{_LABEL}\Z")
_PATH_AFTER = re.compile(r"(?:\.[a-z]{2})?(?::\d{2,5})?(?:[/?#][^\s<>\"'`{}|\\^\[\]]{0,2048})?")
_REFERENCE = re.compile(
    r"(?:[a-z]{1,8}\.)?(?:w3\.org|wikipedia\.org|wikimedia\.org|python\.org|unicode\.org|ietf\.org"
    r"|rfc-editor\.org|gnu\.org|apache\.org|mozilla\.org|schema\.org|xmlsoap\.org|json-schema\.org"
    r"|opensource\.org|creativecommons\.org|iso\.org|iana\.org|openxmlformats\.org|purl\.org"
    r"|docs\.rs|readthedocs\.io|spdx\.org|semver\.org|localhost|0\.0\.0\.0|127\.0\.0\.1)"
    r"(?::\d+)?(?:/[^?@\s]*)?\Z"
)
"""Hosts of standards and manuals, and this machine: a link to them names nobody."""
_CLOSERS: Final = {")": "(", "]": "["}
_ENDINGS: Final = (
    "com", "org", "net", "edu", "gov", "mil", "info", "biz", "io", "co", "ai", "app", "dev",
    "me", "us", "uk", "ca", "au", "nz", "ie", "in", "sg", "za", "de", "fr", "es", "it", "nl",
    "be", "at", "ch", "se", "no", "dk", "fi", "pl", "pt", "cz", "gr", "hu", "ro", "eu", "br",
    "mx", "ar", "cl", "jp", "cn", "kr", "ru", "ua", "tr", "il", "tv", "online", "shop", "site",
    "tech", "xyz", "cloud", "store", "club", "blog", "health", "travel", "law", "agency",
)  # fmt: skip
_ATTRIBUTE = re.compile(r"[@(\[]|\s*=")
"""What follows an attribute or the front of an e-mail address, not a host."""
_SURE_ENDINGS: Final = frozenset({"com", "org", "net", "edu", "gov", "mil", "info", "biz"})
_OBJECTS: Final = frozenset({"self", "this", "cls", "args", "super"})
_NO_HOSTS: Final = frozenset({"asp.net", "vb.net", "ado.net", "ml.net", "system.net", "java.net"})


class UrlRecognizer(Recognizer):
    """Finds URLs of any scheme, "www." hosts, and bare hosts with a usual ending."""

    name = "url"
    entity_types = (EntityType.URL,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The endings of host names."""
        return {"host": tuple(f"*.{ending}" for ending in _ENDINGS), "www": ("www",)}

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield URLs; closing punctuation is left outside."""
        text = scan.text
        last = 0
        at = text.find("://")
        while at >= 0:
            scheme = _SCHEME.search(text, max(0, at - 17), at)
            rest = _BRACKETED_HOST.match(text, at + 3) or _REST.match(text, at + 3)
            if scheme and rest and at >= last:
                last = _without_punctuation(text, at + 3, rest.end())
                if not _REFERENCE.match(text, at + 3, last):
                    yield self._found(scheme.start(), last, "a scheme and “://”", 0.9)
            at = text.find("://", at + 3)
        yield from self._hosts(scan)

    def _hosts(self, scan: Scan) -> Iterator[Match]:
        text, last = scan.text, 0
        for cue in scan.cues.of("host"):
            host = _host_before(text, max(last, cue.start - 64), cue.start)
            if not host or _ATTRIBUTE.match(text, cue.end):
                continue
            after = _PATH_AFTER.match(text, cue.end)
            end = after.end() if after else cue.end
            is_www = host.group().lower().startswith("www.")
            if not (is_www or _reads_as_host(host.group(), cue.word, text[cue.end : end])):
                continue
            last = _without_punctuation(text, host.start(), end)
            score = 0.85 if is_www else 0.6
            yield self._found(host.start(), last, f"a host name ending in “{cue.word}”", score)

    def _found(self, start: int, end: int, reason: str, score: float) -> Match:
        return Match(start, end, EntityType.URL, score, self.name, reason)


def _host_before(text: str, low: int, end: int) -> re.Match[str] | None:
    """Return the host's front that ends at `end`: all of the run there, since no part may begin."""
    run = _HOST_REVERSED.match(text[low:end][::-1])
    return _HOST.match(text, end - run.end(), end) if run else None


def _reads_as_host(front: str, ending: str, path: str) -> bool:
    """Whether "front.ending" is a host rather than an attribute, a file or a sentence's end."""
    if (
        (front + ending).lower() in _NO_HOSTS
        or len(front) < 2
        or front.isdigit()
        or front in _OBJECTS
    ):
        return False
    if ending[1:] in _SURE_ENDINGS:
        return True
    return path.startswith("/") or front.endswith((".co", ".com", ".org", ".gov", ".ac"))


def _without_punctuation(text: str, start: int, end: int) -> int:
    while end > start:
        last = text[end - 1]
        is_unopened = last in _CLOSERS and text.count(_CLOSERS[last], start, end) < text.count(
            last, start, end
        )
        if last not in ".,;:!?*" and not is_unopened:
            break
        end -= 1
    return end
