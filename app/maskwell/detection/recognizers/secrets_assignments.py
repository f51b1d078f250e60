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
from maskwell.detection.recognizers.secrets_judged import judge
from maskwell.detection.recognizers.secrets_names import Promise, promise_of
from maskwell.detection.recognizers.secrets_reading import (
    QUOTE,
    Value,
    made,
    read_bare,
    read_element,
    read_quoted,
)
from maskwell.detection.recognizers.secrets_values import is_placeholder, is_random

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Assigned", "assigned_secrets", "sql_secret"]

_NAME_REACH_CHARS = 64
_JUDGED_CHARS = 96

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
_SCHEME = re.compile(r"[A-Za-z][\w-]{1,20} (?=[^\s]+\Z)")
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
        if value is not None and (score := judge(value, promise, name)):
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
