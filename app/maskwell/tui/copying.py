"""Copying from the terminal app, and saying truthfully whether it worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.errors import ClipboardFailed

if TYPE_CHECKING:
    from maskwell.machine.clipboard import Clipboard, CopyReport

__all__ = ["copied", "copied_sentence"]


def copied(clipboard: Clipboard, text: str, what: str) -> tuple[str, bool]:
    """Copy `text`; return one true sentence about it, and whether anything was done.

    `what` is what it is called in the sentence ("the message").
    """
    if not text:
        return f"There was nothing to copy: {what} is empty.", False
    try:
        report = clipboard.copy(text)
    except ClipboardFailed as error:
        return str(error), False
    return copied_sentence(report, what), True


def copied_sentence(report: CopyReport, what: str) -> str:
    """Return what is known about a copy that was made."""
    name = what[:1].upper() + what[1:]
    if report.is_verified:
        return f"{name} was copied ({report.method})."
    return (
        f"{name} was handed to the terminal ({report.method}), which does not say whether "
        "it copied; try pasting."
    )
