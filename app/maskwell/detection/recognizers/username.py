"""User names: after a label, or with an "@" in running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["UsernameRecognizer"]

_LABELLED_USER = re.compile(
    r"(?:[ _]?(?:id|name|handle|account|user))?[\"']?[ \t]*(?:is|was|[:=]|als|:=)[ \t]*[\"'`]?@?"
    r"(?P<name>[A-Za-z0-9][\w.\-]{2,30}[\w])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@/.:`\\])@(?P<name>[A-Za-z_][A-Za-z0-9_.]{2,29})(?![\w/(@])")
_PLAIN: Final = frozenset(
    """media import param params return returns throws since see version author deprecated override
    property staticmethod classmethod dataclass pytest test tests todo fixme example link code
    keyframes charset font-face page supports layer namespace include apply tailwind component
    autowired service bean entity table column id nullable inject input output ngmodule types
    latest next beta alpha file brief note warning section internal private public protected
    static final abstract everyone here channel all mention interface implements extends type
    typedef default readonly none null true false unknown required optional string admin root
    guest anonymous not the and is was for from name password email are has had can will invalid
    valid error failed success noun verb end begin""".split()
)


class UsernameRecognizer(Recognizer):
    """Finds user names after a label, and @handles in running text."""

    name = "username"
    entity_types = (EntityType.USERNAME,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The words that speak of one."""
        return {
            "user": (
                "user", "username", "usernames", "user_name", "login", "log in", "screen name",
                "screenname", "handle", "nick", "nickname", "account name", "uid", "github",
                "gitlab", "twitter", "instagram", "telegram", "skype", "discord", "snapchat",
                "tiktok",                "reddit", "steam", "linkedin", "log-in", "user name",
            )
        }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands there."""
        last = 0
        for cue in scan.cues.of("user"):
            match = _LABELLED_USER.match(scan.text, cue.end, cue.end + 60)
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
            yield Match(*match.span(), EntityType.USERNAME, 0.7, self.name, "a handle with its @")


def _is_username(name: str) -> bool:
    return name.lower() not in _PLAIN and not name.isdigit()


def _is_decorator(text: str, match: re.Match[str]) -> bool:
    """Whether it stands alone on its line, as decorators and annotations in code do."""
    end = text.find("\n", match.end())
    rest = text[match.end() : match.end() + 80 if end < 0 else end].strip()
    line = text[max(0, match.start() - 80) : match.start()].rpartition("\n")[2]
    is_first = not line.strip(" \t*/#")
    return is_first and (not rest or not rest[0].isalpha() or line.strip() != "")
