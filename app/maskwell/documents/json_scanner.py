"""JSON read where it stands: every string and long number with its place in the text.

An own scanner, because parsing and writing again would lose duplicate keys, number spellings
and layout. Linear, without recursion; nesting is limited. What it accepts is what the standard
library accepts, less NaN and its kin.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Atom", "raw_span", "scan", "spell"]

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"true|false|null")
_UNIT = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Atom:
    """A string (quotes included) or a number of a JSON text, in characters."""

    start: int
    end: int
    is_string: bool
    is_key: bool
    key: str
    """The nearest key above a value; "" in a bare list. A key's own is ""."""
    container: int
    """Where the object or list that holds it begins."""


@dataclass(slots=True)
class _Level:
    closer: str
    start: int
    key: str
    state: str
    """What may come next: "first", "value", "comma", "key" or "colon"."""


def scan(text: str, nesting: int, *, many: bool = False) -> Iterator[Atom]:
    """Yield the atoms of a JSON text in order.

    Args:
        text: the whole text.
        nesting: how deep lists and objects may nest.
        many: whether several values may follow one another (JSON Lines).

    Raises:
        InputUnreadable: it is no JSON; the sentence names the place.
    """
    levels = [_Level("", 0, "", "value")]
    place = _skip(text, 0)
    while place < len(text):
        level, sign = levels[-1], text[place]
        if level.state == "comma" and (many or len(levels) > 1):
            place = _after_value(text, place, levels, many=many)
        elif level.state == "colon" and sign == ":":
            level.state = "value"
            place += 1
        elif sign == level.closer and level.state == "first":
            levels.pop()
            place += 1
        elif level.state in {"key", "first"} and level.closer == "}" and sign == '"':
            atom = _string(text, place, level, is_key=True)
            level.key = json.loads(text[atom.start : atom.end])
            level.state = "colon"
            yield atom
            place = atom.end
        elif level.state == "value" or (level.state == "first" and level.closer != "}"):
            level.state = "comma"
            atom_or_place = _value(text, place, levels, nesting)
            if isinstance(atom_or_place, Atom):
                yield atom_or_place
                place = atom_or_place.end
            else:
                place = atom_or_place
        else:
            raise _broken(text, place)
        place = _skip(text, place)
    if len(levels) > 1 or (levels[0].state == "value" and not many):
        raise _broken(text, place)


def _after_value(text: str, place: int, levels: list[_Level], *, many: bool) -> int:
    level, sign = levels[-1], text[place]
    if len(levels) == 1:
        level.state = "value"
        if not many or text[place - 1] not in " \t\n\r":
            raise _broken(text, place)
        return place
    if sign == level.closer:
        levels.pop()
    elif sign == ",":
        level.state = "key" if level.closer == "}" else "value"
    else:
        raise _broken(text, place)
    return place + 1


def _value(text: str, place: int, levels: list[_Level], nesting: int) -> Atom | int:
    level, sign = levels[-1], text[place]
    if sign in "{[":
        if len(levels) > nesting:
            raise InputUnreadable(f"The JSON nests more than {nesting} levels deep.")
        levels.append(_Level("}" if sign == "{" else "]", place, level.key, "first"))
        return place + 1
    if sign == '"':
        return _string(text, place, level, is_key=False)
    if number := _NUMBER.match(text, place):
        return Atom(place, number.end(), False, False, level.key, level.start)
    if word := _WORD.match(text, place):
        return word.end()
    raise _broken(text, place)


def _string(text: str, place: int, level: _Level, *, is_key: bool) -> Atom:
    found = _STRING.match(text, place)
    if found is None:
        raise _broken(text, place)
    return Atom(place, found.end(), True, is_key, "" if is_key else level.key, level.start)


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _broken(text: str, place: int) -> InputUnreadable:
    line = text.count("\n", 0, place) + 1
    return InputUnreadable(f"The file is not valid JSON: see line {line}.")


def raw_span(raw: str, start: int, end: int) -> tuple[int, int]:
    """Return where decoded characters `start`…`end` stand in a string's raw inside."""
    if "\\" not in raw:
        return start, end
    places = [unit.start() for unit in _UNIT.finditer(raw)] + [len(raw)]
    return places[start], places[end]


def spell(text: str, *, ascii_only: bool) -> str:
    """Return `text` as the inside of a JSON string."""
    return json.dumps(text, ensure_ascii=ascii_only or not text.isprintable())[1:-1]
