"""User names: after a label, or with an "@" in running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.machine_text import is_on_a_line_of_code
from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["UsernameRecognizer"]

_AFTER_LABEL = re.compile(
    r"(?:[ _]?(?:id|name|handle|account))?"
    r"(?P<link>[\"']?[ \t]*(?:is|was|als|ist|lautet|es|est|è|é|:=|[:=])[ \t]*|[ \t]+)"
    r"(?P<quote>[\"'`]?)@?(?P<name>(?P<domain>[A-Za-z][\w\-]{1,20}\\(?!\\))?"
    r"[A-Za-z0-9][\w.\-]{2,30}\w)(?![\w(\[\\]|\.\w)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@(?<![\w@/.:`\\]@)(?P<name>[A-Za-z_][A-Za-z0-9_.]{1,28}\w)(?![\w/(@])")
_SAID: Final = ("is", "was", "als", "ist", "lautet", "es", "est", "è", "é")
_LOGGED_IN: Final = (
    "accepted publickey for", "accepted password for", "failed password for", "invalid user",
    "session opened for user", "session closed for user", "disconnected from user",
    "authentication failure for", "logged in as", "su for", "login failed for user",
)  # fmt: skip
_IN_A_LOG = re.compile(
    r"[ ](?P<quote>[\"'])?(?:invalid user )?(?P<name>[A-Za-z][\w.\-]{0,30}\w)(?(quote)(?P=quote)|)"
    r"(?=(?P<sequel> (?:from |port |by \(|by \w+\(|\[preauth)|\(|[ \t]*(?:\n|\Z))|[\s\"',:;.]|\Z)"
)
"""The sequel is what only a log has after a name."""
_NO_LOGIN: Final = frozenset(
    """inactivity timeout token input session credentials help usual normal expected before
    requested instructed follows directed soon data request agent input""".split()
)
_IN_A_CHAT = re.compile(
    r"\n[ \t]*\[?\d\d?:\d\d(?P<seconds>:\d\d)?(?: ?[AP]M)?\]?[ \t]+(?P<open><)?@?"
    r"(?P<name>[A-Za-z][\w.\-]{2,31})(?(open)>|:[ \t])"
)
_CONTAINER = re.compile(r".*-\d+")
_LOGGER = re.compile(r"[a-z]+(?:\.[a-z_]+)+")
_ON_A_COMMAND_LINE = re.compile(
    r"[^\n]{0,96}?[ ](?:-u|-U|-l|--user|--username)(?:[ ]|=|(?=[A-Za-z]))[\"']?"
    r"(?P<name>[A-Za-z][\w.\-]{1,31})(?=[\s\"':]|\Z)"
)
_PROSE = re.compile(r"(?<![-\w/.])(?:the|an?|to|with|and|using|your|its)[ ]")
_NO_USER: Final = frozenset("flag option switch parameter argument or to as if".split())
_COMMANDS: Final = ("mysql", "mysqldump", "mariadb", "psql", "curl", "ssh", "mongosh", "ldapsearch")
_INITIAL_AND_SURNAME = re.compile(
    r"[a-z]\.(?!(?:name|email|password|login|role|status|active|created|group|account|get|set|id)\b)"
    r"[a-z]{4,}(?:\.(?!(?:py|[jt]sx?|md|txt|json|ya?ml|html?|css|xml|csv|log|cfg|ini|com|org|net)\b)"
    r"[a-z]{2,})?"
)
_TELLING = re.compile(r"[0-9_.\-]")
_FOREIGN: Final = frozenset(
    {
        "benutzername",
        "benutzerkennung",
        "nutzername",
        "identifiant",
        "nom d'utilisateur",
        "nombre de usuario",
        "usuario",
        "nome utente",
        "gebruikersnaam",
        "nome de usuário",
        "användarnamn",
        "brukernavn",
        "brugernavn",
        "nazwa użytkownika",
        "kullanıcı adı",
        "微信",
        "微信号",
        "微博",
        "用户名",
        "账号",
        "ユーザー名",
        "아이디",
    }
)
_SURE_LABELS: Final = _FOREIGN | {
    "username",
    "usernames",
    "user name",
    "screen name",
    "screenname",
    "user_name",
    "handle",
}
_SURE_SAID: Final = _SURE_LABELS - _FOREIGN
_LABELS: Final = (
    "user", "username", "usernames", "user_name", "user name", "login", "log in", "log-in",
    "screen name", "screenname", "handle", "nick", "nickname", "account name", "uid", "github",
    "gitlab", "twitter", "instagram", "telegram", "skype", "discord", "snapchat", "tiktok",
    "reddit", "steam", "linkedin", "snap", "insta", "gamertag", "psn", "battletag", "screen id",
    *sorted(_SURE_LABELS),
)  # fmt: skip
_SOCIAL: Final = (
    "twitter", "instagram", "telegram", "mastodon", "tiktok", "snapchat", "discord", "follow",
    "followed", "handle", "tweet", "tweeted", "dm", "tagged", "mention", "mentioned", "retweet",
    "rt", "via", "dms", "insta", "threads", "bluesky", "slack",
)  # fmt: skip
_PLAIN: Final = frozenset(
    """media import param params return returns throws since see version author deprecated override
    property staticmethod classmethod dataclass pytest test tests todo fixme example link code
    keyframes charset font-face page supports layer namespace include apply tailwind component
    autowired service bean entity table column id nullable inject input output ngmodule types
    latest next beta alpha file brief note warning section internal private public protected
    static final abstract everyone here channel all mention interface implements extends type
    typedef default readonly none null true false unknown required optional string admin root
    guest anonymous not the and is was for from name password email are has had can will invalid
    valid error failed success noun verb end begin also already only still never always being
    required provided expected given needed ignored stored created deleted changed removed taken
    invoked""".split()
)


class UsernameRecognizer(Recognizer):
    """Finds user names after a label, and @handles in running text."""

    name = "username"
    entity_types = (EntityType.USERNAME,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The words that speak of one."""
        return {
            "user": _LABELS, "social": _SOCIAL, "user:log": _LOGGED_IN, "user:command": _COMMANDS,
        }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands there."""
        last = 0
        for cue in scan.cues.of("user"):
            match = _AFTER_LABEL.match(scan.text, cue.end, cue.end + 60)
            if match and cue.start >= last and _is_username(match, cue.word):
                last = match.end()
                yield Match(
                    *match.span("name"), EntityType.USERNAME, 0.8, self.name,
                    f"after the cue “{cue.word}”",
                )  # fmt: skip
        for cue in scan.cues.of("user:log"):
            match = _IN_A_LOG.match(scan.text, cue.end, cue.end + 48)
            if match and _is_logged(match):
                reason = f"after “{cue.word}”, as logs have it"
                yield Match(*match.span("name"), EntityType.USERNAME, 0.8, self.name, reason)
        for cue in scan.cues.of("user:command"):
            match = _ON_A_COMMAND_LINE.match(scan.text, cue.end, cue.end + 160)
            if match and _is_given(match):
                reason = f"given to “{cue.word}” as the user"
                yield Match(*match.span("name"), EntityType.USERNAME, 0.75, self.name, reason)
        for match in _speakers(scan.text):
            reason = "who speaks, after the time of a chat"
            yield Match(*match.span("name"), EntityType.USERNAME, 0.7, self.name, reason)
        if "@" in scan.text:
            yield from self._handles(scan)

    def _handles(self, scan: Scan) -> Iterator[Match]:
        for match in _HANDLE.finditer(scan.text):
            name = match["name"]
            if name.lower() in _PLAIN or _is_decorator(scan.text, match):
                continue
            if is_on_a_line_of_code(scan.text, *match.span()):
                continue
            cue = scan.cues.near("social", *match.span())
            if not cue and not re.search(r"\d|\w\.\w", name):
                continue
            reason = f"a handle with its @, cue “{cue}”" if cue else "a handle with its @"
            yield Match(*match.span(), EntityType.USERNAME, 0.7, self.name, reason)


def _is_logged(match: re.Match[str]) -> bool:
    """Whether a log names somebody, rather than prose going on ("logged in as soon as")."""
    name = match["name"].lower()
    if name in _PLAIN or name in _NO_LOGIN:
        return False
    return bool(match["quote"] or match["sequel"] or _TELLING.search(name))


def _is_given(match: re.Match[str]) -> bool:
    """Whether a command line gives a user, rather than a sentence that speaks of its options."""
    name = match["name"].lower()
    return name not in _PLAIN and name not in _NO_USER and not _PROSE.search(match.group())


def _speakers(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines of a chat: a log, which gives seconds, has programs where a chat has people.

    With seconds, a speaker stands in <> or is one of two or more.
    """
    lines = [m for m in _IN_A_CHAT.finditer(text) if _TELLING.search(m["name"])]
    people = [m for m in lines if m["open"] or not _is_program(m)]
    several = len({m["name"].rstrip("0123456789") for m in people}) > 1
    for match in people:
        has_figure = any(c.isdigit() for c in match["name"])
        if match["open"] or not match["seconds"] or (several and has_figure):
            yield match


def _is_program(match: re.Match[str]) -> bool:
    """Whether a container ("nginx-1") speaks, or a logger ("app.main") to the second."""
    name = match["name"]
    is_logger = match["seconds"] is not None and _LOGGER.fullmatch(name) is not None
    return is_logger or _CONTAINER.fullmatch(name) is not None


def _is_username(match: re.Match[str], label: str) -> bool:
    """Whether what follows a label is a value rather than the next word of a sentence."""
    name = match["name"]
    if name.lower() in _PLAIN or name.isdigit() or name.startswith(("self.", "this.", "os.")):
        return False
    is_telling = bool(_TELLING.search(name))
    if match["domain"]:
        return True
    if not match["link"].strip():
        is_initialled = _INITIAL_AND_SURNAME.fullmatch(name)
        return is_telling and (label in _FOREIGN or bool(is_initialled))
    if is_telling:
        return True
    is_said = match["link"].strip().lower() in _SAID
    if is_said:
        return label in _SURE_SAID
    return bool(match["quote"]) or (label in _SURE_LABELS and "=" not in match["link"])


def _is_decorator(text: str, match: re.Match[str]) -> bool:
    """Whether it stands alone on its line, as decorators and annotations in code do."""
    end = text.find("\n", match.end())
    rest = text[match.end() : match.end() + 80 if end < 0 else end].strip()
    line = text[max(0, match.start() - 80) : match.start()].rpartition("\n")[2]
    is_first = not line.strip(" \t*/#")
    return is_first and (not rest or not rest[0].isalpha() or line.strip() != "")
