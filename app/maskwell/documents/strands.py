"""Text that markup cut into pieces, read and rewritten as one string.

A strand joins the text slots of a paragraph. An edit's new text goes into the first slot it
touches, so it takes that slot's formatting; what else it covered is removed from the others.
Invariant: after writing, reading the same slots gives the edited string.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from maskwell.documents.segments import Segment, check_ids, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maskwell.documents.segments import Edit, Edits

__all__ = ["Glue", "Slot", "Strand", "Strands"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that holds text: an element's text or tail, or one attribute."""

    element: Any
    where: str
    """"text", "tail", or an attribute's name after "@"."""
    decode: Callable[[str], str] = str
    encode: Callable[[str], str] = str

    @property
    def text(self) -> str:
        """What stands there now."""
        if self.where.startswith("@"):
            return self.decode(self.element.get(self.where[1:]) or "")
        return self.decode(getattr(self.element, self.where) or "")

    def set(self, text: str) -> None:
        """Write `text` there, less what no XML can hold."""
        clean = "".join(c if _is_xml(c) else "\ufffd" for c in self.encode(text))
        if self.where.startswith("@"):
            self.element.set(self.where[1:], clean)
        else:
            setattr(self.element, self.where, clean)
            if self.element.tag == _WORD_TEXT:
                _spread_word_text(self.element, clean)


@dataclass(frozen=True, slots=True)
class Glue:
    """Fixed characters between slots: a tab, a line break. Removed when an edit covers it."""

    element: Any
    text: str

    def take_out(self) -> None:
        """Take the element out; its tail stays."""
        parent, before = self.element.getparent(), self.element.getprevious()
        tail, self.element.tail = self.element.tail, None
        if parent is not None:
            parent.remove(self.element)
            _append_text(parent, before, tail)


@dataclass(slots=True)
class Strand:
    """The slots of one paragraph, in reading order."""

    parts: list[Slot | Glue] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The slots' text, joined."""
        return "".join(part.text for part in self.parts)

    def write(self, edits: Sequence[Edit]) -> None:
        """Make the edits in the slots."""
        texts = [part.text for part in self.parts]
        starts = [0, *accumulate(map(len, texts))]
        ordered = in_order(edits, starts[-1])
        owners = [self._owner(edit, starts) for edit in ordered]
        glues = []
        for number, (part, text) in enumerate(zip(self.parts, texts, strict=True)):
            mine = [edit for edit, owner in zip(ordered, owners, strict=True) if owner == number]
            new = _piece(text, starts[number], ordered, mine)
            if isinstance(part, Glue):
                glues += [part] if new != text else []
            elif new != text:
                part.set(new)
        for glue in glues:
            glue.take_out()

    def _owner(self, edit: Edit, starts: Sequence[int]) -> int:
        """Return which slot takes the edit's new text: the first it touches, else one beside."""
        slots = [number for number, part in enumerate(self.parts) if isinstance(part, Slot)]
        touched = (n for n in slots if starts[n] < edit.end and edit.start < starts[n + 1])
        beside = (n for n in slots if starts[n] <= edit.start <= starts[n + 1])
        return next(touched, next(beside, slots[0]))


class Strands:
    """The strands of one document under their segment ids."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._strands: dict[str, Strand] = {}

    def add(
        self,
        strand: Strand,
        *,
        prefix: str = "",
        label: str = "",
        group: str = "",
        is_prose: bool = True,
    ) -> None:
        """File a strand, when it holds any text."""
        text = strand.text
        if text.strip() and any(isinstance(part, Slot) for part in strand.parts):
            identity = f"{prefix}{len(self.segments)}"
            self._strands[identity] = strand
            self.segments.append(Segment(identity, text, label, group, is_prose))

    def write(self, replace: Edits) -> None:
        """Make the edits.

        Raises:
            UsageError: an edit names no strand or lies outside it.
        """
        check_ids(replace, self._strands)
        for identity, edits in replace.items():
            self._strands[identity].write(edits)


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_TEXT = f"{_WORD}t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _spread_word_text(element: Any, text: str) -> None:
    """Write tabs and line breaks as Word has them: elements beside the text."""
    first, *others = re.split(r"([\t\n])", text)
    element.text = first
    element.set(_SPACE, "preserve")
    for piece in reversed(others):
        if piece in {"\t", "\n"}:
            new = element.makeelement(_WORD + ("tab" if piece == "\t" else "br"))
        else:
            new = element.makeelement(_WORD_TEXT, {_SPACE: "preserve"})
            new.text = piece
        element.addnext(new)


def _piece(text: str, at: int, edits: Sequence[Edit], mine: Sequence[Edit]) -> str:
    """Return what the part that begins at `at` holds after the edits; `mine` bring new text."""
    end = at + len(text)
    pieces: list[str] = []
    done = at
    for edit in edits:
        low, high = min(max(edit.start, at), end), min(max(edit.end, at), end)
        pieces.append(text[done - at : max(low - at, done - at)])
        if edit in mine:
            pieces.append(edit.new_text)
        done = max(done, high)
    return "".join([*pieces, text[done - at :]])


def _append_text(parent: Any, before: Any, tail: str | None) -> None:
    if not tail:
        return
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail


def _is_xml(sign: str) -> bool:
    code = ord(sign)
    return (code >= 0x20 and not 0xD800 <= code <= 0xDFFF and code not in {0xFFFE, 0xFFFF}) or (
        sign in "\t\n\r"
    )
