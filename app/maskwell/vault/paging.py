"""A long conversation, read a page at a time as its messages are asked for.

Opening a chat of ten thousand messages must not read ten thousand: what is looked at is its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from maskwell.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.vault.records import Message

__all__ = ["MessagePages"]

_PAGE = 64


class MessagePages(Sequence["Message"]):
    """The messages that were there when it was made, in order. Any thread may use it."""

    def __init__(self, ids: Sequence[int], read: Callable[[int, int], list[Message]]) -> None:
        """Read nothing yet.

        Args:
            ids: the messages' numbers, ascending.
            read: returns the messages from one number to another, both included, in order.
        """
        self._ids = ids
        self._read = read
        self._pages: dict[int, list[Message]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Message: ...

    @overload
    def __getitem__(self, index: slice) -> list[Message]: ...

    def __getitem__(self, index: int | slice) -> Message | list[Message]:
        if isinstance(index, slice):
            return [self._one(number) for number in range(*index.indices(len(self)))]
        return self._one(range(len(self))[index])

    def _one(self, index: int) -> Message:
        number, place = divmod(index, _PAGE)
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * _PAGE : (number + 1) * _PAGE]
            page = self._read(ids[0], ids[-1])
            if len(page) != len(ids):
                raise UnknownName("Messages of this chat were deleted meanwhile; open it again.")
            self._pages[number] = page
        return page[place]
