"""Zip archives: every file inside made safe by its own format, then packed anew.

A file inside that no format can make safe is left out, as are links, dates, extra fields and
the comments of entries. Names and the archive's comment are text like any other.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from maskwell.documents import formats
from maskwell.documents.formats import Source, View
from maskwell.documents.naming import Names
from maskwell.documents.nesting import Inside
from maskwell.documents.packing import Entry, pack, unpack, walk
from maskwell.documents.segments import Segment, edited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.documents.segments import Document, Edit, Edits

__all__ = ["inspect", "read"]

_COMMENT = "comment"


class Archive:
    """A zip archive."""

    def __init__(self, data: bytes, source: Source) -> None:
        package = unpack(data, source.budget)
        self._comment = package.comment
        self._inside = Inside()
        self._paths: dict[str, str] = {}
        for number, entry in enumerate(package.entries):
            key = f"f{number}"
            is_folder = entry.name.endswith("/")
            if is_folder:
                self._paths[key] = entry.name
            elif self._inside.open(key, entry.data, source.within(entry.name)):
                self._paths[key] = formats.copy_name(entry.data, entry.name)
        for _ in range(package.links):
            self._inside.leave_out("link")
        self._names = Names(self._paths.values())
        self.segments = list(self._segments())
        self.dropped = self._inside.dropped()

    def rewritten(self, replace: Edits) -> bytes:
        """Return a new archive of the files with their edits made."""
        names, others = Names.split(replace)
        comment_edits: Sequence[Edit] = others.get(_COMMENT, ())
        inner = {key: edits for key, edits in others.items() if key != _COMMENT}
        contents = self._inside.rewritten(inner)
        taken: set[str] = set()
        entries = []
        for key, path in self._paths.items():
            name = _unused(self._names.rewritten(path, names), taken)
            entries.append(Entry(name, contents.get(key, b"")))
        return pack(entries, edited(self._comment, comment_edits))

    def _segments(self) -> Iterator[Segment]:
        yield from self._names.segments()
        if self._comment.strip():
            yield Segment(_COMMENT, self._comment, "comment")
        for key, path in self._paths.items():
            if not path.endswith("/"):
                yield from self._inside.segments(key)


def read(data: bytes, source: Source) -> Document:
    """Read a zip archive and every file inside it."""
    return Archive(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every name, the comment, and what each file's own verifier sees."""
    for one in walk(data, source.budget):
        if isinstance(one, View):
            yield one
        elif not one.name.endswith("/"):
            source.budget.deeper()
            yield from formats.inspect(one.data, source.within(one.name))
            source.budget.shallower()


def _unused(name: str, taken: set[str]) -> str:
    path, number, candidate = PurePosixPath(name), 2, name
    while candidate.lower() in taken:
        candidate = str(path.with_name(f"{path.stem}-{number}{path.suffix}"))
        number += 1
    taken.add(candidate.lower())
    return candidate
