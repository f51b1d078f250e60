"""E-mail addresses: candidates are the "@" signs; each side is read outwards from there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["EmailRecognizer"]

_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~\-]{1,64}")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.){1,8}[^\W\d_][\w\-]{0,61}[^\W_]")
_SPELT = re.compile(
    r"(?<![\w+\-])(?P<local>[\w+\-]++"
    r"(?:(?:\.| ?[\[({] ?dot ?[\])}] ?| dot | punkt | punto | point | underscore | dash | hyphen )"
    r"[\w+\-]++){0,4}+)"
    r"(?P<at> ?[\[({] ?(?:at|ät|arroba|@) ?[\])}] ?| at | arroba | chiocciola | arobase )"
    r"(?P<domain>[\w\-]++)"
    r"(?:(?:\.| ?[\[({] ?dot ?[\])}] ?| dot | punkt | punto | point | ponto )[\w\-]++){1,4}",
    re.IGNORECASE,
)
_AT_AFTER = re.compile(r" at [\w\-]+ dot ", re.IGNORECASE)
_SPELT_CUES = (
    "[at]", "(at)", "{at}", "[dot]", "(dot)", "dot com", "dot org", "dot net", "dot edu", "dot co",
    "dot io", "dot de", "punkt de", "punkt com", "punto com", "punto es", "punto it", "arroba",
    "ponto com", "arobase", "chiocciola", "point com", "point fr",
)  # fmt: skip
_SPELT_REACH = 80
_WRITTEN_TO = re.compile(
    r"(?i)(?:\b(?:e-?mail(?:ed)?|mail(?:ed)?|write|wrote|reach|contact|address)\b[^.!?\n]{0,24}?"
    r"|: ?)\Z"
)
_WRITTEN_BEFORE = 40
_NOBODY = frozenset(
    """me you him her them us it its this that these those is are was were be been out up in back
    look looks looked looking work works worked working bought sold buy order ordered shop site
    page store found live hosted available met meet everything anything something here there
    listed sign signed now only online new address mail email""".split()
)
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "every", "any", "some"})
_LEADING_NOISE = ".!#$%&'*+/=?^`{|}~-"


class EmailRecognizer(Recognizer):
    """Finds e-mail addresses, internationalised ones too."""

    name = "email"
    entity_types = (EntityType.EMAIL,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """How the sign or a dot is spelt out, to be read aloud or past a robot."""
        return {"email:spelt": _SPELT_CUES}

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the addresses around every "@"."""
        text = scan.text
        at = text.find("@")
        while at >= 0:
            span = _address_around(text, at)
            if span:
                yield Match(*span, EntityType.EMAIL, 0.95, self.name, "the shape of an e-mail")
            at = text.find("@", at + 1)
        last = 0
        for cue in scan.cues.of("email:spelt"):
            if cue.start >= last:
                low = max(last, cue.start - _SPELT_REACH)
                for match in _spelt(text, low, cue.end + _SPELT_REACH):
                    if cue.word in match.group().lower() and not _is_prose(text, match):
                        last = match.end()
                        yield Match(
                            *match.span(), EntityType.EMAIL, 0.8, self.name, "an e-mail spelt out"
                        )


def _spelt(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Yield what reads as an address; of "reach us at jo dot bo at …" the second "at" counts."""
    match = _SPELT.search(text, low, high)
    while match:
        is_local = _AT_AFTER.match(text, match.end(), high)
        if not is_local:
            yield match
        match = _SPELT.search(text, match.start("domain") if is_local else match.end(), high)


def _is_prose(text: str, match: re.Match[str]) -> bool:
    """Whether its "at" is one between words: "bought at example dot com", "at a dot com firm".

    One plain word before a plain "at" is somebody where the sentence speaks of writing.
    """
    local, domain = match["local"].lower(), match["domain"].lower()
    if match["at"].lower() != " at ":
        return False
    if local in _NOBODY or domain in _ARTICLES:
        return True
    if not local.isalpha():
        return False
    low = max(0, match.start() - _WRITTEN_BEFORE)
    return _WRITTEN_TO.search(text, low, match.start()) is None


def _address_around(text: str, at: int) -> tuple[int, int] | None:
    domain = _DOMAIN.match(text, at + 1)
    if not domain:
        return None
    local = _LOCAL.match(text[max(0, at - 64) : at][::-1])  # read towards its beginning
    if not local:
        return None
    kept = _unassigned(local.group()[::-1]).lstrip(_LEADING_NOISE)
    if not kept or kept.endswith("."):
        return None
    return at - len(kept), domain.end()


def _unassigned(local: str) -> str:
    """Leave out the name that an address is given to ("email=…"), or else a path before it."""
    assigned = max(local.rfind("="), local.rfind("|"))
    return local[(assigned if assigned >= 0 else local.rfind("/")) + 1 :]
