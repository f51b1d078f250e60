"""Passwords and tokens written into addresses: `postgres://a:x@host`, `https://x@host`."""

from __future__ import annotations

import re
from typing import Final

from maskwell.detection.recognizers.secrets_values import is_placeholder, is_random

__all__ = ["URL_ANCHORS", "url_secrets"]

URL_ANCHORS: Final = ("://", "@tcp(", "@unix(", ":thin:")
"""Lower-case characters one of which stands in every address that holds a credential."""

_CREDENTIALS = re.compile(
    r"://(?P<user>[^\s:/?#@\"'<>`]{0,100}):(?P<password>[^\s/?#\"'<>`@]{1,200}(?:@[^\s/?#\"'<>`@.]{1,40})*)"
    r"@(?=[\w\[.$({-])"
)
_TOKEN = re.compile(r"://(?P<token>[A-Za-z0-9_-]{20,255})(?::[\w-]{0,20})?@(?=[\w\[.$({-])")
_BEFORE_AT = re.compile(r"(?<![\w.-])[\w.-]{1,60}:(?P<password>[^\s:/@\"'`]{3,80})\Z")
_AFTER_THIN = re.compile(r":thin:[\w.]{1,60}/(?P<password>[^\s/@\"'`]{3,80})@")
_TELLS_A_TOKEN = frozenset({"x-oauth-basic", "x-token-auth", "oauth2", "x-access-token"})


def url_secrets(text: str, at: int) -> list[tuple[int, int, float]]:
    """Return (start, end, score) of the credentials in the address whose anchor is at `at`."""
    if text[at] == "@":
        match = _BEFORE_AT.search(text, max(0, at - 150), at)
    elif text[at + 1 : at + 5].lower() == "thin":
        match = _AFTER_THIN.match(text, at)
    else:
        return _in_authority(text, at)
    if match is None or is_placeholder(match["password"]):
        return []
    return [(*match.span("password"), 0.9)]


def _in_authority(text: str, at: int) -> list[tuple[int, int, float]]:
    found = []
    token = _TOKEN.match(text, at)
    if token and is_random(token["token"]) and not is_placeholder(token["token"]):
        found.append((*token.span("token"), 0.9))
    match = _CREDENTIALS.match(text, at)
    if match is None:
        return found
    password = match["password"]
    if not is_placeholder(password) and len(password) > 2 and password not in _TELLS_A_TOKEN:
        found.append((*match.span("password"), 0.95))
    return found
