"""Passwords given to a program by its own flag: `curl -u a:b`, `redis-cli -a x`.

A flag of one letter means something else to every program, so each program's own form is
asked for, and only on the command line its name stands in.
"""

from __future__ import annotations

import re
from typing import Final

from maskwell.detection.recognizers.secrets_values import is_placeholder

__all__ = ["COMMANDS", "commanded_secret"]

_LINE_CHARS = 400
_HEAD_CHARS = 120
_LEAST_CHARS = 3
_VALUE: Final = (
    r"""(?P<value>(?<=")[^"$`<{][^"\n`]{1,79}(?=")|(?<=')[^'$<{][^'\n]{1,79}(?=')"""
    r"""|[^\s"'`$<>{}|;&%(\\](?:[^\s"'`<>|;&]|&(?![\s&])){1,79})"""
)
_FLAG: Final = r"""(?:^|[\s"',])"""


def _by(flags: str, *, glued: str = r"[ \t=]{1,3}") -> str:
    return rf"""{_FLAG}(?:{flags}){glued}["']?{_VALUE}"""


_LOGIN = _by("-p|--password")
_BIND = _by("-w", glued=r"[ \t]{0,3}")
_UPPER_P = _by("-P(?!assw)", glued=r"[ \t]{0,3}")
_PERCENT = rf"""{_FLAG}(?:-U|--user)[ \t=]{{0,2}}["']?[\w\\/.@-]{{1,60}}%{_VALUE}"""
_PIPED = rf"""echo[ \t]+(?:-n[ \t]+)?["']?{_VALUE}["']?[ \t]*\|[^|\n]{{0,40}}"""

_FORMS: Final = {
    "curl": r"""(?:^|\s)(?:-[a-zA-Z]{0,5}[uU]|--user|--proxy-user)[ \t=]{0,2}"""
    r"""["']?[^\s:"'$<{]{1,60}:""" + _VALUE,
    "http -a": _by(r"-a", glued=r"[ \t]{1,3}[^\s:\"'$]{1,40}:"),
    "docker login": _LOGIN,
    "podman login": _LOGIN,
    "registry login": _LOGIN,
    "oc login": _LOGIN,
    "az login": _LOGIN,
    "redis-cli": _by("-a"),
    "ldapsearch": _BIND,
    "ldapadd": _BIND,
    "ldapmodify": _BIND,
    "ldapdelete": _BIND,
    "ldapwhoami": _BIND,
    "htpasswd": r"""-\w{0,4}b\w{0,4}[ \t]+(?:-\w+[ \t]+)*(?:[\w./$-]+[ \t]+){1,2}"""
    rf"""["']?{_VALUE}["']?[ \t]*(?:$|[|;&>#)])""",
    "sshpass": _by("-p", glued=r"[ \t]{0,3}"),
    "smbclient": _PERCENT,
    "rpcclient": _PERCENT,
    "net use": rf"""/user:\S{{1,60}}[ \t]+["']?{_VALUE}"""
    r"""|\\\\\S+[ \t]+(?!/)(?P<first>\S{3,60})[ \t]+/user:""",
    "xfreerdp": _by("/p", glued=":"),
    "mosquitto_": _by("-P"),
    "mongodump": _LOGIN,
    "mongorestore": _LOGIN,
    "mongo -u": _LOGIN,
    "mongosh": _LOGIN,
    "sqlcmd": _UPPER_P,
    "ipmitool": _UPPER_P,
    "unzip": _UPPER_P,
    "rabbitmqctl": rf"(?:add_user|change_password)[ \t]+\S{{1,60}}[ \t]+[\"']?{_VALUE}",
    "mc alias": rf"alias set[ \t]+\S+[ \t]+\S+[ \t]+\S+[ \t]+[\"']?{_VALUE}",
    "sudo -s": _PIPED + r"\bsudo[ \t]+-S",
    "--stdin": _PIPED + r"--stdin",
    "chpasswd": r"""echo[ \t]+(?:-e[ \t]+)?["']?[\w.-]{1,40}:(?P<first>[^\s"'$`{]{3,80})"""
    r"""["']?[ \t]*\|[^|\n]{0,40}chpasswd""",
    "convertto-securestring": rf"""(?:-String[ \t]+)?(?<=[ \t(])["']{_VALUE}["']""",
    "snmp-server community": rf"community[ \t]+{_VALUE}",
    "rocommunity": rf"r[ow]community6?[ \t]+{_VALUE}",
    "rwcommunity": rf"r[ow]community6?[ \t]+{_VALUE}",
}  # fmt: skip
COMMANDS: Final = {name: re.compile(form) for name, form in _FORMS.items()}
"""A program's name in lower case, and the form in which it is given a password."""

_DEFAULTS = frozenset({"public", "private", "username", "pass", "password"})


def commanded_secret(text: str, at: int, name: str) -> tuple[tuple[int, int, float] | None, int]:
    """Return the password of the command line `name` stands in at `at`, and where reading ended.

    The password comes as (start, end, score); the same name need not be asked again before
    the second number (characters).
    """
    low = max(text.rfind("\n", max(0, at - _HEAD_CHARS), at) + 1, at - _HEAD_CHARS, 0)
    end = _line_end(text, at)
    match = COMMANDS[name].search(text, low, end)
    if match is None:
        return None, end
    which = "first" if match.groupdict().get("first") else "value"
    value = match[which]
    if len(value) < _LEAST_CHARS or value.lower() in _DEFAULTS or is_placeholder(value):
        return None, match.end()
    return (*match.span(which), 0.9), max(match.end(), at + 1)


def _line_end(text: str, at: int) -> int:
    """Return the end of the command, which a backslash carries over to the next line."""
    most = min(len(text), at + _LINE_CHARS)
    end = text.find("\n", at, most)
    while end > 0 and text[end - 1] == "\\":
        end = text.find("\n", end + 1, most)
    return most if end < 0 else end
