"""How sure a value beside a telling name is a credential: the name's promise, the value's form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.secrets_names import Promise
from maskwell.detection.recognizers.secrets_values import (
    is_placeholder,
    is_random,
    is_reference,
    is_wordlike,
)

if TYPE_CHECKING:
    from maskwell.detection.recognizers.secrets_reading import Value

__all__ = ["judge"]

_JUDGED_CHARS = 96
"""So much of a value tells what it is; reading more only costs time on hostile text."""
_BARE_WORD = re.compile(r"[A-Za-z_][A-Za-z_]*\Z")
_PATH_OF_NAMES = re.compile(r"[A-Za-z_]\w{0,40}(?:(?:\.|::|->)[A-Za-z_]\w{0,40})+\Z")
_PRIVATE_NAME = re.compile(r"_\w{1,40}\Z")
_APP_PASSWORD = re.compile(r"[a-z]{4}(?: [a-z]{4}){3}\Z")
_PLAIN_PHRASE = re.compile(r"[a-z0-9]+(?: [a-z0-9]+){1,3}\Z")
_LONGEST_NAME_CHARS = 20


def judge(value: Value, promise: Promise, name: str) -> float:
    """Return how sure a value is a credential, 0.0 when it is not."""
    text = value.text[:_JUDGED_CHARS]
    is_drawn = is_random(text)
    if _is_no_value(text, name, is_drawn=is_drawn) or _is_code(value):
        return 0.0
    if " " in text:
        return _judge_words(text, name, promise)
    if not (value.is_quoted or value.is_setting or is_drawn):
        return 0.0
    if promise is Promise.STRONG:
        return _judge_strong(value, is_drawn=is_drawn)
    if promise is Promise.MEDIUM:
        return _judge_medium(value, is_drawn=is_drawn)
    return 0.85 if is_drawn and len(text) >= 12 and _mixes(text) else 0.0


def _is_no_value(text: str, name: str, *, is_drawn: bool) -> bool:
    if len(text) < 4 or is_placeholder(text) or _repeats(name, text):
        return True
    return is_reference(text) and not is_drawn


def _judge_strong(value: Value, *, is_drawn: bool) -> float:
    if is_drawn or not _BARE_WORD.match(value.text):
        return 0.95
    if value.is_quoted:
        return 0.0 if value.is_wrapped and "_" in value.text else 0.8
    return 0.7 if value.is_setting else 0.0


def _judge_medium(value: Value, *, is_drawn: bool) -> float:
    if is_drawn:
        return 0.95
    if len(value.text) < 6 or value.is_wrapped:
        return 0.0
    has_digit = any(c.isdigit() for c in value.text)
    if value.is_setting and (has_digit or not is_wordlike(value.text)):
        return 0.8
    return 0.75 if has_digit and not is_wordlike(value.text) else 0.0


def _is_code(value: Value) -> bool:
    """Whether a value without quotes is a name of the program's: `readPassword`, `sdk.api_key`."""
    if value.is_quoted or value.is_setting:
        return False
    is_name = value.text.isalpha() and len(value.text) < _LONGEST_NAME_CHARS
    return is_name or bool(_PATH_OF_NAMES.match(value.text) or _PRIVATE_NAME.match(value.text))


def _judge_words(text: str, name: str, promise: Promise) -> float:
    """A value with spaces is a message, unless a passphrase was promised."""
    words = text.split()
    if promise is Promise.STRONG and _APP_PASSWORD.match(text):
        return 0.85
    is_kept = promise is Promise.STRONG and name.isupper() and _PLAIN_PHRASE.match(text)
    if is_kept and any(c.isdigit() for c in text):
        return 0.75
    is_phrase = 3 <= len(words) <= 10 and all(w.isalpha() and w.islower() for w in words)
    return 0.85 if is_phrase and "phrase" in name.lower() else 0.0


def _mixes(text: str) -> bool:
    return any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


def _repeats(name: str, value: str) -> bool:
    """Whether the value only says the name again: `newPassword`, `auth_token`."""
    spoken = re.sub(r"[^a-z]", "", value.lower())
    named = re.sub(r"[^a-z]", "", name.rpartition(".")[2].lower())
    if not spoken or any(c.isdigit() for c in value):
        return False
    return spoken in named or (len(named) > 3 and named in spoken and value.isidentifier())
