"""Credentials by their place: a telling name, then the value it is given.

`password = "x"`, `"token": "x"`, `--password x`, `<secret>x</secret>`, `API_KEY=x` in a
settings file, `("password", "x")` in a call. The name decides how much is promised
(`secrets_names`), the value whether to believe it (`secrets_values`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.secrets_beside import value_beside
from maskwell.detection.recognizers.secrets_names import Promise, promise_of
from maskwell.detection.recognizers.secrets_reading import (
    QUOTE,
    Value,
    made,
    read_bare,
    read_element,
    read_quoted,
)
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
_JUDGED_CHARS = 96
"""So much of a value tells what it is; reading more only costs time on hostile text."""

_NAME_HEAD = re.compile(r"[\w.-]*\Z")
_NAME_TAIL = re.compile(r"[\w-]*")
_OPERATOR = re.compile(
    r"""(?P<close>\\{0,3}["'`]|&quot;)?(?:\](?:\[["'][\w-]{1,40}["']\])?)?\)?
        [ \t]{0,40}(?P<op>=>|;s:\d{1,4}:|:=|\+=|\|\|=|\?\?=|<-|={1,3}|!={1,2}|\|\||\?\?|:-|:)
        [ \t]{0,40}(?:\r?\n[ \t]{0,60})?""",
    re.VERBOSE,
)
_TYPED = re.compile(
    r"""(?:[ \t]{0,8}:[ \t]?[A-Za-z_&][\w.<>\[\]?|&' ]{0,40}?|[ \t]{1,8}As[ \t]\w{1,20}|\[\w{0,8}\])
        [ \t]{0,8}(?P<op>=)[ \t]{0,8}(?=[bru]?["'`])""",
    re.VERBOSE,
)
_ARGUMENT = re.compile(r"""(?P<close>\\{0,3}["'`])[ \t]{0,8},[ \t\n]{0,40}(?=\\{0,3}["'`])""")
_KEYED = re.compile(r"""[ \t]{0,4},[ \t]{0,8}@?(?=["'])""")
_ARGUMENT_HEAD = re.compile(r"""\(\s{0,40}\\{0,3}["'`][#.\[]?[\w=\[".:-]{0,24}\Z""")
_PAIR_HEAD = re.compile(r"""[\[{]\s{0,8}["'`]\Z""")
_PAIR_END = re.compile(r"""\\{0,3}["'`]\s{0,8}[\]}]""")
_CALL = re.compile(r"""\([ \t]{0,8}(?=["'`])""")
_IDENTIFIED = re.compile(
    r"(?i)identified(?: with \w+)? (?:by|as)(?: password)?[ \t]{1,8}"
    r"(?P<bare>[\w#$]{4,40}(?=\s{0,8};))?"
)
_TAG = re.compile(r"[ \t]{0,8}>[ \t]{0,8}")
_WRAPPER = re.compile(
    r"(?:(?:new[ \t]+)?[A-Za-z_][\w.:]{0,60}\([ \t]{0,4})?(?:[bruBRU@]{1,2}(?=[\"']))?"
)
_READS = re.compile(
    r"\.(?:encode|decode|get|getString|getProperty|replace|split|r?strip|trim|join|startsWith"
    r"|startswith|endswith|append|find|match|search|test|query|select|format|pop|read|load|fetch"
    r"|lookup|resolve|getAttribute|getParameter|getElementById|children|sub)\(\Z|\bgettext\(\Z"
)
"""A method that is given a name or a pattern, and not the secret it returns."""
_BARE_WORD = re.compile(r"[A-Za-z_][A-Za-z_]*\Z")
_PATH_OF_NAMES = re.compile(r"[A-Za-z_]\w{0,40}(?:(?:\.|::|->)[A-Za-z_]\w{0,40})+\Z")
_PRIVATE_NAME = re.compile(r"_\w{1,40}\Z")
_SCHEME = re.compile(r"[A-Za-z][\w-]{1,20} (?=[^\s]+\Z)")
_APP_PASSWORD = re.compile(r"[a-z]{4}(?: [a-z]{4}){3}\Z")
_LONGEST_NAME_CHARS = 20
_FALLBACKS = frozenset({"||", "??", ":-"})


@dataclass(frozen=True, slots=True)
class Assigned:
    """A value some name was given, judged to be a credential."""

    start: int
    end: int
    score: float
    name: str


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
        value = _without_scheme(_value_after(text, begin, end, promise), name)
        if value is not None and (score := _judge(value, promise, name)):
            yield Assigned(value.start, value.end, score, name)


def _name_around(text: str, anchor: int) -> tuple[int, int]:
    head = _NAME_HEAD.search(text, max(0, anchor - _NAME_REACH_CHARS), anchor)
    begin = head.start() if head else anchor
    tail = _NAME_TAIL.match(text, anchor, anchor + _NAME_REACH_CHARS)
    end = tail.end() if tail else anchor
    return begin, end


def _value_after(text: str, begin: int, end: int, promise: Promise) -> Value | None:
    if match := _TYPED.match(text, end) or _OPERATOR.match(text, end):
        return _read(text, begin, match.end(), match["op"])
    if (beside := value_beside(text, begin, end, promise)) is not None:
        return beside
    if match := _ARGUMENT.match(text, end):
        return _read_argument(text, begin, match.end())
    if promise is Promise.STRONG and (match := _CALL.match(text, end)):
        value = read_quoted(text, match.end())
        return replace(value, is_wrapped=True) if value else None
    if text[begin:end].isupper() and (match := _KEYED.match(text, end)):
        return _unless_word(read_quoted(text, match.end()))
    match = _TAG.match(text, end) if _opens_tag(text, begin) else None
    return read_element(text, match.end()) if match else None


def _unless_word(value: Value | None) -> Value | None:
    return value if value and any(c.isdigit() for c in value.text) else None


def _opens_tag(text: str, begin: int) -> bool:
    """Whether `<` stands before the name, and not a regular expression's `(?P<`."""
    return text[begin - 1 : begin] == "<" and text[max(0, begin - 2)] not in "?P"


def _without_scheme(value: Value | None, name: str) -> Value | None:
    """Leave out what names the kind of an authorization: `token x`, `ApiKey x`."""
    if value is None or not name.lower().endswith(("authorization", "auth")):
        return value
    scheme = _SCHEME.match(value.text)
    if scheme is None:
        return value
    start = value.start + scheme.end()
    return Value(start, value.end, value.text[scheme.end() :], value.is_quoted, value.is_setting)


def _read_argument(text: str, begin: int, at: int) -> Value | None:
    """Read what follows the name among a call's arguments; in a mere list it is a neighbour."""
    value = read_quoted(text, at)
    name = text[begin : text.find(text[begin - 1], begin, begin + _NAME_REACH_CHARS)]
    if value is None or is_random(value.text):
        return value
    is_call = _ARGUMENT_HEAD.search(text, max(0, begin - 60), begin)
    is_word = bool(_BARE_WORD.match(value.text))
    if is_call:
        is_named = is_word and ("_" in value.text or name in {"pass", "PASS"})
        return None if is_named else value
    is_pair = _PAIR_HEAD.search(text, max(0, begin - 20), begin) and _PAIR_END.match(
        text, value.end
    )
    return value if is_pair and not is_word else None


def sql_secret(text: str, at: int) -> Assigned | None:
    """Return the password of an `IDENTIFIED BY 'x'` that begins at character `at`."""
    match = _IDENTIFIED.match(text, at)
    if match is None:
        return None
    if match["bare"]:
        value = made(text, *match.span("bare"), is_quoted=False)
    else:
        value = (
            read_quoted(text, match.end()) if text[match.end() : match.end() + 1] != "`" else None
        )
    if value is None or is_placeholder(value.text):
        return None
    return Assigned(value.start, value.end, 0.9, "identified by")


def _read(text: str, begin: int, at: int, operator: str) -> Value | None:
    if text[begin - 1 : begin] == ":" and operator == ":":
        return None  # a place in a path of names: `arn:aws:secretsmanager:…:secret:name`
    wrapper = _WRAPPER.match(text, at)
    inner = wrapper.end() if wrapper else at
    if (quoted := read_quoted(text, inner)) is not None:
        if operator in _FALLBACKS and _BARE_WORD.match(quoted.text):
            return None
        is_wrapped = "(" in text[at:inner]
        is_read = is_wrapped and _READS.search(text, at, inner)
        return None if is_read else replace(quoted, is_wrapped=is_wrapped)
    if QUOTE.match(text, inner):
        return None
    if text[max(0, begin - 2) : begin] == "${":
        return _read_default(text, at)
    return None if operator in _FALLBACKS else read_bare(text, begin, at, operator)


def _read_default(text: str, at: int) -> Value | None:
    """Read what `${NAME:-x}` falls back to, where digits tell it from another name."""
    close = text.find("}", at, at + _JUDGED_CHARS)
    if close < 0 or not any(c.isdigit() for c in text[at:close]):
        return None
    return made(text, at, close, is_quoted=False, is_setting=True)


def _judge(value: Value, promise: Promise, name: str) -> float:
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
