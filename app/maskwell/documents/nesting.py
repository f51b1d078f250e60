"""Documents inside a document: their segments under a prefix, their edits sorted back."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace as changed
from typing import TYPE_CHECKING

from maskwell.documents import formats
from maskwell.errors import InputTooLarge, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.documents.segments import Document, Edit, Edits, Segment

__all__ = ["Inside"]


class Inside:
    """The documents inside one container, each under a key without a slash."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._refused: Counter[str] = Counter()

    def open(self, key: str, data: bytes, source: formats.Source) -> Document | None:
        """Read one inner file with its own format; None when it has to be left out.

        Raises:
            InputTooLarge: the whole file is over a limit.
        """
        source.budget.deeper()
        try:
            document = formats.read(data, source, layout=True)
        except (InputTooLarge, MemoryError):
            raise
        except Exception:  # noqa: BLE001  # a library's failure over a hostile file inside
            self.leave_out("file inside that cannot be made safe")
            return None
        finally:
            source.budget.shallower()
        return self.add(key, document)

    def add(self, key: str, document: Document) -> Document:
        """File a document that is already read."""
        self._documents[key] = document
        return document

    def leave_out(self, what: str) -> None:
        """Count something the output will not hold."""
        self._refused[what] += 1

    def segments(self, key: str) -> Iterator[Segment]:
        """Yield an inner document's segments under its prefix."""
        for one in self._documents[key].segments:
            group = f"{key}/{one.group}" if one.group else ""
            yield changed(one, id=f"{key}/{one.id}", group=group)

    def dropped(self) -> list[str]:
        """Return what is left out, of this container and of all inside."""
        inner = [what for one in self._documents.values() for what in one.dropped]
        return [*(f"{n} × {what}" for what, n in self._refused.items()), *dict.fromkeys(inner)]

    def rewritten(self, replace: Edits) -> dict[str, bytes]:
        """Return every inner document with its edits made.

        Raises:
            UsageError: an edit names no document inside.
        """
        sorted_out: dict[str, dict[str, Sequence[Edit]]] = defaultdict(dict)
        for identity, edits in replace.items():
            key, _, inner = identity.partition("/")
            sorted_out[key][inner] = edits
        if not sorted_out.keys() <= self._documents.keys():
            raise UsageError("An edit names a segment the document does not have.")
        return {
            key: document.rewritten(sorted_out[key]) for key, document in self._documents.items()
        }
