"""Ages, user names and coordinates: small facts that point at a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["AgeRecognizer", "CoordinateRecognizer", "UsernameRecognizer"]

_AGE_NUMBER: Final = r"(?:1[01]\d|[1-9]?\d)"
_AGE = re.compile(
    rf"\b(?:aged?|age of|ages|turn(?:ed|ing|s)?|age is|age was|i'm|i am|he is|she is|he's|she's)"
    rf"[ \t]*[:=]?[ \t]*[\"']?(?P<a>{_AGE_NUMBER})(?=[ \t]*(?:years?|yrs?|y/?o\b|months?)|[\s.,;:!?)\"'}}]|$)"
    rf"|(?<![0-9A-Za-z.,$€£])(?P<b>{_AGE_NUMBER}[ \-]?(?:years?|yrs?|year|month|week|day)s?[ \-](?:old|of age))\b"
    rf"|(?<![0-9A-Za-z.,$€£])(?P<c>{_AGE_NUMBER} ?(?:y/?o|yo|jahre alt|ans|años|anni))\b",
    re.IGNORECASE,
)
_BARE_VERBS: Final = ("turn", "i'm", "i am", "he ", "she ", "he's", "she's")


class AgeRecognizer(Recognizer):
    """Finds a person's age."""

    name = "age"
    entity_types = (EntityType.AGE,)
    cues: ClassVar[Mapping[str, Iterable[str]]] = {
        "age": (
            "age", "aged", "ages", "years", "year", "yrs", "yr", "yo", "y/o", "old", "turned",
            "turning", "turns", "turn", "i'm", "i am", "he is", "she is", "he's", "she's",
            "month", "months", "jahre alt", "ans", "años", "anni", "weeks", "days", "week", "day",
        )
    }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        text = scan.text
        last = 0
        for cue in scan.cues.of("age"):
            if cue.end <= last:
                continue
            for match in _AGE.finditer(text, max(last, cue.start - 12), cue.end + 20):
                start, end = match.span(match.lastgroup or 0)
                last = match.end()
                bare = match["a"] and match.group().lower().startswith(_BARE_VERBS)
                if bare and not 13 <= int(match["a"]) <= 110:
                    continue
                score = 0.6 if bare else 0.85
                yield Match(start, end, EntityType.AGE, score, self.name, "a number said as an age")


_LABELLED_USER = re.compile(
    r"(?:user[ _\-]?names?|user|login|log[ -]?in|screen ?name|handle|nick(?:name)?|account name|uid"
    r"|github|gitlab|twitter|instagram|telegram|skype|discord|snapchat|tiktok|reddit|steam|linkedin)"
    r"(?:[ _]?(?:id|name|handle|account|user))?[\"']?[ \t]*(?:is|was|[:=]|als|:=)[ \t]*[\"'`]?@?"
    r"(?P<name>[A-Za-z0-9][\w.\-]{2,30}[\w])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@/.:`\\])@(?P<name>[A-Za-z_][A-Za-z0-9_.]{2,29})(?![\w/(@])")
_PLAIN: Final = frozenset(
    """media import param params return returns throws since see version author deprecated override
    property staticmethod classmethod dataclass pytest test tests todo fixme example link code keyframes
    charset font-face page supports layer namespace include apply tailwind component autowired
    service bean entity table column id nullable inject input output ngmodule types latest next
    beta alpha file brief note warning section internal private public protected static final abstract
    everyone here channel all mention interface implements extends type typedef default readonly
    none null true false unknown required optional string admin root guest anonymous not the and
    is was for from name password email are has had can will invalid valid error failed success
    noun verb end begin""".split()
)


class UsernameRecognizer(Recognizer):
    """Finds user names after a label, and @handles in running text."""

    name = "username"
    entity_types = (EntityType.USERNAME,)
    cues: ClassVar[Mapping[str, Iterable[str]]] = {
        "user": (
            "user", "username", "usernames", "user_name", "login", "log in", "screen name",
            "screenname", "handle", "nick", "nickname", "account name", "uid", "github", "gitlab",
            "twitter", "instagram", "telegram", "skype", "discord", "snapchat", "tiktok",
            "reddit", "steam", "linkedin", "log-in", "user name",
        )
    }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        last = 0
        for cue in scan.cues.of("user"):
            match = _LABELLED_USER.match(scan.text, cue.start, cue.end + 60)
            if match and cue.start >= last and _is_username(match["name"]):
                last = match.end()
                yield Match(
                    *match.span("name"), EntityType.USERNAME, 0.8, self.name,
                    f"after the cue “{cue.word}”",
                )  # fmt: skip
        if "@" in scan.text:
            yield from self._handles(scan.text)

    def _handles(self, text: str) -> Iterator[Match]:
        for match in _HANDLE.finditer(text):
            if match["name"].lower() in _PLAIN or _is_decorator(text, match):
                continue
            yield Match(
                *match.span(), EntityType.USERNAME, 0.7, self.name, "a handle with its @"
            )


def _is_username(name: str) -> bool:
    return name.lower() not in _PLAIN and not name.isdigit()


def _is_decorator(text: str, match: re.Match[str]) -> bool:
    """Whether it stands alone on its line, as decorators and annotations in code do."""
    end = text.find("\n", match.end())
    rest = text[match.end() : match.end() + 80 if end < 0 else end].strip()
    line = text[max(0, match.start() - 80) : match.start()].rpartition("\n")[2]
    is_first = not line.strip(" \t*/#")
    return is_first and (not rest or not rest[0].isalpha() or line.strip() != "")


_DECIMAL: Final = r"[-+]?(?:\d{1,2}|1[0-7]\d)\.\d{3,15}"
_PAIR = re.compile(
    rf"(?<![\w.,])(?P<lat>{_DECIMAL}) ?° ?[NS]?(?:[,;/ ] ?)(?P<lon>{_DECIMAL}) ?° ?[EWO]?(?![\w.])"
    rf"|(?<![\w.,])(?P<lat2>[-+]?\d{{1,2}}\.\d{{4,15}}), ?(?P<lon2>[-+]?\d{{1,3}}\.\d{{4,15}})(?![\w.])"
    r"|(?<!\w)\d{1,2} ?° ?\d{1,2} ?['′] ?(?:\d{1,2}(?:\.\d+)? ?(?:[\"″]|'') ?)?[NS],?;? ?"
    r"\d{1,3} ?° ?\d{1,2} ?['′] ?(?:\d{1,2}(?:\.\d+)? ?(?:[\"″]|'') ?)?[EWO](?!\w)"
)
_LABELLED_COORDINATE = re.compile(
    r"(?:lat(?:itude)?|lon(?:gitude)?|lng|long)[\"']?[ \t]*[:=]?[ \t]*[\"']?"
    r"(?P<value>[-+]?\d{1,3}\.\d{2,15})",
    re.IGNORECASE,
)


class CoordinateRecognizer(Recognizer):
    """Finds places on the globe given as numbers."""

    name = "coordinates"
    entity_types = (EntityType.PLACE,)
    cues: ClassVar[Mapping[str, Iterable[str]]] = {
        "coordinates": ("lat", "latitude", "lon", "longitude", "lng", "long")
    }

    def find(self, scan: Scan) -> Iterator[Match]:
        for cue in scan.cues.of("coordinates"):
            match = _LABELLED_COORDINATE.match(scan.text, cue.start, cue.end + 30)
            if match and abs(float(match["value"])) <= 180:
                start, end = match.span("value")
                yield self._found(start, end, f"a degree after “{cue.word}”")
        if "." in scan.text or "°" in scan.text:
            for match in _PAIR.finditer(scan.text):
                latitude = match["lat"] or match["lat2"] or "0"
                longitude = match["lon"] or match["lon2"] or "0"
                if abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180:
                    yield self._found(*match.span(), "a pair of degrees")

    def _found(self, start: int, end: int, reason: str) -> Match:
        return Match(start, end, EntityType.PLACE, 0.75, self.name, reason, "coordinates")
