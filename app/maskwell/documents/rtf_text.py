r"""RTF: known groups and known words only, their text edited paragraph by paragraph.

Text is joined over runs; a copy is written anew in ASCII. Properties, pictures, objects, field
instructions, deleted text and every `\*` group are left out.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from maskwell.documents.formats import Source, View
from maskwell.documents.rtf_reader import Reader, Run
from maskwell.documents.rtf_tokens import BREAKS, NAMING_GROUPS
from maskwell.documents.segments import Segment, check_ids, in_order
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.documents.segments import Document, Edit, Edits

__all__ = ["inspect", "read"]


class RtfText:
    """An RTF file."""

    def __init__(self, data: bytes, source: Source) -> None:
        reader = Reader(source.budget.limits.nesting)
        reader.read(data)
        self._kept = reader.kept
        self._paragraphs = {str(number): runs for number, (_, runs) in enumerate(reader.paragraphs)}
        self.segments = [
            Segment(str(number), _joined(runs), is_prose=group not in NAMING_GROUPS)
            for number, (group, runs) in enumerate(reader.paragraphs)
            if _joined(runs).strip()
        ]
        self.dropped = [f"{count} × {what}" for what, count in sorted(reader.left_out.items())]

    def rewritten(self, replace: Edits) -> bytes:
        """Return the file with the edits made, in ASCII."""
        check_ids(replace, self._paragraphs)
        changed: dict[int, str] = {}
        for identity, edits in replace.items():
            runs = self._paragraphs[identity]
            for run, text in zip(runs, _spread([run.text for run in runs], edits), strict=True):
                changed[id(run)] = text
        pieces: list[str] = []
        is_after_word = False
        for one in self._kept:
            if isinstance(one, Run):
                # A blank ends the word before and is no text.
                text = _spelled(changed.get(id(one), one.text))
                pieces.append(" " + text if is_after_word else text)
                is_after_word = False
            else:
                pieces.append(one)
                is_after_word = one.startswith("\\")
        return ("".join(pieces) + "\n").encode("ascii")


def read(data: bytes, source: Source) -> Document:
    """Read an RTF file."""
    return RtfText(data, source)


_CONTROL = re.compile(r"\\u(-?[0-9]+)\?|\\'([0-9a-f]{2})|\\([a-z]+)(-?[0-9]*) ?|\\([^a-z])|([{}])")


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield the text of all groups, as a reader sees it that drops nothing.

    Raises:
        InputUnreadable: it is not as this room writes it.
    """
    del source
    yield View("file", data)
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        raise InputUnreadable("The RTF file cannot be read back.") from error
    plain = _CONTROL.sub("", re.sub(r"\\[{}\\]", "", text))
    if not text.startswith("{\\rtf1") or "\\" in plain:
        raise InputUnreadable("The RTF file cannot be read back.")
    shown = _CONTROL.sub(_seen, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    yield View("text", shown)


def _seen(found: re.Match[str]) -> str:
    code, byte, word, _, sign, _ = found.groups()
    if code is not None:
        return chr(int(code) & 0xFFFF)
    if byte is not None:
        return bytes.fromhex(byte).decode("cp1252", "replace")
    if word is not None:
        return BREAKS.get(word, "")
    return sign or ""


def _joined(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _spread(texts: Sequence[str], edits: Sequence[Edit]) -> list[str]:
    """Return the texts with the edits of their join made; new text goes where an edit begins."""
    starts = [0, *accumulate(map(len, texts))]
    ordered = in_order(edits, starts[-1])
    new = []
    for number, text in enumerate(texts):
        at, end = starts[number], starts[number + 1]
        pieces, done = [], at
        for edit in ordered:
            is_first = at <= edit.start < end or (edit.start == edit.end == end == starts[-1])
            if is_first or (edit.end > at and edit.start < end):
                pieces.append(text[done - at : max(edit.start, at) - at])
                pieces.append(edit.new_text if is_first else "")
                done = min(edit.end, end)
        new.append("".join([*pieces, text[done - at :]]))
    return new


def _spelled(text: str) -> str:
    return "".join(map(_spelled_sign, text))


def _spelled_sign(sign: str) -> str:
    if sign in "\\{}":
        return f"\\{sign}"
    if sign == "\t":
        return "\\tab "
    if sign in "\n\r":
        return "\\line "
    if " " <= sign <= "~":
        return sign
    raw = sign.encode("utf-16-le", "surrogatepass")
    codes = (
        int.from_bytes(raw[at : at + 2], "little", signed=True) for at in (0, 2)[: len(raw) // 2]
    )
    return "".join(f"\\u{code}?" for code in codes)
