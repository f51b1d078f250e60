"""Values as a text writes them: in quotes, bare, to the end of a line.

What is read here is not judged: `secrets_assignments` decides whether to believe a value.
A value never reaches over the end of its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["QUOTE", "VALUE_CHARS", "Value", "made", "read_bare", "read_element", "read_quoted"]

VALUE_CHARS = 600
QUOTE = re.compile(r"""\\{0,3}["'`]|&quot;""")
SETTING = re.compile(r"[^\s\"'`<>]+")
_BARE = re.compile(r"[^\s\"'`,;<>(){}\[\]|]+")
_HEAD_CHARS = 80
_JUDGED_CHARS = 96
_LINE_HEAD = re.compile(
    r"[ \t]*(?:[-#;*>|/]{1,3}[ \t]+|#|//|--[ \t])?(?:export |set |ENV |ARG |-e |\w+ -e )?\Z"
)
_CODE = re.compile(r"[A-Za-z_]\w*(?:\(|\[|::|->|\?\.)|^[@&*!][A-Za-z_]\w*$|^0x[0-9a-fA-F]{1,8}$")
_SNAKE_CASE = re.compile(r"[A-Za-z]+(?:_[A-Za-z]+)+\Z|_\w+\Z")
_NEXT_PAIR = re.compile(r"[\w.-]{1,30}=|--?[A-Za-z]")
_CONNECTION_HEAD = re.compile(r"[;\"'`?&,]\s{0,4}(?:[A-Za-z]{1,12} )?\Z")


@dataclass(frozen=True, slots=True)
class Value:
    """A value and how it stands in the text (characters start to end)."""

    start: int
    end: int
    text: str
    is_quoted: bool
    is_setting: bool = False
    """Stands as a settings file has it: the name begins the line, the value ends it."""
    is_wrapped: bool = False


def read_quoted(text: str, at: int) -> Value | None:
    """Return the string literal that begins at character `at`, on one line."""
    quote = QUOTE.match(text, at)
    if quote is None:
        return None
    start = quote.end()
    end = text.find(quote[0], start, start + VALUE_CHARS)
    while end > start and len(quote[0]) == 1 and text[end - 1] == "\\":
        end = text.find(quote[0], end + 1, start + VALUE_CHARS)
    if end <= start or "\n" in text[start:end]:
        return None
    return made(text, start, end, is_quoted=True)


def read_element(text: str, at: int) -> Value | None:
    """Return the text of a markup element from character `at` to its closing tag."""
    close = text.find("<", at, at + VALUE_CHARS)
    return made(text, at, close, is_quoted=True) if close > 0 else None


def read_bare(text: str, begin: int, at: int, operator: str) -> Value | None:
    """Return the unquoted value at character `at`, given to the name at `begin`."""
    head_start = max(0, begin - _HEAD_CHARS)
    head = text[head_start:begin].rpartition("\n")[2]
    found = text.find("\n", at, at + VALUE_CHARS)
    line_end = min(len(text), at + VALUE_CHARS) if found < 0 else found
    is_first = len(head) < _HEAD_CHARS and bool(_LINE_HEAD.match(head))
    bare = (SETTING if is_first else _BARE).match(text, at, min(line_end, at + VALUE_CHARS))
    if bare is None:
        return None
    end = bare.end()
    rest = text[end:line_end].strip()
    # In `-H "X-Api-Key: …"` the quote closes what it opened before the name.
    is_argument = rest[:1] in {'"', "'"} and head.count(rest[:1]) % 2 == 1
    if _CODE.search(bare[0][:_JUDGED_CHARS]) or (
        rest[:1] in {"(", '"', "'", "`"} and not is_argument
    ):
        return None
    is_listed = bare[0][-1] == "," or (operator == ":" and bare[0][-1] == ";")
    ends_line = not rest or rest[0] in "#\\" or (not is_first and rest[0] in "&\"'`")
    is_last = ends_line and not is_listed
    if rest == "}" and "{" in head and any(c.isdigit() for c in bare[0]):
        return made(text, bare.start(), end, is_quoted=False, is_setting=True)
    if not is_first and "&" in bare[0]:
        end = bare.start() + bare[0].index("&")
        is_last = True
    is_glued = operator == "=" and text[at - 1] == "="
    is_environment = is_glued and text[begin : at - 1].isupper()
    is_flag = is_glued and text[begin] == "-"
    is_setting = is_environment or is_flag or (is_last and (is_first or is_glued))
    if operator == "=" and not is_glued and _SNAKE_CASE.match(bare[0]):
        is_setting = False  # `SOME_PASS = old_value` is code
    if is_glued and not is_setting:
        is_setting = _is_in_a_row(head, rest, bare[0])
    return made(text, bare.start(), end, is_quoted=False, is_setting=is_setting)


def _is_in_a_row(head: str, rest: str, value: str) -> bool:
    """Whether pairs stand in a row: `user=a password=b ip=c`, `User Id=a;Password=b;`."""
    if rest[:1] == ";" and _CONNECTION_HEAD.search(head):
        return True
    return any(c.isdigit() for c in value) and bool(_NEXT_PAIR.match(rest))


def made(
    text: str, start: int, end: int, *, is_quoted: bool, is_setting: bool = False
) -> Value | None:
    """Return the value from start to end (characters), None where nothing is written."""
    if not is_quoted:
        while end > start and text[end - 1] in ".,;:":
            end -= 1
    value = text[start:end]
    return Value(start, end, value, is_quoted, is_setting) if value.strip() else None
