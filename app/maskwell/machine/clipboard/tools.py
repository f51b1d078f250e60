"""The programs that reach a clipboard, by platform, and how each wants its text."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Tool", "tools_for"]

_TIMEOUT_S = 5.0
_POWERSHELL_PASTE = (
    "-NoProfile",
    "-NonInteractive",
    "-Command",
    "[Console]::OutputEncoding=[Text.Encoding]::UTF8;[Console]::Out.Write((Get-Clipboard -Raw))",
)


@dataclass(frozen=True, slots=True)
class Tool:
    """One way to a clipboard through programs of the system."""

    name: str
    copy_command: tuple[str, ...]
    paste_command: tuple[str, ...]
    clear_command: tuple[str, ...] = ()
    """How to empty it; copying nothing when there is no command of its own."""
    encoding: str = "utf-8"
    """What `copy_command` reads; what `paste_command` writes is always UTF-8."""
    is_system_wide: bool = True
    """False when the program cannot tell whether other programs see the text."""

    def is_there(self, environ: Mapping[str, str]) -> bool:
        """Whether both programs are on the PATH."""
        path = environ.get("PATH")
        return all(
            shutil.which(command[0], path=path)
            for command in (self.copy_command, self.paste_command)
        )

    def copy(self, text: str, environ: Mapping[str, str]) -> bool:
        """Hand `text` over; whether the program said it went well."""
        command = self.clear_command if not text and self.clear_command else self.copy_command
        # Output goes nowhere: xclip and wl-copy stay behind to serve the text and would keep
        # a pipe open for as long.
        done = self._run(command, environ, text.encode(self.encoding), capture=False)
        return done is not None

    def paste(self, environ: Mapping[str, str]) -> str | None:
        """Return what the clipboard holds, None when the program failed or it is no text."""
        output = self._run(self.paste_command, environ, None, capture=True)
        try:
            return None if output is None else output.decode()
        except UnicodeDecodeError:
            return None

    @staticmethod
    def _run(
        command: tuple[str, ...],
        environ: Mapping[str, str],
        stdin: bytes | None,
        *,
        capture: bool,
    ) -> bytes | None:
        program = shutil.which(command[0], path=environ.get("PATH"))
        if program is None:
            return None
        try:
            done = subprocess.run(
                [program, *command[1:]],
                input=stdin if stdin is not None else b"",
                stdout=subprocess.PIPE if capture else subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=dict(environ),
                timeout=_TIMEOUT_S,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout or b""


WAYLAND = Tool("wl-copy", ("wl-copy",), ("wl-paste", "--no-newline"), ("wl-copy", "--clear"))
XCLIP = Tool(
    "xclip", ("xclip", "-selection", "clipboard"), ("xclip", "-selection", "clipboard", "-o")
)
XSEL = Tool(
    "xsel",
    ("xsel", "--clipboard", "--input"),
    ("xsel", "--clipboard", "--output"),
    ("xsel", "--clipboard", "--clear"),
)
MACOS = Tool("pbcopy", ("pbcopy",), ("pbpaste",))
WINDOWS = Tool("clip.exe", ("clip.exe",), ("powershell.exe", *_POWERSHELL_PASTE), (), "utf-16-le")
TMUX = Tool(
    "tmux", ("tmux", "load-buffer", "-w", "-"), ("tmux", "save-buffer", "-"), is_system_wide=False
)


def tools_for(platform: str, environ: Mapping[str, str]) -> list[Tool]:
    """Return the tools worth trying here, the nearest to the user's screen first."""
    if platform == "darwin":
        candidates = [MACOS]
    elif platform == "win32":
        candidates = [WINDOWS]
    else:
        candidates = []
        if environ.get("WAYLAND_DISPLAY"):
            candidates.append(WAYLAND)
        if environ.get("DISPLAY"):
            candidates += [XCLIP, XSEL]
        if environ.get("WSL_DISTRO_NAME"):
            candidates.append(WINDOWS)
    if environ.get("TMUX"):
        candidates.append(TMUX)
    return [tool for tool in candidates if tool.is_there(environ)]
