"""Noticing that something was copied: the reply the user brings back from a chatbot.

No platform tells every program about every copy, so the clipboard is asked now and then.
"""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

from maskwell.errors import ClipboardFailed
from maskwell.machine.clipboard.board import same

if TYPE_CHECKING:
    from maskwell.machine.clipboard.board import Clipboard

__all__ = ["ClipboardWatch"]

_EVERY_S = 0.4
_EVERY_SLOWLY_S = 1.5


class ClipboardWatch:
    """Tells once of each text that comes to the clipboard after the watch began."""

    def __init__(self, clipboard: Clipboard) -> None:
        """Begin to watch; what is there already is not news.

        Raises:
            ClipboardFailed: this clipboard cannot be read.
        """
        self._clipboard = clipboard
        self._last = clipboard.paste()
        self.every_s = _EVERY_SLOWLY_S if clipboard.is_slow_to_ask else _EVERY_S
        """How long to wait between two looks."""

    def look(self) -> str | None:
        """Return the text that was copied since the last look, None when there is none."""
        try:
            held = self._clipboard.paste()
        except ClipboardFailed:
            return None  # a picture, or a program that is just changing it
        if not held.strip() or same(held, self._last):
            return None
        self._last = held
        return held

    def overlook(self, text: str) -> None:
        """Take `text`, which we are about to copy ourselves, as seen."""
        self._last = text

    def still_holds(self, text: str) -> bool:
        """Whether the clipboard holds `text` and not something newer."""
        try:
            return same(self._clipboard.paste(), text)
        except ClipboardFailed:
            return False

    def clear(self, text: str) -> bool:
        """Empty the clipboard if it still holds `text`; whether it did."""
        return self._clipboard.clear_if(text)

    def wait(self, *, timeout_s: float | None = None, stop: Event | None = None) -> str | None:
        """Wait for the next text that is copied; None when stopped or out of time."""
        stop = stop or Event()
        end = None if timeout_s is None else time.monotonic() + timeout_s
        while not stop.is_set() and (end is None or time.monotonic() < end):
            if (text := self.look()) is not None:
                return text
            stop.wait(self.every_s)
        return None
