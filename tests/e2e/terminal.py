"""The real program in a real pseudo-terminal, its bytes kept and its screen read with pyte."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Self

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KEYS", "Terminal"]

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "shift+right": "\x1b[1;2C",
    "space": " ",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f9": "\x1b[20~",
    "alt+c": "\x1bc",
    "alt+v": "\x1bv",
    "alt+w": "\x1bw",
    "alt+p": "\x1bp",
    "alt+s": "\x1bs",
    "ctrl+f": "\x06",
    "ctrl+g": "\x07",
    "ctrl+j": "\n",
    "ctrl+l": "\x0c",
    "ctrl+n": "\x0e",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+t": "\x14",
}
_PATIENCE_S = 60.0


class Terminal:
    """A context manager: `maskwell` runs in it until it ends or the context does."""

    def __init__(
        self,
        environ: Mapping[str, str],
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.written = b""
        """Every byte the program sent to the terminal."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        clean = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED}
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "maskwell", *arguments],
            env={**clean, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environ},
            dimensions=(rows, columns),
            timeout=5,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up, and kill what does not go; a busy machine takes its time to bury it."""
        end = time.monotonic() + _PATIENCE_S
        for number in (signal.SIGHUP, signal.SIGKILL):
            if self._child.isalive():
                self._child.kill(number)
                self.read(0.3)
        while self._child.isalive() and time.monotonic() < end:
            time.sleep(0.05)
        self._child.close()

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program writes for a while."""
        end = time.monotonic() + seconds  # a clock on the screen writes without end
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
            while (left := end - time.monotonic()) > 0:
                data = self._child.read_nonblocking(65536, timeout=left)
                self.written += data
                self._stream.feed(data)

    def wait_for(self, *words: str, patience_s: float = _PATIENCE_S) -> str:
        """Wait until all words are on the screen, and return the screen."""
        end = time.monotonic() + patience_s
        while not all(one in self.text for one in words):
            assert time.monotonic() < end, f"waited for {words}; on screen:\n{self.text}"
            self.read()
        return self.text

    def wait_until_gone(self, words: str) -> None:
        """Wait until words are nowhere on the screen."""
        end = time.monotonic() + _PATIENCE_S
        while words in self.text:
            assert time.monotonic() < end, f"{words} stays; on screen:\n{self.text}"
            self.read()

    def wait_for_cursor_at(self, words: str) -> None:
        """Wait until the terminal's cursor is in the row of `words`: the field takes keys now."""
        end = time.monotonic() + _PATIENCE_S
        while words not in self._screen.display[self._screen.cursor.y]:
            assert time.monotonic() < end, f"the cursor never came to {words}"
            self.read()

    def press(self, *keys: str) -> None:
        """Press keys by name, or type what is no name; a moment passes after each."""
        for key in keys:
            self._child.send(KEYS.get(key, key))
            self.read(0.15 if key == "escape" or key.startswith("alt+") else 0.05)

    def paste(self, text: str) -> None:
        """Paste as terminals do, between brackets."""
        self._child.send(f"\x1b[200~{text}\x1b[201~")
        self.read(0.2)

    def end(self) -> int:
        """Wait for the program to end and return its exit code."""
        end = time.monotonic() + _PATIENCE_S
        while self._child.isalive() and time.monotonic() < end:
            self.read()
        self._child.close()
        code = self._child.exitstatus
        assert code is not None
        return int(code)


_NOT_PASSED = {
    "TMUX",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "SSH_CONNECTION",
    "NO_COLOR",
    "EDITOR",
    "VISUAL",
}
