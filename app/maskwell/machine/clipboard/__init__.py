"""The user's clipboard: carrying text to any chatbot by hand, and the reply back.

A copy is only called done when the clipboard gave the same text back, or, where it cannot
be asked (a terminal over SSH), when the report says that nobody checked.
"""

from __future__ import annotations

from maskwell.machine.clipboard.board import Clipboard, CopyReport, copy, paste, ways
from maskwell.machine.clipboard.clearing import clear_in_background
from maskwell.machine.clipboard.watching import ClipboardWatch

__all__ = [
    "Clipboard",
    "ClipboardWatch",
    "CopyReport",
    "clear_in_background",
    "copy",
    "paste",
    "ways",
]
