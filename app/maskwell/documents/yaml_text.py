"""YAML, edited in place: scalars, keys, comments, anchors and tags by their marks.

A changed plain or folded scalar becomes a quoted one, a changed literal block stays a block.
Anchors and tags cannot carry a token, so one that holds a value gets a neutral name.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]  # it ships no types
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLStreamError

from maskwell.documents.decoding import decode
from maskwell.documents.formats import Source, View
from maskwell.documents.opaque import is_payload
from maskwell.documents.segments import Edit, edited, in_order
from maskwell.documents.splicing import Piece, SplicedText
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.documents.segments import Document

__all__ = ["inspect", "read"]

_COMMENT = re.compile(r"#([^\r\n]*)")
_HEADER = re.compile(r"[|>][0-9+-]*[ \t]*(?:#([^\r\n]*))?(\r\n|\n|\r)")
_STARTS = {"BlockMappingStartToken", "BlockSequenceStartToken"} | {
    "FlowMappingStartToken",
    "FlowSequenceStartToken",
}
_ENDS = {"BlockEndToken", "FlowMappingEndToken", "FlowSequenceEndToken"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def read(data: bytes, source: Source) -> Document:
    """Read a YAML file of one or more documents."""
    decoded = decode(data, declared=source.declared)
    for _ in _parsed(decoded.text, "parse"):
        pass
    return SplicedText(decoded, partial(_pieces, nesting=source.budget.limits.nesting))


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every scalar, anchor and tag as another parser sees them."""
    yield View("file", data)
    text = decode(data, declared=source.declared).text
    yield View("text", text)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            for name in ("value", "anchor", "tag"):
                if isinstance(seen := getattr(event, name, None), str):
                    yield View(name, seen)
    except (yaml.YAMLError, RecursionError) as error:
        raise InputUnreadable("The YAML cannot be read back.") from error


class _Place:
    """Where the scanner stands: the open collections and the key that was read last."""

    def __init__(self, nesting: int) -> None:
        self._nesting = nesting
        self._open: list[int] = []
        self._keys: dict[int, str] = {}
        self._is_key = False
        self._count = 0
        self._names: dict[str, int] = {}

    def pass_over(self, kind: str) -> None:
        if kind in _STARTS:
            self._count += 1
            self._open.append(self._count)
            if len(self._open) > self._nesting:
                raise InputUnreadable(f"The YAML nests more than {self._nesting} levels deep.")
        elif kind in _ENDS and self._open:
            self._open.pop()
        elif kind in {"KeyToken", "ValueToken"}:
            self._is_key = kind == "KeyToken"

    def number(self, name: str) -> int:
        """Return the number that stands for an anchor or a tag: the same wherever it stands."""
        return self._names.setdefault(name, len(self._names) + 1)

    def scalar(self, value: str) -> tuple[str, str]:
        """Return a scalar's label and group."""
        here = self._open[-1] if self._open else 0
        if self._is_key:
            self._keys[here] = value
            self._is_key = False
            return "", f"in {here}"
        return self._keys.get(here, ""), f"in {here}"


def _pieces(text: str, *, nesting: int) -> Iterator[Piece]:
    place, done, is_binary = _Place(nesting), 0, False
    for token in _parsed(text, "scan"):
        start, end, kind = token.start_mark.index, token.end_mark.index, type(token).__name__
        yield from _comments(text, done, start)
        done = max(done, end)
        place.pass_over(kind)
        if kind == "ScalarToken":
            yield from _scalar(text, token, place, is_binary=is_binary)
            is_binary = False
        elif kind in {"AnchorToken", "AliasToken"}:
            spell = partial(_neutral, "a", place.number(token.value))
            yield Piece(start + 1, end, token.value, spell, is_exact=False)
        elif kind == "TagToken":
            tag = str(getattr(token, "suffix", None) or text[start:end])
            is_binary = tag.endswith("binary")
            spell = partial(_neutral, "!t", place.number(text[start:end]))
            yield Piece(start, end, text[start:end], spell, is_exact=False)
        elif kind == "DirectiveToken":
            yield Piece(start, end, text[start:end], partial(edited, text[start:end]))
    yield from _comments(text, done, len(text))


def _parsed(text: str, step: str) -> Iterator[Any]:
    """Yield what the reader's "scan" or "parse" gives."""
    try:
        yield from getattr(YAML(typ="safe", pure=True), step)(text)
    except (MarkedYAMLError, YAMLStreamError, RecursionError, ValueError) as error:
        raise InputUnreadable("The file is not valid YAML.") from error


def _comments(text: str, start: int, end: int) -> Iterator[Piece]:
    for found in _COMMENT.finditer(text, start, end):
        yield _comment(found.start(1), found[1])


def _comment(start: int, words: str) -> Piece:
    def spell(edits: Sequence[Edit]) -> str:
        return re.sub(r"[\r\n\x85\u2028\u2029]+", " ", edited(words, edits))

    return Piece(start, start + len(words), words, spell, "comment", is_exact=False)


def _scalar(text: str, token: Any, place: _Place, *, is_binary: bool) -> Iterator[Piece]:
    start, end = token.start_mark.index, token.end_mark.index
    raw = text[start:end]
    header = _HEADER.match(raw) if token.style in {"|", ">"} else None
    if header and header[1]:
        yield _comment(start + header.start(1), header[1])
        start, raw = start + header.start(2), raw[header.start(2) :]
    label, group = place.scalar(token.value)
    spell = partial(_spelled, raw, token.value, token.style)
    if header:
        spell = partial(_spelled_block, raw, token.value, token.style, has_comment=bool(header[1]))
    payload = is_binary or is_payload(token.value)
    yield Piece(start, end, token.value, spell, label, group, is_payload=payload)


def _spelled(raw: str, value: str, style: str | None, edits: Sequence[Edit]) -> str:
    del raw
    new = edited(value, edits)
    if style == "'" and new.isprintable():
        return "'" + new.replace("'", "''") + "'"
    return _quoted(new)


def _spelled_block(
    raw: str, value: str, style: str, edits: Sequence[Edit], *, has_comment: bool
) -> str:
    """Return a block scalar with its edits: a block still where that can be exact."""
    body_at = raw.index("\n") + 1 if "\n" in raw else len(raw)
    if style == "|" and (places := _literal_places(raw[body_at:], value)):
        indent = raw[body_at + places[0] - _indent(raw[body_at:]) : body_at + places[0]]
        moved = [
            Edit(places[e.start], places[e.end], e.new_text.replace("\n", f"\n{indent}"))
            for e in in_order(edits, len(value))
        ]
        return raw[:body_at] + edited(raw[body_at:], moved)
    if has_comment:
        raise InputUnreadable("A folded YAML text with a comment in its first line cannot change.")
    return _quoted(edited(value, edits)) + raw[len(raw.rstrip("\r\n \t")) :]


def _indent(body: str) -> int:
    first = next((line for line in body.split("\n") if line.strip(" \r")), "")
    return len(first) - len(first.lstrip(" "))


def _literal_places(body: str, value: str) -> list[int] | None:
    """Return where each character of a literal block's value stands in its body, and the end."""
    indent, places, seen, at = _indent(body), list[int](), list[str](), 0
    for line in body.splitlines(keepends=True):
        inside = line[indent:] if line.strip() else line.lstrip(" ")
        skipped = len(line) - len(inside)
        places += range(at + skipped, at + len(line))
        seen.append(inside)
        at += len(line)
    joined = "".join(seen)
    if not joined.startswith(value) or joined[len(value) :].strip() or not value.strip():
        return None
    return [*places[: len(value)], places[len(value)] if len(value) < len(places) else at]


def _quoted(text: str) -> str:
    return '"' + "".join(map(_escape, text)) + '"'


def _escape(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign.isprintable():
        return sign
    number = ord(sign)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _neutral(prefix: str, number: int, edits: Sequence[Edit]) -> str:
    """Return a name that tells nothing; a digest of the old one could be guessed."""
    del edits
    return f"{prefix}-{number}-neutral"
