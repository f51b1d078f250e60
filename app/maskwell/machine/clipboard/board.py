"""One seam to whatever clipboard there is; a copy that did not arrive is never called done."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.errors import ClipboardFailed
from maskwell.machine.clipboard import osc52
from maskwell.machine.clipboard.tools import WINDOWS, Tool, tools_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Clipboard", "CopyReport", "copy", "paste", "plain", "same", "ways"]


_READ_BACK_TRIES = 6
_READ_BACK_PAUSE_S = 0.05
"""xsel, for one, ends before the text can be asked for."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """How a text was copied."""

    method: str
    """The program, or "OSC 52"."""
    is_verified: bool
    """The clipboard gave the same text back. When False the terminal was asked, and whether
    it did as asked cannot be known: say so."""


class Clipboard:
    """The clipboard of this session.

    Args:
        environ: the environment that tells which clipboard there is.
        platform: as `sys.platform`.
        write_terminal: writes an escape sequence to the user's terminal; False when there
            is none. An app that owns the screen passes its own.
    """

    def __init__(
        self,
        environ: Mapping[str, str] | None = None,
        *,
        platform: str = sys.platform,
        write_terminal: Callable[[str], bool] = osc52.write_to_terminal,
    ) -> None:
        self._environ = os.environ if environ is None else environ
        self._platform = platform
        self._write_terminal = write_terminal

    def copy(self, text: str) -> CopyReport:
        """Put `text` on the clipboard.

        Raises:
            ClipboardFailed: nothing took it, or it came back changed.
        """
        tools = tools_for(self._platform, self._environ)
        for tool in (tool for tool in tools if tool.is_system_wide):
            if self._copied(tool, text):
                return CopyReport(tool.name, is_verified=True)
        for tool in (tool for tool in tools if not tool.is_system_wide):
            # tmux hands it on to the terminal as OSC 52, if it was configured to.
            if self._copied(tool, text):
                self._through_terminal(text)
                return CopyReport(tool.name, is_verified=False)
        if self._through_terminal(text):
            return CopyReport("OSC 52", is_verified=False)
        raise ClipboardFailed(self._why_not(text, tools))

    def paste(self) -> str:
        """Return the text on the clipboard, "" when it is empty.

        Raises:
            ClipboardFailed: it cannot be read from here.
        """
        for tool in tools_for(self._platform, self._environ):
            text = tool.paste(self._environ)
            if text is not None:
                return text
        raise ClipboardFailed(
            "The clipboard cannot be read from here; paste the text yourself, on standard input."
        )

    def clear_if(self, text: str) -> bool:
        """Empty the clipboard if it still holds `text`; whether it did."""
        return self.clear_when(lambda held: same(held, text))

    def clear_when(self, matches: Callable[[str], bool]) -> bool:
        """Empty the clipboard if what it holds matches; whether it did."""
        for tool in tools_for(self._platform, self._environ):
            held = tool.paste(self._environ)
            if held is not None and matches(held):
                return tool.copy("", self._environ)
        return False

    @property
    def is_slow_to_ask(self) -> bool:
        """Whether asking it starts something heavy, so that it is not asked all the time."""
        tools = tools_for(self._platform, self._environ)
        return bool(tools) and tools[0] is WINDOWS

    def _copied(self, tool: Tool, text: str) -> bool:
        if not tool.copy(text, self._environ):
            return False
        for _ in range(_READ_BACK_TRIES):
            back = tool.paste(self._environ)
            if back is not None and same(back, text):
                return True
            time.sleep(_READ_BACK_PAUSE_S)
        return False

    def _through_terminal(self, text: str) -> bool:
        if len(text.encode()) > osc52.MAX_TEXT_BYTES:
            return False
        return self._write_terminal(osc52.sequence(text, self._environ))

    def _why_not(self, text: str, tools: list[Tool]) -> str:
        if tools:
            names = " and ".join(tool.name for tool in tools)
            return f"Nothing was copied: {names} did not take the text."
        if len(text.encode()) > osc52.MAX_TEXT_BYTES:
            return "Nothing was copied: the text is too long for a terminal's clipboard."
        if self._environ.get("WAYLAND_DISPLAY"):
            return "Nothing was copied: install wl-clipboard to reach the clipboard."
        if self._environ.get("DISPLAY"):
            return "Nothing was copied: install xclip or xsel to reach the clipboard."
        return "Nothing was copied: there is no clipboard here."


def ways(platform: str, environ: Mapping[str, str]) -> list[str]:
    """Return the ways to a clipboard there are here, the one tried first at the front."""
    names = [tool.name for tool in tools_for(platform, environ)]
    return [*names, "OSC 52"] if osc52.has_terminal() else names


def copy(text: str) -> CopyReport:
    """Put `text` on this session's clipboard; see `Clipboard.copy`."""
    return Clipboard().copy(text)


def paste() -> str:
    """Return the text on this session's clipboard; see `Clipboard.paste`."""
    return Clipboard().paste()


def same(held: str, text: str) -> bool:
    """Whether a clipboard gave a text back, but for the line ends some of them change."""
    return plain(held) == plain(text)


def plain(text: str) -> str:
    """Return a text as clipboards agree on it: plain line ends, none at the end."""
    return text.replace("\r\n", "\n").rstrip("\n")
