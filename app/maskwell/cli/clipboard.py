"""The clipboard as the commands use it: what cannot be copied is printed instead."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from maskwell.cli.outputs import write_out
from maskwell.cli.terminal import say
from maskwell.errors import ClipboardFailed

if TYPE_CHECKING:
    from maskwell.machine.clipboard import ClipboardWatch

__all__ = ["PRINTED", "clear_in_background", "clear_later", "copy_or_print", "paste", "watch"]

PRINTED = "printed"


def copy_or_print(text: str, what: str) -> str:
    """Copy `text` and say so truthfully, or print it; return how it was done.

    Args:
        text: what to copy.
        what: what it is called in the sentence ("the prompt").
    """
    from maskwell.machine.clipboard import Clipboard  # noqa: PLC0415  # commands that copy
    from maskwell.tui.copying import copied_sentence  # noqa: PLC0415  # with it

    try:
        report = Clipboard().copy(text)
    except ClipboardFailed as error:
        say(f"{error} Here it is:")
        print_text(text)
        return PRINTED
    say(copied_sentence(report, what))
    return report.method


def print_text(text: str) -> None:
    """Write `text` to stdout; a terminal also gets the line end that keeps its prompt apart."""
    end = "\n" if sys.stdout.isatty() and not text.endswith("\n") else ""
    write_out(None, (text + end).encode(errors="replace"))


def paste() -> str:
    """Return the clipboard's text.

    Raises:
        ClipboardFailed: it cannot be read from here.
    """
    from maskwell.machine.clipboard import Clipboard  # noqa: PLC0415  # commands that paste

    return Clipboard().paste()


def clear_later(text: str, seconds: float) -> None:
    """Wait, then empty the clipboard if it still holds `text`; Ctrl-C empties it at once."""
    import time  # noqa: PLC0415  # here alone

    from maskwell.machine.clipboard import Clipboard  # noqa: PLC0415  # commands that copy

    say(f"The clipboard is cleared in {seconds:g} seconds (Ctrl-C: now).")
    try:
        time.sleep(seconds)
    except KeyboardInterrupt:
        say("")
    is_cleared = Clipboard().clear_if(text)
    say("The clipboard was cleared." if is_cleared else "The clipboard had changed; it was kept.")


def clear_in_background(text: str, seconds: float) -> None:
    """Have restored text cleared later, after this command has ended; 0 is never."""
    from maskwell.machine import clipboard  # noqa: PLC0415  # commands that copy

    if seconds:
        clipboard.clear_in_background(text, seconds)
        say(f"It is cleared in {seconds:g} seconds, if nothing else was copied by then.")


def watch() -> ClipboardWatch:
    """Begin to watch the clipboard.

    Raises:
        ClipboardFailed: it cannot be read from here.
    """
    from maskwell.machine.clipboard import (  # noqa: PLC0415  # commands that watch
        Clipboard,
        ClipboardWatch,
    )

    return ClipboardWatch(Clipboard())
