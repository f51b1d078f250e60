"""The options that several commands share, so that they read and mean the same everywhere."""

from typing import Annotated

import typer

from maskwell.cli.completing import policy_names, target_names
from maskwell.cli.session import Session
from maskwell.errors import UsageError

__all__ = [
    "AsJson",
    "AsJsonLines",
    "Files",
    "For",
    "Out",
    "Policy",
    "Scope",
    "Yes",
    "files_or_stdin",
    "one_of",
    "session_of",
]

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE", help="Text files; - or none is standard input."),
]
Out = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="OUT", help="Write here instead of standard output."),
]
Scope = Annotated[
    str | None,
    typer.Option(
        "--scope",
        metavar="NAME",
        help="Where one value has one token: a matter, a project (default: default).",
    ),
]
Policy = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME",
        autocompletion=policy_names,
        help="A policy's name, or the path of its file.",
    ),
]
For = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="DEST",
        autocompletion=target_names,
        help="Decide as for this destination, or for local, trusted or remote.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
AsJsonLines = Annotated[
    bool,
    typer.Option("--jsonl", help='Read and write JSON Lines: {"id": …, "text": …} on each line.'),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def session_of(context: typer.Context) -> Session:
    """Return the session the options before the command made."""
    session = context.find_object(Session)
    assert session is not None  # noqa: S101  # the root callback always sets it
    return session


def files_or_stdin(files: list[str] | None) -> list[str]:
    """Return the files to read; stdin when none is named."""
    return files or ["-"]


def one_of(**chosen: bool) -> None:
    """Refuse options that contradict each other.

    Raises:
        UsageError: more than one was given.
    """
    given = [f"--{name.replace('_', '-')}" for name, value in chosen.items() if value]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} cannot be used together; choose one.")
