"""JSON and JSON Lines, edited in place: only the characters of an edit change.

Strings are decoded, so that no escape hides a name, and JSON inside a string (the arguments of
a tool call) is opened like the file itself. Keys are text too. A number long enough to be
someone's becomes a string when it is replaced. Encoded payloads are emptied.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maskwell.documents.decoding import decode
from maskwell.documents.formats import Source, View
from maskwell.documents.json_scanner import Atom, raw_span, scan, spell
from maskwell.documents.opaque import is_payload
from maskwell.documents.segments import Edit, Segment, check_ids, edited, in_order
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.documents.segments import Document, Edits

__all__ = ["JsonText", "inspect", "read"]

_SHORTEST_NUMBER_DIGITS = 6
_INNER_DEPTH = 4
_BLANK = re.compile(r"[ \t\n\r]*")
_SEPARATOR = "\n\0\n"


@dataclass(slots=True)
class _Text:
    """A JSON text: the file's own, or one inside a string."""

    text: str
    atoms: dict[str, Atom] = field(default_factory=dict)
    inner: dict[str, _Text] = field(default_factory=dict)
    payloads: set[str] = field(default_factory=set)


class JsonText:
    """A JSON or JSON Lines file."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._nesting = source.budget.limits.nesting
        self._decoded = decode(data, declared=source.declared)
        self._many = source.name.lower().endswith((".jsonl", ".ndjson"))
        self._ascii_only = self._decoded.text.isascii()
        self.segments: list[Segment] = []
        self._root = self._open(self._decoded.text, "", 0, many=self._many)
        self.dropped = ["encoded data inside strings"] if _holds_payload(self._root) else []

    def rewritten(self, replace: Edits) -> bytes:
        """Return the file with the edits made; all other characters stay as they were."""
        check_ids(replace, (segment.id for segment in self.segments))
        return self._decoded.encode(self._write(self._root, replace))

    def _open(self, text: str, prefix: str, depth: int, *, many: bool = False) -> _Text:
        opened = _Text(text)
        for number, atom in enumerate(scan(text, self._nesting, many=many)):
            identity = f"{prefix}{number}"
            value = _value(text, atom)
            if not atom.is_string and sum(map(str.isdigit, value)) < _SHORTEST_NUMBER_DIGITS:
                continue
            opened.atoms[identity] = atom
            if atom.is_string and is_payload(value):
                opened.payloads.add(identity)
            elif inner := self._inner(value, atom, identity, depth):
                opened.inner[identity] = inner
            elif value.strip():
                group = f"{prefix}@{atom.container}"
                self.segments.append(Segment(identity, value, atom.key, group))
        return opened

    def _inner(self, value: str, atom: Atom, identity: str, depth: int) -> _Text | None:
        if atom.is_key or not atom.is_string or depth == _INNER_DEPTH:
            return None
        if not value.lstrip().startswith(("{", "[", '"')):
            return None
        before = len(self.segments)
        try:
            return self._open(value, f"{identity}/", depth + 1)
        except InputUnreadable:
            del self.segments[before:]
            return None

    def _write(self, opened: _Text, replace: Edits) -> str:
        pieces: list[str] = []
        done = 0
        for identity, atom in opened.atoms.items():
            if identity in opened.payloads:
                new = '""'
            elif identity in opened.inner:
                new = self._quoted(opened, atom, self._write(opened.inner[identity], replace))
            elif edits := replace.get(identity):
                new = self._edited(opened.text[atom.start : atom.end], atom, edits)
            else:
                continue
            pieces += [opened.text[done : atom.start], new]
            done = atom.end
        return "".join([*pieces, opened.text[done:]])

    def _quoted(self, opened: _Text, atom: Atom, new: str) -> str:
        raw = opened.text[atom.start : atom.end]
        if json.loads(raw) == new:
            return raw
        return f'"{spell(new, ascii_only=self._ascii_only)}"'

    def _edited(self, raw: str, atom: Atom, edits: Sequence[Edit]) -> str:
        if not atom.is_string:
            return f'"{spell(edited(raw, edits), ascii_only=self._ascii_only)}"'
        inside = raw[1:-1]
        length = len(json.loads(raw))
        moved = []
        for edit in in_order(edits, length):
            start, end = raw_span(inside, edit.start, edit.end)
            moved.append(Edit(start, end, spell(edit.new_text, ascii_only=self._ascii_only)))
        return f'"{edited(inside, moved)}"'


def read(data: bytes, source: Source) -> Document:
    """Read a JSON or JSON Lines file."""
    return JsonText(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every key, string and number as the standard library decodes them."""
    yield View("file", data)
    text = decode(data, declared=source.declared).text
    reader = json.JSONDecoder(object_pairs_hook=_Pairs)
    place = 0
    try:
        while (place := _BLANK.match(text, place).end()) < len(text):  # type: ignore[union-attr]  # a star always matches
            value, place = reader.raw_decode(text, place)
            yield View("values", _SEPARATOR.join(_strings(value, 0)))
    except (ValueError, RecursionError) as error:
        raise InputUnreadable("The JSON cannot be read back.") from error


class _Pairs(list[tuple[str, object]]):
    """An object with its duplicate keys."""


def _strings(value: object, depth: int) -> Iterator[str]:
    waiting: list[tuple[object, int]] = [(value, depth)]
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, _Pairs):
            waiting += [(part, depth) for pair in one for part in pair]
        elif isinstance(one, list):
            waiting += [(part, depth) for part in one]
        else:
            yield str(one)
            if isinstance(one, str) and depth < _INNER_DEPTH and one.lstrip()[:1] in {*'[{"'}:
                with suppress(ValueError, RecursionError):
                    waiting.append((json.loads(one, object_pairs_hook=_Pairs), depth + 1))


def _value(text: str, atom: Atom) -> str:
    raw = text[atom.start : atom.end]
    return str(json.loads(raw)) if atom.is_string else raw


def _holds_payload(opened: _Text) -> bool:
    return bool(opened.payloads) or any(map(_holds_payload, opened.inner.values()))
