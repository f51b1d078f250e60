"""Paths, identifiers and listings, in which a model of prose sees names.

A word that a program reads is told by what touches it ("/usr/bin/rview", "man1/jshell.1.gz",
"Foo::Bar", "@npmcli/package-json") or by how it is written ("OleFileIO"). Invariant: a word with
a single capital, as a name has, is a folder or a file to nobody here, and what follows "/home/" is
somebody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["is_of_a_listing", "is_of_code", "is_on_a_line_of_code", "touches_code"]

_NAMES: Final = frozenset({"PERSON", "PLACE", "ORG", "GROUP"})
_HOME = re.compile(r"(?i)(?<![a-z])(?:home|users?|u|people|profiles?|in|com)[/\\]@?\Z|[/\\]~\Z")
_CALLED = re.compile(
    r"::|->|\((?:[1-9][a-z]{0,2})?\)|\.(?:[1-9]|gz|so|py|js|ts|rs|go|sh|md|txt|json|ya?ml|toml|conf"
    r"|service|socket|timer|html|xml|css|png|svg|h|c|cc|cpp|jar|exe|dll|log|git)(?!\w)"
)
"""What follows a function, a namespace, a page of a manual or a file's front."""
_LED = re.compile(r"(?:::|->|--|\$|\w[-_])\Z")
"""What goes before a member, an option, a variable, and words joined by hyphens."""
_JOINED_AFTER = re.compile(r"[-_][a-z0-9]|[-\u2010]\n")
_CITED = re.compile(r"(?i)(?:secs?|pgs?|pp?|figs?|chap?|vol|eqs?|tab|art|par|no)\. ?\d")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_TIME_BEFORE = re.compile(r"(?:[Tt]ime|[Ss]tamp|[Dd]ate|epoch|_at|At)[\"']?\s{0,3}[:=]\s{0,3}\Z")
_STEPS_BEFORE = re.compile(
    r"(?:(?<![\w.~])(?:~|\.{1,2}|[A-Za-z]:)?[/\\]|[/\\][\w.+-]*[/\\])[\w.+-]*\Z"
)
"""A path that begins with a slash, or has a second step, before a last step's front."""
_STEPS_AFTER = re.compile(r"[\w.+-]*[/\\][\w.+-]*[/\\]")
_HUMPS = re.compile(r"[A-Z]?[a-z0-9]{4,}(?:[A-Z][a-z0-9]*)+|[A-Z]?[a-z0-9]+(?:[A-Z]+[a-z0-9]*){2,}")
_ZONE = re.compile(r"[a-z]+(?:-[a-z]+)*-?\d+(?:-[a-z])?")
_MARK_OF_CODE = re.compile(r"[$%]\w|\b(?:my|foreach|push|pop|shift|unshift) ?[(@]")
_CODE_GOES_ON = re.compile(r"[;{}),]\s*(?:#.*)?\Z")
_TRANSLATED = re.compile(
    r"(?:\A|\n)(?:[ \t]*<(?!\w*(?:[Nn]ame|uthor|erson)\b)[\w:-]+ (?:[\w:]+=\"[^\"\n]*\" )*"
    r"xml:lang=\"[^\"\n]*\">"
    r"|#?[ \t]*msg(?:id|str|ctxt)(?:_plural)?(?:\[\d\])?[ ]+\")[^\n]*\Z"
)
"""A string of a catalogue of translations, up to the place in it."""
_CREDIT = re.compile(r"[\w.]+@|translator|http|Launchpad")
_TITLED = re.compile(
    r"(?i)\b(?:mr|mrs|ms|miss|mx|dr|prof|sister|brother|aunt|aunty|auntie|uncle|nurse|patient|client"
    r"|judge|officer)\.? \Z"
)
"""What makes one letter somebody ("Mr. K")."""
_LONGEST_TITLE: Final = 10
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONGEST_LINE: Final = 200
_LONGEST_STEP: Final = 48
_NEAR: Final = 2000
_FONTS = re.compile(r"(?i)\bfont(?:-family)?[\"']? ?[:=][^\n;{}]*\Z")


def is_of_code(text: str, start: int, end: int, label: str) -> bool:
    """Tell whether what a model took for a name is a part of a path or an identifier.

    Args:
        text: the whole text.
        start: first character of the span.
        end: one past its last character.
        label: what the model took it for.
    """
    told = _TOLD.get(label)
    if told:
        return told(text, start, end)
    if label not in _NAMES:
        return False
    if _FONTS.search(text[max(0, start - _LONGEST_STEP) : start]):
        return True
    return _is_translated(text, start, end) or _is_identifier(text, start, end, label)


def is_of_a_listing(text: str, start: int, end: int, label: str) -> bool:
    """Tell whether a word in small letters is also a step of a path elsewhere in the text."""
    value = text[start:end]
    if label not in ("PERSON", "ORG") or not value.isalnum() or not value.islower():
        return False
    at = text.find("/" + value, max(0, start - _NEAR), end + _NEAR)
    if at < 0 or _HOME.search(text, max(0, at - 12), at + 1):
        return False
    after = text[at + 1 + len(value) : at + 2 + len(value)]
    return not (after.isalnum() or after in ("_", "@"))


def is_on_a_line_of_code(text: str, start: int, end: int) -> bool:
    """Tell whether a word with an "@" stands among the variables of a program's line."""
    low = text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1 or max(
        0, start - _LONGEST_LINE
    )
    stop = text.find("\n", end, end + _LONGEST_LINE)
    line = text[low : stop if stop >= 0 else end + _LONGEST_LINE]
    return bool(_MARK_OF_CODE.search(line) and _CODE_GOES_ON.search(line))


def _is_translated(text: str, start: int, end: int) -> bool:
    """Whether it is of a catalogue's string that credits no translator."""
    low = max(0, start - _LONGEST_LINE)
    before = _TRANSLATED.search(text, low, start)
    if not before:
        return False
    return not _CREDIT.search(text, before.start(), end)


def _is_epoch(text: str, start: int, end: int) -> bool:
    """Whether a number counts the seconds of a key that says so: "createdAt": 1569448780."""
    lead = text[max(0, start - _LONGEST_STEP) : start]
    return _EPOCH.fullmatch(text, start, end) is not None and bool(_TIME_BEFORE.search(lead))


def _is_identifier(text: str, start: int, end: int, label: str) -> bool:
    value = text[start:end]
    if " " in value:
        return False
    if len(value) == 1:
        return not _TITLED.search(text, max(0, start - _LONGEST_TITLE), start)
    if (label == "PERSON" and _is_camel(value)) or _ZONE.fullmatch(value):
        return True
    return value.islower() and touches_code(text, start, end)


def _is_scope_or_array(text: str, start: int, end: int) -> bool:
    has_sign = text[start] == "@" or text[start - 1 : start] == "@"
    if not has_sign:
        return False
    is_scope = text[end : end + 1] == "/" and text[end + 1 : end + 2].isalnum()
    return is_scope or is_on_a_line_of_code(text, start, end)


def _is_camel(value: str) -> bool:
    """Whether a word has the humps of an identifier: not McAllister, LeBron or MaryAnn."""
    return _HUMPS.fullmatch(value) is not None


def touches_code(text: str, start: int, end: int) -> bool:
    """Tell whether a word in small letters is a step of a path or a part of an identifier."""
    before = text[max(0, start - _LONGEST_STEP) : start]
    if _HOME.search(before):
        return False
    if _STEPS_BEFORE.search(before) or _STEPS_AFTER.match(text, end, end + _LONGEST_STEP):
        return True
    if _CALLED.match(text, end) or _LED.search(before) or _JOINED_AFTER.match(text, end):
        return True
    return before[-1:] in ("`", "~") and text[end : end + 1] in ("`", ".")


def _is_cited(text: str, start: int, end: int) -> bool:
    """Whether it is a place in a book: "Sec. 16.28", "Pg. 576"; "No. 7, Mill Lane" is none."""
    cited = _CITED.match(text, start, end)
    return cited is not None and not _WORD.search(text, cited.end(), end)


def _is_section(text: str, start: int, end: int) -> bool:  # noqa: ARG001  # as the others
    """Whether a figure is a section of a manual: useradd(8)."""
    return text[start - 1 : start] == "(" and text[start - 2 : start - 1].isalnum()


_TOLD: Final[dict[str, Callable[[str, int, int], bool]]] = {
    "DATE": _is_cited,
    "ADDRESS": _is_cited,
    "ID": _is_epoch,
    "AGE": _is_section,
    "USERNAME": _is_scope_or_array,
}
