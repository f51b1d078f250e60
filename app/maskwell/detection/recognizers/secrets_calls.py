"""Passwords given to a call whose name says what its arguments are.

`SetBasicAuth("admin", "x")`, `mysqli_connect("host", "root", "x")`, `jwt.sign(claims, "x")`:
no name stands beside the value, only its place in the call does. Arguments are read one by
one and stay on a line or two; an argument that is no literal is passed over, never believed.
"""

from __future__ import annotations

import re
from typing import Final

from maskwell.detection.recognizers.secrets_values import is_placeholder, is_random, is_reference

__all__ = ["CALLS", "CHARACTERS", "called_secret", "characters_secret"]

_STRICT: Final = {
    "basicauth(": (1,), "basic_auth(": (1,), "digestauth(": (1,), "digest_auth(": (1,),
    "networkcredential(": (1,), "passwordcredentials(": (1,), "passwordauthentication(": (1,),
    "authenticationtoken(": (1,), "mysqli_connect(": (2,), "mysql_connect(": (2,),
    "real_connect(": (3, 2), "getconnection(": (2, 1), "new pdo(": (2,), "plainauth(": (2,),
    "auth=(": (1,), "auth = (": (1,), "dbi->connect(": (2,), "wifi.begin(": (1,),
}  # fmt: skip
_LOOSE: Final = {
    "login(": (1,), "login_as(": (1,), "log_in_as(": (1,), "ftp_login(": (2,), "logon(": (1,),
    "sign_in(": (1,), "signin(": (1,), "create_user(": (2, 1), "createuser(": (2, 1),
    "create_superuser(": (2,), "credentials(": (3, 1), "authenticate(": (1,), "basic(": (1,),
    "jwt.sign(": (1,), "jwt.encode(": (1,), "jwt.verify(": (1,), "jwt.decode(": (1,),
    "createhmac(": (1,), "cookieparser(": (0,), ".auth(": (1,), "hmac.new(": (0,),
    "fernet(": (0,), "secretkeyspec(": (0,),
    "ldap_bind(": (2,), "simple_bind_s(": (1,), "imap_open(": (2,), "database(": (2,),
}  # fmt: skip
_RANDOM: Final = {"client(": (1,)}
CALLS: Final = {**_STRICT, **_LOOSE, **_RANDOM}
"""A call's name in lower case, and where (from 0) its secret may stand, the first that does."""

_MOST_ARGUMENTS = 5
_LEAST_CHARS = 4
_LEAST_DRAWN_CHARS = 16
CHARACTERS: Final = ".tochararray("
_LINE_CHARS = 200
_LITERAL_BEFORE = re.compile(r"\"(?P<value>[^\"\s]{4,40})\"\Z")
_OPENS = re.compile(r"(?i)pass|pwd|secret|store|key|\.load|pbe|cert|authent")
_ARGUMENT = re.compile(
    r"""\s{0,40}(?:Some\(|new\s)?(?:
        [bruBRU@$]{0,2}(?P<quote>["'])(?P<value>(?:\\.|(?!(?P=quote))[^\\\n]){0,200})(?P=quote)\)?
        (?:\.(?:getBytes|toCharArray|encode|to_vec|into|to_string|as_bytes)\([^()\n]{0,20}\))?
        |\{[^{}\n]{0,200}\}|[\w.$&*:>\-\[\]@?!]{1,60}(?:\([^()\n]{0,80}\))?)
        \s{0,40}(?P<next>[,)])""",
    re.VERBOSE,
)


def called_secret(text: str, at: int, name: str) -> tuple[int, int, float] | None:
    """Return (start, end, score) of the secret in the call whose arguments begin at `at`."""
    spans = _arguments(text, at)
    is_strict = name in _STRICT
    least = _LEAST_DRAWN_CHARS if name in _RANDOM else _LEAST_CHARS
    for place in CALLS[name]:
        if place >= len(spans):
            continue
        span = spans[place]
        if span is None:
            return None
        value = text[slice(*span)]
        if len(value) < least or not _is_believed(value, is_strict=is_strict):
            continue
        if name in _RANDOM and not is_random(value):
            continue
        return *span, 0.9 if is_strict else 0.8
    return None


def characters_secret(text: str, at: int) -> tuple[int, int, float] | None:
    """Return the literal before `.toCharArray` at character `at`, where a line opens something.

    Java takes passwords as arrays of characters, and little else.
    """
    low = max(0, at - _LINE_CHARS)
    head = text[low:at].rpartition("\n")[2]
    match = _LITERAL_BEFORE.search(head)
    if match is None or not _OPENS.search(head, 0, match.start()):
        return None
    value = match["value"]
    if not _is_believed(value, is_strict=False):
        return None
    start = at - len(head) + match.start("value")
    return start, start + len(value), 0.85


def _arguments(text: str, at: int) -> list[tuple[int, int] | None]:
    """Return where each literal argument stands (characters), None for any other argument."""
    spans: list[tuple[int, int] | None] = []
    while len(spans) < _MOST_ARGUMENTS:
        match = _ARGUMENT.match(text, at)
        if match is None:
            break
        spans.append(match.span("value") if match["quote"] else None)
        at = match.end()
        if match["next"] == ")":
            break
    return spans


def _is_believed(value: str, *, is_strict: bool) -> bool:
    if any(c.isspace() for c in value) or is_placeholder(value):
        return False
    if is_random(value):
        return True
    if is_reference(value):
        return False
    if is_strict:
        return True
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value) and "/" not in value
