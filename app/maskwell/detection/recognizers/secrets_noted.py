"""Credentials in short notes, with no verb before them: "user kim, password Qu1nce-Jam".

Without an "is" only a value that no word looks like is believed: letters mixed with digits,
mostly capitals or signs too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.secrets_values import is_placeholder, is_random, is_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["noted_secrets"]

_NEXT = re.compile(
    r"""(?<![\w.\-])(?i:password|passwd|passcode|pwd?)[ ]
        (?P<value>(?=[^\s\d]{1,40}\d|\d{1,20}[A-Za-z])(?=[^\s]{0,40}?[a-z])
          (?=[^\sA-Z!#$%&*+?@^]{0,40}[A-Z!#$%&*+?@^])
          (?!(?i:sha|md|aes|rfc|utf|iso|pbkdf|ntlm|v)[-_]?v?\d)[A-Za-z0-9]\S{5,63})""",
    re.VERBOSE,
)
_AFTER_USER = re.compile(
    r"""(?i:\blog(?:ged)?[- ]?in\b|\bcred(?:ential)?s?\b|\bzugangsdaten\b)[^\n]{0,80}?
        (?:\b(?:is|are|with|as|ist|sind|mit|als)[ ]|[:=(][ ]?)
        [\w.@+-]{2,60}(?:[ ]/[ ]|(?<=\w)[:/])
        (?P<value>(?=[^\s\d]{1,40}\d)(?=[^\s]{0,40}?[a-z])
          (?=[^\sA-Z!#$%&*+?@^-]{0,40}[A-Z!#$%&*+?@^-])[A-Za-z0-9][^\s/:]{5,40})
        (?=[\s,;)]|\.?(?:\s|\Z))""",
    re.VERBOSE,
)
"""A user and a password side by side: `login is root / x`, `creds: admin:x`."""
_AFTER_SIGN = re.compile(
    r"""(?<![\w.\-$])(?i:pass(?:word)?|pw|pwd)(?:[ ]for[ ][\w ]{1,24}?)?[ ]?[:=][ ]?
        (?P<value>(?=[^\s\d]{1,40}\d)[A-Za-z][A-Za-z0-9!#$%&*+?@^_-]{5,40})
        (?=[\s,;)]|\.?(?:\s|\Z))""",
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"(?<![\w.\-])(?i:token|secret|api key)[ ](?P<value>[A-Za-z0-9_-]{20,80})(?=[\s,;.)]|\Z)"
)
_PIN = re.compile(
    r"\b(?i:use|enter|type|my|your|his|her|with|the|new) PIN (?P<value>\d{4})(?![\w-]|[.,]\d)"
)
_TRAILING: Final = ".,;:!?)]}\"'`”’*_"
_CODE = re.compile(r"[\[\](){}<>=]|\$[A-Za-z]|::|->")
_LEAST_CHARS = 4


def noted_secrets(text: str, start: int, end: int, lower: str) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, score) of credentials noted in one stretch of text (characters).

    `lower` is that stretch in lower case.
    """
    if "pass" in lower or "pw" in lower:
        yield from _believed(_NEXT, text, start, end)
        yield from _believed(_AFTER_SIGN, text, start, end)
    if "log" in lower or "cred" in lower or "zugangsdaten" in lower:
        yield from _believed(_AFTER_USER, text, start, end)
    if "token " in lower or "secret " in lower or "api key " in lower:
        for match in _TOKEN.finditer(text, start, end):
            if is_random(match["value"]) and any(c.isdigit() for c in match["value"]):
                yield *match.span("value"), 0.85
    if "pin " in lower:
        for match in _PIN.finditer(text, start, end):
            yield *match.span("value"), 0.8


def _believed(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[tuple[int, int, float]]:
    for match in pattern.finditer(text, start, end):
        value = match["value"].rstrip(_TRAILING)
        if len(value) < _LEAST_CHARS or is_placeholder(value) or is_reference(value):
            continue
        if not _CODE.search(value):
            yield match.start("value"), match.start("value") + len(value), 0.85
