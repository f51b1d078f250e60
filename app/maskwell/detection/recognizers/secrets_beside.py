r"""Values that stand beside their name without an operator between the two.

`name: DB_PASSWORD` and `value: x` on the next line, `<property name="password">x</property>`,
`<key>Password</key><string>x</string>`, `#define WIFI_PASS "x"`, `storePassword "x"`,
`machine a login b password c`, `page.fill("#password", "x")`, `enable secret 5 x`. Each shape
is asked for only where the characters around a telling name allow it.
"""

from __future__ import annotations

import re

from maskwell.detection.recognizers.secrets_names import Promise
from maskwell.detection.recognizers.secrets_reading import (
    SETTING,
    VALUE_CHARS,
    Value,
    made,
    read_element,
    read_quoted,
)

__all__ = ["value_beside"]

_HEAD_REACH = 40
_NAMED = re.compile(
    r"""(?i)(?<![a-z])(?:name|key|id|property|param|parameter|field|header|variable|option
        |[a-z]{2,12}[_-]?(?:name|key|id))["']?[ ]?[:=]?[ ]?\\?["'`]?(?:[\w.-]{1,20}:)?\Z""",
    re.VERBOSE,
)
_PAIRED = re.compile(
    r"""(?i)\\?["'`]?[ \t]{0,4},?\s{0,60}
        (?:["']?[\w:-]{1,20}["']?[ ]?[:=][ ]?["'][^"'\n]{0,60}["'],?\s{1,40}){0,2}
        \\?["']?(?:value|val|default|defaultvalue|default_value|content)\\?["']?[ ]?[:=][ ]?""",
    re.VERBOSE,
)
_DEFAULTED = re.compile(r"\"[ \t]?\{[^{}]{0,300}?\bdefault[ \t]{0,10}=[ \t]{0,4}(?=\")")
_ELEMENT_OF = re.compile(r"""["'](?:\s[\w:.-]{1,30}=["'][^"'\n]{0,60}["']){0,3}\s?/?>""")
_NEXT_ELEMENT = re.compile(r"</(?:key|name|Name|param-name)>\s{0,60}<[\w-]{2,20}>")
_INNER = re.compile(r">\s{0,60}<(?:[Vv]alue|string|[Ss]tring[Vv]alue|PlainText)>")
_INTO = re.compile(
    r"""["'`)\]]{1,5}(?:\.clear\(\))?\.(?:type|fill|sendKeys|send_keys|setValue|set_value|set|val
        |enterText|typeText|replaceText|setText|input|pressSequentially|press_sequentially)
        \(\s?(?=["'`])|["']\]["'`]?,[ ]?(?=["'`])
        |\)[ ]?\{[ ]?(?=["'])
        |["'],[ ]?:?(?:with|text|value):?[ ](?:=>[ ])?(?=["'`])""",
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t]{1,20}")
_DEFINED = re.compile(
    r"(?:^|\n)[ \t]*(?:#[ \t]?define|ENV|SetEnv|setenv|fastcgi_param|set|option|list)[ \t]+\Z"
    r"|\bconfig(?:ure)? set \Z"
)
_LINE_START = re.compile(r"(?:^|\n)[ \t]*\Z")
_LOGIN_BEFORE = re.compile(r"(?:login|user(?:name)?|insecure)[ -]?[ \t]?\S{0,60}[ \t]+\Z")
_ENCODED = re.compile(
    r"[ \t](?:[0-9]|10|encrypted|cipher|simple|sha512|plaintext)[ \t]+"
    r"(?P<value>[^\s\"'<>]{6,200})"
)
_TO_THE_END = re.compile(r"(?P<value>[^\s\"'`()<>{}\[\],]{4,200}?);?[ \t]*(?=\n|\r|\Z)")
_NOTHING_MORE = re.compile(r"[\"'`]{0,2}[ \t]*[;,]?[ \t]*(?=#|//|\r|\n|\Z)")
_A_TYPE = re.compile(
    r"(?i)(?:u?int|float|string|n?(?:var)?char|bytes?|text|utf|bool|md|sha|v|ver|pbkdf|rfc|aes|rsa)"
    r"[-_]?\d+(?:mb\d)?\Z"
)


def value_beside(text: str, begin: int, end: int, promise: Promise) -> Value | None:
    """Return the value beside the name at characters begin to end, if a shape holds one."""
    before = text[begin - 1] if begin else "\n"
    after = text[end] if end < len(text) else "\n"
    if after in "\"'`)]\\ \n,<>" and (value := _paired(text, begin, end, before, after)):
        return value
    if after in " \t" and promise is not Promise.NONE:
        return _spaced(text, begin, end, promise)
    return None


def _paired(text: str, begin: int, end: int, before: str, after: str) -> Value | None:
    if "<" in {before, after}:
        element = (_INNER if before == "<" else _NEXT_ELEMENT).match(text, end)
        return read_element(text, element.end()) if element else None
    if after in "\"'`)]" and (match := _INTO.match(text, end)):
        return _unless_plain(read_quoted(text, match.end()))
    if before not in "\"'` :\\.=" or not _NAMED.search(text, max(0, begin - _HEAD_REACH), begin):
        return None
    if match := _PAIRED.match(text, end) or _DEFAULTED.match(text, end):
        return read_quoted(text, match.end()) or _bare_line(text, match.end())
    if after in "\"'" and (match := _ELEMENT_OF.match(text, end)) and match[0][-2] != "/":
        return _unless_plain(read_element(text, match.end()))
    return None


def _bare_line(text: str, at: int) -> Value | None:
    match = _TO_THE_END.match(text, at)
    if match is None:
        return None
    return made(text, *match.span("value"), is_quoted=False, is_setting=True)


def _unless_plain(value: Value | None) -> Value | None:
    """A word there is what a field is called or shows, in whatever language."""
    return value if value and not value.text.strip().isalpha() else None


def _spaced(text: str, begin: int, end: int, promise: Promise) -> Value | None:
    name = text[begin:end]
    space = _SPACE.match(text, end)
    if space is None:
        return None
    if name.startswith("-"):
        return _flagged(text, name, space.end(), promise)
    if match := _ENCODED.match(text, end):
        value = made(text, *match.span("value"), is_quoted=False, is_setting=True)
        return _unless_plain(value) if name.lower() != "pass" else None
    low = max(0, begin - _HEAD_REACH)
    is_defined = bool(_DEFINED.search(text, low, begin))
    if is_defined or (promise is Promise.STRONG and _LINE_START.search(text, low, begin)):
        return _stands_last(text, space.end(), is_defined=is_defined)
    return _of_a_login(text, begin, space.end(), name.lower())


def _of_a_login(text: str, begin: int, at: int, name: str) -> Value | None:
    """Read the password of `login a password b`, and the quoted one of an SQL clause."""
    name = name.rpartition("-")[2]
    if name not in {"password", "passwd", "passphrase", "psk", "secret"}:
        return None
    if _LOGIN_BEFORE.search(text, max(0, begin - 80), begin):
        bare = SETTING.match(text, at, at + VALUE_CHARS)
        if bare and not bare[0].rstrip(".,;").isalpha():
            return made(text, *bare.span(), is_quoted=False, is_setting=True)
    return None if name == "secret" else read_quoted(text, at)


def _flagged(text: str, name: str, at: int, promise: Promise) -> Value | None:
    """Read what a command-line flag is given: `--password x`, `-storepass x`."""
    if not name.startswith("--") and (promise is not Promise.STRONG or len(name) < 5):
        return None
    bare = SETTING.match(text, at, at + VALUE_CHARS)
    if bare is None or bare[0][0] in "-$<[{(":
        return read_quoted(text, at)
    start = bare.start() + (5 if bare[0].startswith("pass:") else 0)
    if bare[0].startswith(("env:", "file:", "fd:")) or start == bare.end():
        return None
    return Value(start, bare.end(), text[start : bare.end()], is_quoted=False, is_setting=True)


def _stands_last(text: str, at: int, *, is_defined: bool) -> Value | None:
    """Read the value of `storePassword "x"` and `bindpw x`: nothing follows it on its line."""
    if (quoted := read_quoted(text, at)) is not None:
        if is_defined:
            return quoted
        return _unless_plain(quoted) if _NOTHING_MORE.match(text, quoted.end + 1) else None
    match = _TO_THE_END.match(text, at)
    if match is None:
        return None
    value = match["value"]
    is_constant = text[max(0, at - _HEAD_REACH * 3) : at].rpartition("\n")[2].lstrip()[:1] == "#"
    if is_constant or _A_TYPE.match(value) or not any(c.isdigit() for c in value):
        return None
    return made(text, *match.span("value"), is_quoted=False, is_setting=True)
