"""Paths, identifiers and listings, in which a model of prose sees names.

A word that a program reads is told by what touches it ("/usr/bin/rview", "man1/jshell.1.gz",
"Foo::Bar", "@npmcli/package-json") or by how it is written ("OleFileIO"). Invariant: a word with
a single capital, as a name has, is a folder or a file to nobody here, and what follows "/home/" is
somebody. What prose can hold too ("tom/lucy", "lucy (8)", "cheers-dave", "MaryAnn") is a
program's only beside more of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.path_steps import HOME, is_step

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["is_of_a_listing", "is_of_code", "is_on_a_line_of_code", "touches_code"]

_NAMES: Final = frozenset({"PERSON", "PLACE", "ORG", "GROUP"})
_ENDING: Final = (
    r"\.(?:(?:gz|py|js|sh|json|ya?ml|toml|conf|service|socket|timer|html|xml|css|svg|cc|cpp|jar"
    r"|exe|dll)(?!\w)|(?:so|go|md|h|c|log|git|rs|ts|[1-9])(?=[\"'`>]|:\d|\.\d|\.[gx]z))"
)
"""What ends a file's name; what is a word or a typing slip too, only where code goes on."""
_CALLED = re.compile(rf"::|\(\)|(?:->\w{{1,40}}){{1,6}} ?[(\[=]|{_ENDING}")
"""What follows a function, a namespace, a page of a manual or a file's front."""
_SECTION = re.compile(r"\([1-9](?:p|pm|x|n|am|ssl)?\)")
_MANUAL = re.compile(
    r"SEE ALSO|\.TH |(?<![\w.-])[a-z]{1,24}[-_.\d][\w.-]{0,32}\([1-8][a-z]{0,2}\)"
    r"|(?:\b[a-z]\w{0,32}\([1-8]\)[^()]{1,60}){4}"
    r"|\b([A-Z][A-Z-]{1,32}\([1-8]\)).{1,80}\1"
)
"""Names of programs with their sections, or the head of a manual's page."""
_LED = re.compile(r"(?:::|(?:\$\w+|[)\]])(?:->\w+)*->|(?<!\S)--|\w_)\Z")
"""What goes before a member, an option or a variable."""
_VARIABLE_AFTER = re.compile(r" ?(?:=|\[|->|\.=|[;)},\"'/])")
_JOINED_AFTER = re.compile(r"_[a-z0-9]|[-\u2010]\n")
_HYPHENED = re.compile(rf"(?:-[a-z0-9]{{1,32}}){{1,6}}{_ENDING}")
_CITED = re.compile(r"(?i)(?:secs?|pgs?|pp?|figs?|chap?|vol|eqs?|tab|art|par)\. ?\d")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_TIME_BEFORE = re.compile(r"(?:[Tt]ime|[Ss]tamp|[Dd]ate|epoch|_at|At)[\"']?\s{0,3}[:=]\s{0,3}\Z")
_HUMPS = re.compile(
    r"[a-z][a-z0-9]{3,}(?:[A-Z][a-z0-9]*)+|[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*){2,}"
    r"|(?=\w*(?:[A-Z]{2}|\d))[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*){2,}"
)
_PARTICLE = re.compile(r"(?i)(?:van|de|la|der|von|di|du|le|el|al|da|dos|st|mc|mac)[A-Z]")
_TWO_HUMPS = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+")
_CODE_AFTER = re.compile(
    r"::|\(\)|\((?:[\"'$]|\w+(?:=|\.\w|, ?\w))|\.\w+(?:\(|\.\w|::)|\[[\w\"']|<\w+>|->|_"
)
_CODE_BEFORE = re.compile(
    r"(?:::|->|\w\.|`|\b(?:class|extends|implements|raise|throws?|import) )\Z"
)
_CAPITAL_OF_CODE = re.compile(r"[_\[<=^]|\(\)|->|::|\.\w+\(")
_LEADS_A_CAPITAL = re.compile(r"(?:[`$@#%&|\\=^_<]|(?<=\S)[ \t]+-)\Z")
_LIST_MARK = re.compile(r"\) ")
_ZONE = re.compile(r"[a-z]+(?:-[a-z]+)*-?\d+(?:-[a-z])?")
_MARK_OF_CODE = re.compile(
    r"(?<!\d)[$%][A-Za-z_]|\b(?:foreach|push|pop|shift|unshift) ?\(?@|\bmy ?(?:\([$@%]|@\w+ ?[;=])"
)
_PACKAGE = re.compile(
    r"(?i)\b(?:npm|npx|yarn|pnpm|import|require[sd]?|depend\w*|packages?|install\w*|scope)\b"
)
_CODE_GOES_ON = re.compile(r"[;{}),]\s*(?:#.*)?\Z")
_TRANSLATED = re.compile(
    r"(?:\A|\n)(?P<tag>[ \t]*<(?:_\w+|comment) (?:[\w:]+=\"[^\"\n]*\" )*xml:lang=\"[^\"\n]*\">"
    r"|#?[ \t]*msg(?:id|str|ctxt)(?:_plural)?(?:\[\d\])?[ ]+\")[^\n]*\Z"
)
"""A string of a catalogue of translations, up to the place in it."""
_LONGEST_ENTRY: Final = 6000
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
_FONTS = re.compile(r"(?i)\bfont(?:-family)?[\"']? ?[:=](?:[^\n;{}.]|\.\d)*\Z")


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
    stop = at + 1 + len(value)
    if at < 0 or HOME.search(text, max(0, at - 12), at + 1):
        return False
    after = text[stop : stop + 1]
    return not (after.isalnum() or after in ("_", "@")) and is_step(text, at + 1, stop)


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
    if not _is_of_a_catalogue(text, before["tag"].lstrip("# \t"), start):
        return False
    line_end = text.find("\n", end, end + _LONGEST_LINE)
    stop = line_end if line_end >= 0 else end + _LONGEST_LINE
    return not _CREDIT.search(text, before.start("tag"), stop)


def _is_of_a_catalogue(text: str, tag: str, at: int) -> bool:
    """Whether more of a catalogue is near: a type of files, or the other half of an entry."""
    low, stop = max(0, at - _LONGEST_ENTRY), at + _NEAR
    if tag.startswith("<"):
        return not tag.startswith("<comment") or text.rfind("<mime-type", low, at) >= 0
    return text.find('msgid "', low, stop) >= 0 and text.find("msgstr", low, stop) >= 0


def _is_epoch(text: str, start: int, end: int) -> bool:
    """Whether a number counts the seconds of a key that says so: "createdAt": 1569448780."""
    lead = text[max(0, start - _LONGEST_STEP) : start]
    return _EPOCH.fullmatch(text, start, end) is not None and bool(_TIME_BEFORE.search(lead))


def _is_identifier(text: str, start: int, end: int, label: str) -> bool:
    value = text[start:end]
    if " " in value:
        return False
    if len(value) == 1:
        return _is_letter_of_code(text, start, end)
    if (label == "PERSON" and _is_camel(text, start, end)) or _ZONE.fullmatch(value):
        return True
    return value.islower() and touches_code(text, start, end)


def _is_letter_of_code(text: str, start: int, end: int) -> bool:
    """Whether one letter is nobody: a capital may be ("My ex J"), unless code or a list has it."""
    if _TITLED.search(text, max(0, start - _LONGEST_TITLE), start):
        return False
    if not text[start:end].isupper():
        return True
    before = text[max(0, start - _LONGEST_TITLE) : start]
    is_mark = not before.rpartition("\n")[2].strip() and _LIST_MARK.match(text, end)
    if is_mark or _CAPITAL_OF_CODE.match(text, end):
        return True
    return _LEADS_A_CAPITAL.search(before) is not None


def _is_scope_or_array(text: str, start: int, end: int) -> bool:
    has_sign = text[start] == "@" or text[start - 1 : start] == "@"
    if not has_sign:
        return False
    if is_on_a_line_of_code(text, start, end):
        return True
    if text[end : end + 1] != "/" or not text[end + 1 : end + 2].isalnum():
        return False
    before = text[max(0, start - _LONGEST_STEP) : start].rpartition("\n")[2].removesuffix("@")
    return before[-1:] in ("'", '"', "`") or _PACKAGE.search(before) is not None


def _is_camel(text: str, start: int, end: int) -> bool:
    """Whether a word has the humps of an identifier: not McAllister, LeBron or MaryAnn.

    Two humps with a capital in front ("RustyCrypto", "PriyaSharma") are one beside code only.
    """
    if _PARTICLE.match(text, start, end):
        return False
    if _HUMPS.fullmatch(text, start, end):
        return True
    if not _TWO_HUMPS.fullmatch(text, start, end):
        return False
    before = text[max(0, start - _LONGEST_STEP) : start]
    return _CODE_AFTER.match(text, end) is not None or _CODE_BEFORE.search(before) is not None


def touches_code(text: str, start: int, end: int) -> bool:
    """Tell whether a word in small letters is a step of a path or a part of an identifier."""
    before = text[max(0, start - _LONGEST_STEP) : start]
    if HOME.search(before):
        return False
    if is_step(text, start, end) or (_SECTION.match(text, end) and _is_manual(text, end)):
        return True
    if _CALLED.match(text, end) or _LED.search(before) or _JOINED_AFTER.match(text, end):
        return True
    if _HYPHENED.match(text, end):
        return True
    if before.endswith("$"):
        return _VARIABLE_AFTER.match(text, end) is not None
    return before.endswith(("`", "`~")) and text[end : end + 1] == "."


def _is_manual(text: str, at: int) -> bool:
    return _MANUAL.search(text, max(0, at - _NEAR), at + _NEAR) is not None


def _is_cited(text: str, start: int, end: int) -> bool:
    """Whether it is a place in a book: "Sec. 16.28", "Pg. 576"; "No. 7, Mill Lane" is none."""
    cited = _CITED.match(text, start, end)
    return cited is not None and not _WORD.search(text, cited.end(), end)


def _is_section(text: str, start: int, end: int) -> bool:
    """Whether a figure is a section of a manual that names programs: useradd(8)."""
    is_one = text[start - 1 : start] == "(" and text[start - 2 : start - 1].isalnum()
    return is_one and _is_manual(text, end)


_TOLD: Final[dict[str, Callable[[str, int, int], bool]]] = {
    "DATE": _is_cited,
    "ADDRESS": _is_cited,
    "ID": _is_epoch,
    "AGE": _is_section,
    "USERNAME": _is_scope_or_array,
}
