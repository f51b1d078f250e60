"""Talking to the person at the terminal, beside the data on stdin and stdout.

Questions go to the controlling terminal, so a pipe never answers them, and are only asked
where someone can see them.
"""

from __future__ import annotations

import getpass
import os
import select
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from maskwell.errors import Interrupted
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ask", "ask_secret", "can_ask", "confirm", "entered", "say", "use"]

_given: list[int] = []
"""The terminal of whoever this process works for, where it is not its own."""


def use(descriptor: int | None) -> None:
    """Ask at the terminal open as `descriptor`, or at none, instead of this process's own."""
    _given[:] = [-1 if descriptor is None else descriptor]


def say(sentence: str) -> None:
    """Tell the user something, on stderr."""
    # Losing a message because stderr is closed must not lose the work it is about.
    with suppress(OSError, ValueError):
        sys.stderr.write(inert(sentence) + "\n")
        sys.stderr.flush()


def can_ask() -> bool:
    """Whether there is a terminal at which a question would be seen and answered."""
    if not sys.stderr.isatty():
        return False
    if _given:
        return _given[0] >= 0
    if os.name != "posix":
        return sys.stdin.isatty()
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def ask(question: str) -> str:
    """Ask on the terminal and return the answer without its line end."""
    sys.stderr.write(inert(question) + " ")
    sys.stderr.flush()
    if os.name != "posix":
        return input()
    with _terminal() as terminal:
        answer = terminal.readline()
    if not answer:
        raise Interrupted("Stopped: no answer was given.")
    return answer.rstrip("\n")


def confirm(question: str, *, default: bool) -> bool:
    """Ask a yes-or-no question; Enter alone answers `default`."""
    hint = "[Y/n]" if default else "[y/N]"
    while True:
        answer = ask(f"{question} {hint}").strip().casefold()
        if not answer:
            return default
        if answer in {"y", "yes", "n", "no"}:
            return answer.startswith("y")


def ask_secret(prompt: str) -> str:
    """Ask for a passphrase without showing it."""
    try:
        return _asked_blind(prompt) if _given else getpass.getpass(prompt)
    except EOFError as error:
        raise Interrupted("Stopped: no passphrase was given.") from error


@contextmanager
def entered() -> Iterator[Callable[[float], bool]]:
    """Give a function that waits for Enter, up to so many seconds, and says whether it came."""
    if os.name != "posix":
        yield _key_pressed
        return
    with _terminal() as terminal:
        yield lambda seconds: _line_came(terminal, seconds)


def _line_came(terminal: TextIO, seconds: float) -> bool:
    if not select.select([terminal], [], [], seconds)[0]:
        return False
    terminal.readline()
    return True


def _key_pressed(seconds: float) -> bool:
    import msvcrt  # noqa: PLC0415  # on Windows alone

    time.sleep(seconds)
    return bool(getattr(msvcrt, "kbhit")())  # noqa: B009  # not there where types are checked


def _terminal() -> TextIO:
    place: int | str = os.dup(_given[0]) if _given else "/dev/tty"
    return open(place, encoding="utf-8", errors="replace")  # noqa: PTH123  # a device


def _asked_blind(prompt: str) -> str:
    """Do at the given terminal what `getpass` does at this process's own."""
    import termios  # noqa: PLC0415  # where terminals are given there is one

    before = termios.tcgetattr(_given[0])
    blind = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    try:
        termios.tcsetattr(_given[0], termios.TCSAFLUSH, blind)
        return ask(prompt.rstrip())
    except Interrupted:
        raise EOFError from None
    finally:
        termios.tcsetattr(_given[0], termios.TCSAFLUSH, before)
        say("")
