"""Opening a file, writing it back and checking it, wherever its bytes are safe to parse.

Formats that a linear scanner reads are handled here; all others in a confined child, one for
each file and one for each check. Either way the caller holds the same `Document`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import finalize

from maskwell.documents import formats
from maskwell.documents.limits import DEFAULT_LIMITS, Budget, Limits
from maskwell.documents.parent import Child, ask
from maskwell.documents.passages import passages
from maskwell.documents.pictures.second_opinion import second_opinion
from maskwell.documents.searching import Leak, search
from maskwell.documents.segments import Segment, check_ids, edited
from maskwell.errors import InputUnreadable, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from maskwell.documents.segments import Document, Edits

__all__ = ["MODES", "VerifyReport", "open_document", "verify"]

MODES = ("layout", "pictures", "text")
"""From the one that keeps most to the one that is safest; not every format has all."""
_PICTURES = frozenset(("png", "jpg", "tiff"))


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a different library than the writer's found in an output."""

    leaks: tuple[Leak, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing forbidden stands anywhere."""
        return not self.leaks


def open_document(
    data: bytes,
    name: str,
    *,
    mode: str = "layout",
    restoring: bool = False,
    keeps: Collection[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read a file.

    Args:
        data: the whole file.
        name: its name; the ending helps to recognise the format.
        mode: "layout" edits the file in place; "pictures" makes pages pictures of themselves;
            "text" rebuilds its words as plain text.
        restoring: whether values are to be put back, so that nothing has to be doubted.
        keeps: what stays that is left out unless asked for: "outputs" of a notebook's cells.
        limits: what the file may cost.

    Raises:
        InputUnreadable: damaged, protected, or of a kind this version cannot make safe.
        InputTooLarge: over a limit.
        UsageError: no such mode.
    """
    if mode not in MODES:
        raise UsageError(f"There is no document mode {mode!r}; use layout or text.")
    Budget(limits).admit(len(data))
    chosen = formats.recognise(data, name)
    if mode not in chosen.modes and mode != "text":
        raise InputUnreadable(
            f"The layout of {chosen.title} cannot be kept safely; use the text mode."
        )
    document: Document
    if chosen.in_child:
        purpose = "restore" if restoring and mode != "text" else mode
        document = _Distant(data, name, purpose, limits, keeps)
    else:
        document = formats.read(data, formats.Source(name, Budget(limits)))
    return _Words(document) if mode == "text" else document


def verify(
    output: bytes, name: str, forbidden: Iterable[str], *, limits: Limits = DEFAULT_LIMITS
) -> VerifyReport:
    """Open an output with another library and search all of it for the forbidden values.

    Raises:
        InputUnreadable: it does not open there, so it must not be released.
    """
    values = list(dict.fromkeys(forbidden))
    chosen = formats.recognise(output, name)
    if chosen.in_child:
        request = {"task": "inspect", "name": name, "forbidden": values}
        message, _ = ask(request, output, limits, chosen.module)
        leaks = [Leak(*leak) for leak in message["leaks"]]
        if chosen.kind in _PICTURES:
            leaks += search(second_opinion(output), values)
        return VerifyReport(tuple(leaks))
    views = formats.inspect(output, formats.Source(name, Budget(limits)))
    return VerifyReport(tuple(search(views, values)))


class _Distant:
    """A document whose bytes only a child has parsed.

    The child keeps what it read until it is written, so a file is parsed once.
    """

    def __init__(
        self, data: bytes, name: str, mode: str, limits: Limits, keeps: Collection[str]
    ) -> None:
        self._data = data
        self._about = {"name": name, "mode": mode, "keeps": sorted(keeps)}
        self._limits = limits
        self._child: Child | None = Child(limits, formats.recognise(data, name).module)
        finalize(self, self._child.stop)
        message, _ = self._child.ask({"task": "read", **self._about}, data)
        self.segments: Sequence[Segment] = [Segment(*row) for row in message["segments"]]
        self.dropped: Sequence[str] = [str(what) for what in message["dropped"]]

    def rewritten(self, replace: Edits) -> bytes:
        """Have the child return the file with the edits made; a second time, a new child."""
        edits = {
            segment: [[edit.start, edit.end, edit.new_text] for edit in some]
            for segment, some in replace.items()
        }
        request = {"task": "rewrite", **self._about, "edits": edits}
        if self._child is None:
            return ask(request, self._data, self._limits)[1]
        child, self._child = self._child, None
        try:
            return child.ask(request)[1]
        finally:
            child.stop()


class _Words:
    """A document as plain text: its prose in passages, nothing else."""

    def __init__(self, document: Document) -> None:
        self.segments = [one for one in document.segments if one.is_prose]
        self.dropped = [*document.dropped, "layout, pictures and everything that is not text"]

    def rewritten(self, replace: Edits) -> bytes:
        """Return the text with the edits made, as UTF-8."""
        check_ids(replace, (segment.id for segment in self.segments))
        texts = []
        for passage in passages(self.segments):
            done, pieces = 0, []
            for start, member in zip(passage.starts, passage.members, strict=True):
                pieces += [
                    passage.text[done:start],
                    edited(member.text, replace.get(member.id, ())),
                ]
                done = start + len(member.text)
            texts.append("".join(pieces) + passage.text[done:])
        return ("\n\n".join(texts) + "\n").encode("utf-8", "surrogatepass")
