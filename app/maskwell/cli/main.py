"""The one edge where errors become a sentence on stderr and an exit code.

No traceback and no value ever leaves here; what was not foreseen goes to the log as the
places it passed through, without any of its words.
"""

from __future__ import annotations

import io
import os
import select
import sys
from typing import TYPE_CHECKING

import typer

from maskwell.cli.crash_log import record_crash
from maskwell.cli.terminal import say
from maskwell.errors import MaskwellError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run"]

INTERRUPTED = 130
WRONG_USAGE = 2
_UsageError: type[Exception] = typer.BadParameter.__mro__[2]
"""What typer raises for a wrong command line, whichever copy of click it brings."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the process's exit code."""
    _speak_utf8()
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except MaskwellError as error:
        say(str(error))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        say("Stopped.")
        return INTERRUPTED
    except _UsageError as error:
        say(_usage_sentence(error))
        return WRONG_USAGE
    except Exception as error:  # noqa: BLE001  # the last edge: nothing may show a traceback
        if isinstance(error, BrokenPipeError) and _is_stdout_closed():
            _forget_stdout()
            return 0
        say(record_crash(error))
        return 1
    return code


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a character must never end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _invoke(arguments: Sequence[str]) -> int:
    from maskwell.cli.app import command  # noqa: PLC0415  # inside the edge, errors included

    root = command()
    if "_MASKWELL_COMPLETE" in os.environ:
        root.main(list(arguments), prog_name="maskwell")
    try:
        with root.make_context("maskwell", list(arguments)) as context:
            root.invoke(context)
    except typer.Exit as done:
        return int(done.exit_code)
    return 0


def _usage_sentence(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    if context is not None and type(error).__name__ == "NoArgsIsHelpError":
        return str(context.get_help())
    path = context.command_path if context is not None else "maskwell"
    message = getattr(error, "format_message", lambda: str(error))()
    return f"{' '.join(message.split()).rstrip('.')}; see: {path} -h."


def _is_stdout_closed() -> bool:
    """Whether nobody reads standard output any more; another pipe's end is no success."""
    try:
        poll = select.poll()
        poll.register(sys.stdout.fileno(), 0)
        return any(event for _, event in poll.poll(0))
    except (AttributeError, OSError, ValueError):  # a system without poll, or no descriptor
        return True


def _forget_stdout() -> None:
    """Let the interpreter end without a word about the reader that went away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
