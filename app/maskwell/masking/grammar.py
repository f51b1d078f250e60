"""The one grammar of tokens: exact ones, mangled ones, and beginnings of either.

Three forms are recognised. *Exact*: `[PERSON_7QX:last]` as Maskwell writes it. *Wrapped*: any
kind of bracket, escaped in any usual way, around a token whose case, spacing or emphasis was
changed. *Bare*: brackets lost, but type, separator, number and check letters unbroken.
Whatever this module does not recognise is never restored, and whatever it recognises in a text
that comes in is masked as a literal; so protecting and restoring cannot disagree.

Every form with all it must look ahead is at most 64 characters (`LONGEST`), which is what a
stream may have to hold back.
"""

from __future__ import annotations

import re
from itertools import chain

from maskwell.entity_types import EntityType
from maskwell.masking.labels import LABEL_PATTERN, LABEL_WORDS, LONGEST_LABEL
from maskwell.masking.tokens import CHECK_ALPHABET

__all__ = [
    "AFTER_CLOSED",
    "AFTER_CLOSED_PARTIAL",
    "AFTER_OPEN",
    "BARE_ALIVE",
    "BARE_NUMBER_GROUP",
    "EXACT",
    "EXACT_OR_MANGLED",
    "LONGEST",
    "MAY_OPEN",
    "OPENER",
    "OPENER_PREFIX",
    "SUSPECT",
    "TYPE_BEFORE",
    "WRAPPED_REST",
    "looks_meant",
    "may_become_token",
    "read_inside",
]

LONGEST = 64

_TYPES = sorted((str(entity_type) for entity_type in EntityType), key=len, reverse=True)
_TYPE = f"(?:{'|'.join(_TYPES)})"
_K = f"[{CHECK_ALPHABET}]"
_ANY_K = f"[{CHECK_ALPHABET}{CHECK_ALPHABET.lower()}]"
_NUMBER = "[1-9][0-9]{0,8}"
_LABEL = f"[A-Za-z][A-Za-z0-9]{{0,{LONGEST_LABEL - 1}}}"

# What may stand for the underscore without brackets to hold the token together.
_SEPARATORS = ("_", "-", "\u2011", "\u2013", "%5F", "&#95;", "&lowbar;", "&#x5F;", "\\u005F")
_SEPARATOR_REST = (
    r"(?<=[_\-\u2011\u2013])|(?<=\\)\\?(?:_|u005[fF])|(?<=%)5[fF]|(?<=&)(?:#95|lowbar|#[xX]5[fF]);"
)
_SEPARATOR = r"(?:\\{1,2}_|[_\-\u2011\u2013]|%5[Ff]|&#95;|&lowbar;|&#[xX]5[fF];|\\{1,2}u005[fF])"

# First character, the rest of the opening bracket, the closing one: what opened must close.
_KINDS = (
    (r"\\", r"\\?\[", r"\\{1,2}\]"),
    (r"\[", "", r"\]"),
    (r"\{", r"\{", r"\}\}"),
    (r"\{", "", r"\}"),
    ("<", "<", ">>"),
    ("<", "", ">"),
    ("［", "", "］"),
    ("【", "", "】"),
    ("〔", "", "〕"),
    ("〚", "", "〛"),
    ("⟦", "", "⟧"),
    ("&", "#91;", "&#93;"),
    ("&", "#[xX]5[bB];", "&#[xX]5[dD];"),
    ("&", "lsqb;", "&rsqb;"),
    ("&", "lbrack;", "&rbrack;"),
    ("&", "lt;", "&gt;"),
    ("&", "#60;", "&#62;"),
    ("%", "(?:25)?5[bB]", "%(?:25)?5[dD]"),
    ("%", "3[cC]", "%3[eE]"),
    (r"\\", r"\\?u005[bB]", r"\\{1,2}u005[dD]"),
    (r"\\", r"\\?u003[cC]", r"\\{1,2}u003[eE]"),
)
_OPENER_EXAMPLES = (
    *("\\\\[", "\\[", "\\\\u005B", "\\u005B", "\\\\u003C", "\\u003C", "{{", "<<"),
    *("&#91;", "&#x5B;", "&lsqb;", "&lbrack;", "&lt;", "&#60;", "%5B", "%255B", "%3C"),
)

# Emphasis, quotes, escapes and invisible characters that may stray into a wrapped token.
_NOISE = "*`\"'\u201c\u201d\u2018\u2019~\\\\\u200b-\u200f\u2060\ufeff\u00ad"
_FULLWIDTH = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff1a\uff3f\uff0d"
_INNER = rf"[A-Za-z0-9_:\-\u2011\u2013\s{_NOISE}&#;%{_FULLWIDTH}]"
_INNER_MOST = 35

_EXACT = rf"(?<=\[)({_TYPE}_{_NUMBER}{_K}{{2}}(?::{LABEL_PATTERN})?)\](?!:?{LABEL_PATTERN}\])"
_DIGIT_AHEAD = r"(?=[^0-9\uff10-\uff19\[\]{}<>]{2,24}[0-9\uff10-\uff19])"
_WRAPPED = "|".join(
    rf"(?<={first}){rest}{_DIGIT_AHEAD}"
    rf"({_INNER}{{5,{_INNER_MOST}}}?){closer}"
    for first, rest, closer in _KINDS
)
_BARE = (
    rf"(?<=[A-Za-z][_\-\u2011\u2013\\%&])(?:{_SEPARATOR_REST})({_NUMBER})({_ANY_K}{{2}})"
    rf"(?::({_LABEL})(?![A-Za-z0-9_])|(?!:[A-Za-z0-9])(?=[sS]?(?![A-Za-z0-9_])))"
)
EXACT = re.compile(rf"\[({_TYPE}_{_NUMBER}{_K}{{2}}(?::{LABEL_PATTERN})?)\]")
"""An exact token; splitting by it leaves its code between the pieces."""

SUSPECT = re.compile(
    r"[\[{<［【〔〚⟦&%\\_\-\u2011\u2013\x00]"
    r"(?:(?<=[^_\-\u2011\u2013\x00])|(?<=[A-Za-z][_\-\u2011\u2013])(?=[1-9])"
    rf"|(?<=\x00)(?:\(|:?{LABEL_PATTERN}\]))"
)
"""Anything, in pieces joined by NUL where exact tokens stood, that a mangled token, the remains
of a broken one or a link target could begin with."""

BARE_NUMBER_GROUP = 2 + len(_KINDS)

# Every form begins with one character of a small class, which is what makes searching fast.
EXACT_OR_MANGLED = re.compile(
    rf"[\[{{<［【〔〚⟦&%\\_\-\u2011\u2013](?:{_EXACT}|{_WRAPPED}|{_BARE})"
)
"""Group 1 is the code of an exact token, groups up to `BARE_NUMBER_GROUP` the inside of a
wrapped one, and the last three number, check letters and label of a bare one."""

MAY_OPEN = re.compile(r"[\[{<［【〔〚⟦&%\\]")
"""Every character an opening bracket or an escape can begin with."""

OPENER = re.compile("|".join(first + rest for first, rest, _ in _KINDS))
WRAPPED_REST = re.compile(rf"({_INNER}{{0,{_INNER_MOST + 8}}})[>}}]?\Z")
"""What may follow an opener while the token is still coming in."""

TYPE_BEFORE = re.compile(rf"(?<![A-Za-z0-9_])(?i:({_TYPE}))\Z")

AFTER_CLOSED = re.compile(rf":?{LABEL_PATTERN}\]", re.IGNORECASE)
"""After an unlabelled closed token: the remains of a labelled one; nobody can say which."""

AFTER_OPEN = re.compile(
    rf"[^A-Za-z0-9_]{{0,2}}{LABEL_PATTERN}\]|[^A-Za-z0-9_]?:[^\]]{{0,{LONGEST_LABEL + 1}}}\]",
    re.IGNORECASE,
)
"""The same after a bare token that an opening square bracket precedes."""


def _prefixes(words: tuple[str, ...] | list[str], least: int = 1) -> str:
    """Return an alternation of every proper and full beginning of the words, longest first."""
    all_prefixes = {word[:size] for word in words for size in range(least, len(word) + 1)}
    return "|".join(re.escape(one) for one in sorted(all_prefixes, key=lambda p: (-len(p), p)))


_LABEL_PART = f"(?:{_prefixes(LABEL_WORDS)}|v(?:[1-9][0-9]{{0,7}})?{_ANY_K}?)"
AFTER_CLOSED_PARTIAL = re.compile(rf"(?::|:?{_LABEL_PART})?\Z", re.IGNORECASE)
"""What, at the end of the text so far, could still become `AFTER_CLOSED`."""

_CORE = rf"(?i:{_TYPE})(?i:{_SEPARATOR}){_NUMBER}{_ANY_K}{{2}}"
_BARE_PART = "|".join(
    (
        rf"{_CORE}(?:[sS]|:[A-Za-z0-9]{{0,{LONGEST_LABEL + 1}}})?",
        rf"(?<=\[){_CORE}[^A-Za-z0-9_]{{0,2}}(?i:{_LABEL_PART})?",
        rf"(?<=\[){_CORE}[^A-Za-z0-9_]?:[^\]]{{0,{LONGEST_LABEL + 1}}}",
        rf"(?i:{_TYPE})(?i:{_SEPARATOR})(?:{_NUMBER}{_ANY_K}?)?",
        rf"(?i:{_TYPE})(?:\\\\)?(?i:{_prefixes(_SEPARATORS)}|\\)",
        rf"(?i:{_prefixes(_TYPES)})",
    )
)
BARE_ALIVE = re.compile(rf"(?<![A-Za-z0-9_])(?:{_BARE_PART})\Z")
"""A bare token that is still coming in, or that needs to see what follows it."""

OPENER_PREFIX = re.compile(rf"(?i:{_prefixes(_OPENER_EXAMPLES)})\Z")
"""The beginning of an opener of several characters, at the end of the text so far."""


def _spaced(word: str) -> str:
    return " *".join(word)


_SPACED_TYPE = "|".join(_spaced(word) for word in _TYPES)
_SPACED_NUMBER = "[1-9](?: *[0-9]){0,8}"
_INSIDE_SEPARATOR = "(?: *[_-][_ -]*| +)"
_INSIDE = re.compile(
    rf" *({_SPACED_TYPE}){_INSIDE_SEPARATOR}({_SPACED_NUMBER}) *({_K} *{_K}) *"
    rf"(?:(S)|: *([A-Z](?: *[A-Z0-9]){{0,{LONGEST_LABEL - 1}}}))? *"
)
_SPACED_PART = "|".join(
    sorted(
        {_spaced(word[:size]) for word in _TYPES for size in range(1, len(word) + 1)},
        key=lambda part: (-len(part), part),
    )
)
_INSIDE_PART = re.compile(
    rf" *(?:{_SPACED_PART})? *"
    rf"| *(?:{_SPACED_TYPE}){_INSIDE_SEPARATOR}"
    rf"(?:{_SPACED_NUMBER}(?: *{_K}(?: *{_K}(?: *(?:S|:[A-Z0-9 ]*))?)?)?)? *"
)
_ESCAPES = re.compile(
    r"%5[fF]|&#95;|&lowbar;|&#[xX]5[fF];|\\{1,2}u005[fF]"
    r"|%3[aA]|&#58;|&colon;|\\{1,2}u003[aA]"
    r"|%2[dD]|&#45;|&quot;|&apos;|&#39;|&#34;|&nbsp;|&#160;|&ast;|&#42;"
)
_TABLE = str.maketrans(
    {
        **{chr(code): chr(code - 32) for code in range(ord("a"), ord("z") + 1)},
        **{chr(code + 0xFEE0): chr(code).upper() for code in range(0x21, 0x7F)},
        **dict.fromkeys("\u2011\u2013", "-"),
        **dict.fromkeys(
            chain(
                "*`\"'\u201c\u201d\u2018\u2019~\\\u2060\ufeff\u00ad",
                map(chr, range(0x200B, 0x2010)),
            ),
            "",
        ),
    }
)
_SPACE = re.compile(r"\s+")
_UNFINISHED_ESCAPE = re.compile(
    r"(?:&#?[0-9A-Za-z]{0,6}|%[0-9A-Fa-f]{0,4}|\\{1,2}u?[0-9a-fA-F]{0,4})\Z"
)
_POSSESSIVE = re.compile(r"['\u2019]?[sS](?=[^A-Za-z]*\Z)")
_MEANT_PART = re.compile(rf" *(?:{_TYPE})[_-][0-9A-Z]{{0,12}}(?::[A-Z0-9]{{0,12}})? *")
_MEANT = re.compile(rf" *(?:{_TYPE})[_-][0-9A-Z]{{1,12}}(?::[A-Z0-9]{{1,12}})? *")


def _decoded(inside: str) -> str:
    """Return the inside of brackets without escapes, emphasis and case; spaces are single."""
    if "&" in inside or "%" in inside or "\\" in inside:
        inside = _ESCAPES.sub(_meaning, inside)
    return _SPACE.sub(" ", inside.translate(_TABLE))


def _meaning(escape: re.Match[str]) -> str:
    body = escape[0].lower()
    if body in ("%5f", "&#95;", "&lowbar;", "&#x5f;") or body.endswith("u005f"):
        return "_"
    if body in ("%3a", "&#58;", "&colon;") or body.endswith("u003a"):
        return ":"
    if body in ("%2d", "&#45;"):
        return "-"
    return " " if body in ("&nbsp;", "&#160;") else ""


def read_inside(inside: str) -> tuple[str, str] | None:
    """Read what stands between brackets.

    Returns:
        The token's code and the plural or possessive ending that was pulled inside with it,
        or None when it is no token.
    """
    match = _INSIDE.fullmatch(_decoded(inside))
    if match is None:
        return None
    type_name, number, check, plural, label = (
        group and group.replace(" ", "") for group in match.groups()
    )
    code = f"{type_name}_{number}{check}"
    if label:
        return f"{code}:{label.lower()}", ""
    ending = _POSSESSIVE.search(inside) if plural else None
    return code, ending[0] if ending else ""


def may_become_token(inside: str) -> bool:
    """Say whether the text after an opening bracket may still grow into a token.

    What may grow into something that was meant as a token counts too: it is named.
    """
    decoded = _decoded(_UNFINISHED_ESCAPE.sub("", inside))
    return bool(_INSIDE_PART.fullmatch(decoded) or _MEANT_PART.fullmatch(decoded))


def looks_meant(inside: str) -> bool:
    """Say whether the text between square brackets was meant as a token, valid or not."""
    return _MEANT.fullmatch(_decoded(inside)) is not None
