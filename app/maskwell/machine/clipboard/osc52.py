"""Asking the terminal itself to fill the clipboard: the way that works over SSH.

The sequence is OSC 52 of xterm's control sequences: `ESC ] 52 ; c ; <base64> BEL`. A terminal
that does not know it says nothing, so nobody can tell whether it worked.
"""

from __future__ import annotations

import base64
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_TEXT_BYTES", "has_terminal", "sequence", "write_to_terminal"]

MAX_TEXT_BYTES = 74_994
"""Longest text, in bytes, that terminals commonly take: 100,000 characters of sequence."""
_SCREEN_CHUNK = 252


def sequence(text: str, environ: Mapping[str, str]) -> str:
    """Return the bytes to write, wrapped for the multiplexer that stands in between, if any."""
    encoded = base64.b64encode(text.encode()).decode()
    plain = f"\x1b]52;c;{encoded}\x07"
    if environ.get("TMUX"):
        return f"\x1bPtmux;{plain.replace(chr(27), chr(27) * 2)}\x1b\\"
    if environ.get("TERM", "").startswith("screen"):
        # GNU screen passes strings on in short pieces only.
        pieces = (plain[at : at + _SCREEN_CHUNK] for at in range(0, len(plain), _SCREEN_CHUNK))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return plain


def has_terminal() -> bool:
    """Whether there is a controlling terminal to write to."""
    return write_to_terminal("")


def write_to_terminal(data: str) -> bool:
    """Write to the controlling terminal; False when there is none."""
    with suppress(OSError):
        terminal = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY)
        try:
            left = data.encode()
            while left:
                left = left[os.write(terminal, left) :]
        finally:
            os.close(terminal)
        return True
    return False
