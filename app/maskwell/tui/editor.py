"""Writing a prompt in the user's own editor without leaving it on a disk.

The text goes through a file, since editors edit files: in a folder of its own that only the
user can enter, in memory where the system has such a place, and removed afterwards with
whatever the editor left beside it.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["is_in_memory", "written_in_editor"]

_MEMORY_FOLDERS = ("XDG_RUNTIME_DIR", "/dev/shm")  # noqa: S108  # a private folder is made inside


def is_in_memory(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the editor's file will be in memory rather than on a disk."""
    return _memory_folder(os.environ if environ is None else environ) is not None


def written_in_editor(text: str, environ: Mapping[str, str] | None = None) -> str:
    """Open `$VISUAL` or `$EDITOR` on `text` and return what was saved.

    Raises:
        UsageError: no editor is named, or it cannot be started or failed; `text` is unchanged.
        InputUnreadable: what it saved is not UTF-8 text.
    """
    chosen = os.environ if environ is None else environ
    command = shlex.split(chosen.get("VISUAL") or chosen.get("EDITOR") or "")
    if not command:
        raise UsageError("No editor is named; set $EDITOR, for example to nano.")
    with tempfile.TemporaryDirectory(prefix="maskwell-", dir=_memory_folder(chosen)) as folder:
        file = Path(folder, "prompt.md")
        file.write_text(text, "utf-8", "replace")
        file.chmod(0o600)
        try:
            subprocess.run([*command, str(file)], check=True, env=dict(chosen))
        except (OSError, subprocess.CalledProcessError) as error:
            raise UsageError(f"{command[0]} did not end well; the prompt is unchanged.") from error
        try:
            return file.read_text("utf-8").removesuffix("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputUnreadable("What the editor saved is not UTF-8 text.") from error


def _memory_folder(environ: Mapping[str, str]) -> str | None:
    for place in _MEMORY_FOLDERS:
        folder = place if place.startswith("/") else environ.get(place, "")
        if folder and Path(folder).is_dir() and os.access(folder, os.W_OK | os.X_OK):
            return folder
    return None
