"""Credentials by their place: a telling name, then the value it is given.

`password = "x"`, `"token": "x"`, `--password x`, `<secret>x</secret>`, `API_KEY=x` in a
settings file, `("password", "x")` in a call. The name decides how much is promised
(`secrets_names`), the value whether to believe it (`secrets_values`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.secrets_names import Promise, promise_of
from maskwell.detection.recognizers.secrets_values import (
    is_placeholder,
    is_random,
    is_reference,
    is_wordlike,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Assigned", "assigned_secrets", "sql_secret"]

_NAME_REACH_CHARS = 64
_VALUE_CHARS = 600
_JUDGED_CHARS = 96
"""So much of a value tells what it is; reading more only costs time on hostile text."""
_HEAD_CHARS = 80

_NAME_HEAD = re.compile(r"[\w.-]*\Z")
_NAME_TAIL = re.compile(r"[\w-]*")
_OPERATOR = re.compile(
    r"""(?P<close>\\{0,3}["'`]|&quot;)?\]?\)?
        [ \t]{0,40}(?P<op>=>|;s:\d{1,4}:|:=|\+=|\|\|=|\?\?=|<-|={1,3}|!={1,2}|:)
        [ \t]{0,40}(?:\r?\n[ \t]{0,60})?""",
    re.VERBOSE,
)
_TYPED = re.compile(
    r"[ \t]{0,8}:[ \t]?[A-Za-z_][\w.<>\[\]?|& ]{0,40}?[ \t]{0,8}(?P<op>=)[ \t]{0,8}(?=[\"'`])"
)
_ARGUMENT = re.compile(r"""(?P<close>\\{0,3}["'`])[ \t]{0,8},[ \t\n]{0,40}(?=\\{0,3}["'`])""")
_CALL = re.compile(r"""\([ \t]{0,8}(?=["'`])""")
_IDENTIFIED = re.compile(r"(?i)identified(?: with \w+)? (?:by|as)(?: password)?[ \t]{1,8}")
_SPACE = re.compile(r"[ \t]{1,8}")
_TAG = re.compile(r"[ \t]{0,8}>[ \t]{0,8}")
_WRAPPER = re.compile(
    r"(?:(?:new[ \t]+)?[A-Za-z_][\w.:]{0,60}\([ \t]{0,4})?(?:[bruBRU@]{1,2}(?=[\"']))?"
)
_QUOTE = re.compile(r"""\\{0,3}["'`]|&quot;""")
_BARE = re.compile(r"[^\s\"'`,;<>(){}\[\]|]+")
_SETTING = re.compile(r"[^\s\"'`<>]+")
_LINE_HEAD = re.compile(
    r"[ \t]*(?:[-#;*>|/]{1,3}[ \t]+|#|//|--[ \t])?(?:export |set |ENV |ARG |-e |\w+ -e )?\Z"
)
_CODE = re.compile(r"[A-Za-z_]\w*(?:\(|\[|::|->|\?\.)|^[@&*!][A-Za-z_]\w*$|^0x[0-9a-fA-F]{1,8}$")
_BARE_WORD = re.compile(r"[A-Za-z_][A-Za-z_]*\Z")


@dataclass(frozen=True, slots=True)
class Assigned:
    """A value some name was given, judged to be a credential."""

    start: int
    end: int
    score: float
    name: str


@dataclass(frozen=True, slots=True)
class _Value:
    start: int
    end: int
    text: str
    is_quoted: bool
    is_setting: bool
    """Stands as a settings file has it: the name begins the line, the value ends it."""
    is_wrapped: bool = False


def assigned_secrets(text: str, anchors: Iterable[int]) -> Iterator[Assigned]:
    """Yield the credentials given to names that hold one of the anchor words.

    Args:
        text: the folded text.
        anchors: where anchor words begin (characters), ascending.
    """
    done = -1
    for anchor in anchors:
        if anchor < done:
            continue
        begin, end = _name_around(text, anchor)
        done = end
        name = text[begin:end]
        promise = promise_of(name)
        if promise is Promise.NONE:
            continue
        value = _value_after(text, begin, end, promise)
        if value is not None and (score := _judge(value, promise, name)):
            yield Assigned(value.start, value.end, score, name)


def _name_around(text: str, anchor: int) -> tuple[int, int]:
    head = _NAME_HEAD.search(text, max(0, anchor - _NAME_REACH_CHARS), anchor)
    begin = head.start() if head else anchor
    tail = _NAME_TAIL.match(text, anchor, anchor + _NAME_REACH_CHARS)
    end = tail.end() if tail else anchor
    return begin, end


def _value_after(text: str, begin: int, end: int, promise: Promise) -> _Value | None:
    if match := _TYPED.match(text, end) or _OPERATOR.match(text, end):
        return _read(text, begin, match.end(), match["op"])
    if match := _ARGUMENT.match(text, end):
        return _read_quoted(text, match.end())
    if promise is Promise.STRONG and (match := _CALL.match(text, end)):
        return _read_quoted(text, match.end())
    if begin and text[begin - 1] == "<" and (match := _TAG.match(text, end)):
        close = text.find("<", match.end(), match.end() + _VALUE_CHARS)
        return _made(text, match.end(), close, is_quoted=True) if close > 0 else None
    return _after_space(text, begin, end)


def _after_space(text: str, begin: int, end: int) -> _Value | None:
    """Read what a command-line flag or an SQL clause is given: `--password x`, `PASSWORD 'x'`."""
    match = _SPACE.match(text, end)
    if match is None:
        return None
    if text[begin:end].startswith("--"):
        bare = _SETTING.match(text, match.end(), match.end() + _VALUE_CHARS)
        if bare and bare[0][0] not in "-$<[{(":
            return _Value(bare.start(), bare.end(), bare[0], is_quoted=False, is_setting=True)
        return _read_quoted(text, match.end())
    if text[begin:end].lower() in {"password", "passwd", "passphrase"}:
        return _read_quoted(text, match.end())
    return None


def sql_secret(text: str, at: int) -> Assigned | None:
    """Return the password of an `IDENTIFIED BY 'x'` that begins at character `at`."""
    match = _IDENTIFIED.match(text, at)
    value = _read_quoted(text, match.end()) if match else None
    if value is None or is_placeholder(value.text):
        return None
    return Assigned(value.start, value.end, 0.9, "identified by")


def _read(text: str, begin: int, at: int, operator: str) -> _Value | None:
    wrapper = _WRAPPER.match(text, at)
    inner = wrapper.end() if wrapper else at
    if (quoted := _read_quoted(text, inner)) is not None:
        is_wrapped = "(" in text[at:inner]
        return _Value(quoted.start, quoted.end, quoted.text, True, False, is_wrapped)
    if _QUOTE.match(text, inner):
        return None
    return _read_bare(text, begin, at, operator)


def _read_quoted(text: str, at: int) -> _Value | None:
    quote = _QUOTE.match(text, at)
    if quote is None:
        return None
    start = quote.end()
    end = text.find(quote[0], start, start + _VALUE_CHARS)
    while end > start and len(quote[0]) == 1 and text[end - 1] == "\\":
        end = text.find(quote[0], end + 1, start + _VALUE_CHARS)
    if end <= start or "\n" in text[start:end]:
        return None
    return _made(text, start, end, is_quoted=True)


def _read_bare(text: str, begin: int, at: int, operator: str) -> _Value | None:
    head_start = max(0, begin - _HEAD_CHARS)
    head = text[head_start:begin].rpartition("\n")[2]
    found = text.find("\n", at, at + _VALUE_CHARS)
    line_end = min(len(text), at + _VALUE_CHARS) if found < 0 else found
    is_first = len(head) < _HEAD_CHARS and bool(_LINE_HEAD.match(head))
    bare = (_SETTING if is_first else _BARE).match(text, at, min(line_end, at + _VALUE_CHARS))
    if bare is None:
        return None
    end = bare.end()
    rest = text[end:line_end].strip()
    # In `-H "X-Api-Key: …"` the quote closes what it opened before the name.
    is_argument = rest[:1] in {'"', "'"} and head.count(rest[:1]) % 2 == 1
    if _CODE.search(bare[0]) or (rest[:1] in {"(", '"', "'", "`"} and not is_argument):
        return None
    is_listed = operator == ":" and bare[0][-1] in ",;"
    ends_line = not rest or rest[0] in "#\\" or (not is_first and rest[0] in "&\"'`")
    is_last = ends_line and not is_listed
    if not is_first and "&" in bare[0]:
        end = bare.start() + bare[0].index("&")
        is_last = True
    is_glued = operator == "=" and text[at - 1] == "="
    name = text[begin : at - 1]
    is_environment = is_glued and name.isupper()
    is_setting = is_environment or (is_last and (is_first or is_glued))
    return _made(text, bare.start(), end, is_quoted=False, is_setting=is_setting)


def _made(
    text: str, start: int, end: int, *, is_quoted: bool, is_setting: bool = False
) -> _Value | None:
    if not is_quoted:
        while end > start and text[end - 1] in ".,;:":
            end -= 1
    value = text[start:end]
    return _Value(start, end, value, is_quoted, is_setting) if value.strip() else None


def _judge(value: _Value, promise: Promise, name: str) -> float:
    """Return how sure a value is a credential, 0.0 when it is not."""
    text = value.text[:_JUDGED_CHARS]
    is_drawn = is_random(text)
    if _is_no_value(text, name, is_drawn=is_drawn):
        return 0.0
    if " " in text.strip():
        return _judge_words(text, name)
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


def _judge_strong(value: _Value, *, is_drawn: bool) -> float:
    if is_drawn or not _BARE_WORD.match(value.text):
        return 0.95
    if value.is_quoted:
        return 0.0 if value.is_wrapped and "_" in value.text else 0.8
    return 0.7 if value.is_setting else 0.0


def _judge_medium(value: _Value, *, is_drawn: bool) -> float:
    if is_drawn:
        return 0.95
    if len(value.text) < 6 or value.is_wrapped:
        return 0.0
    has_digit = any(c.isdigit() for c in value.text)
    if value.is_setting and (has_digit or not is_wordlike(value.text)):
        return 0.8
    return 0.75 if has_digit and not is_wordlike(value.text) else 0.0


def _judge_words(text: str, name: str) -> float:
    """A value with spaces is a message, unless a passphrase was promised."""
    words = text.split()
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
