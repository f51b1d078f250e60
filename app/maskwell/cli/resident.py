"""The agent's process as the command line starts it: what it loads, and how it does a command."""

from __future__ import annotations

import importlib
from contextlib import suppress

from maskwell.agent.process import live as live_as_agent
from maskwell.cli import terminal
from maskwell.cli.main import run
from maskwell.errors import MaskwellError

__all__ = ["live"]

_LOADED = (
    "maskwell.shield",
    "maskwell.conversation",
    "maskwell.guard",
)
"""What commands import when they need it: every child would do it again."""
_SAMPLE = "Dear Ms Doe, write to jane.doe@example.com or call +1 202 555 0142.\n"


def live(descriptor: int) -> int:
    """Be the agent until it is locked, and return the exit code."""
    return live_as_agent(descriptor, warm=_warm, work=_work)


def _warm() -> None:
    """Load what every command would load, and look at a text once."""
    from maskwell.cli.app import command  # noqa: PLC0415  # in the agent's own process alone
    from maskwell.detection import shared_detector  # noqa: PLC0415  # likewise

    command()
    for name in _LOADED:
        with suppress(ImportError):
            importlib.import_module(name)
    with suppress(MaskwellError):  # a command that needs it says what is wrong with it
        shared_detector().detect(_SAMPLE)


def _work(arguments: list[str], terminal_descriptor: int | None) -> int:
    """Do a command in a child of the agent."""
    terminal.use(terminal_descriptor)
    return run(arguments)
