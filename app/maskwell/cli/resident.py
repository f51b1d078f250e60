"""The agent's process as the command line starts it: what it loads, and how it does a command."""

from __future__ import annotations

import importlib
import os
from contextlib import suppress

from maskwell.agent.process import live as live_as_agent
from maskwell.cli import terminal
from maskwell.cli.main import run
from maskwell.detection import shared_detector
from maskwell.errors import MaskwellError

__all__ = ["live"]

_LOADED = (
    "maskwell.agent.client",
    "maskwell.cli.unlocking",
    "maskwell.conversation",
    "maskwell.documents.opening",
    "maskwell.guard",
    "maskwell.shield",
    "maskwell.vault.ahead",
)
_REHEARSED = (
    ["scan"],
    ["--no-agent", "--home", os.devnull, "redact"],
    ["--no-agent", "--home", os.devnull, "restore", "--scope", "none"],
)
"""Commands that end soon, where there is nothing to read and no vault: what they load by the way
is loaded for all."""
_SAMPLE = "Dear Ms Doe, write to jane.doe@example.com or call +1 202 555 0142.\n"


def live(descriptor: int) -> int:
    """Be the agent until it is locked, and return the exit code."""
    return live_as_agent(descriptor, warm=_warm, rehearse=_rehearse, work=_work)


def _warm() -> None:
    """Load what every command would load, and look at a text once.

    The process has the null device for its streams, so a rehearsal reads and tells nothing.
    """
    for name in _LOADED:
        with suppress(ImportError):
            importlib.import_module(name)
    for arguments in _REHEARSED:
        run(arguments)
    _rehearse()


def _rehearse() -> None:
    """Look at a text: memory that a new process touches for the first time is slow."""
    with suppress(MaskwellError):  # a command that needs it says what is wrong with it
        shared_detector().detect(_SAMPLE)


def _work(arguments: list[str], terminal_descriptor: int | None) -> int:
    """Do a command in a child of the agent."""
    terminal.use(terminal_descriptor)
    return run(arguments)
