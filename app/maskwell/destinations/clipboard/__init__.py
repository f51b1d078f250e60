"""The clipboard as a destination, and the device itself for those who know it by this name."""

from __future__ import annotations

from maskwell.destinations.clipboard.handoff import ClipboardDestination
from maskwell.machine.clipboard import Clipboard, CopyReport, copy, paste, ways

__all__ = ["Clipboard", "ClipboardDestination", "CopyReport", "copy", "paste", "ways"]
