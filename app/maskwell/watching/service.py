"""The watched folder as a service of the user: the file that systemd or launchd wants.

Nothing is started here; the user is told the one line that does. The service runs as the user,
and where systemd can it takes the service's network and its sight of other programs away.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from hashlib import sha256
from plistlib import dumps
from typing import TYPE_CHECKING

from maskwell.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["SERVICE_KINDS", "Service", "service_for"]

SERVICE_KINDS = ("systemd", "launchd")


@dataclass(frozen=True, slots=True)
class Service:
    """A service's file and how it is begun."""

    path: Path
    content: bytes
    begin: str
    """The command line that starts it, now and at every login."""

    def write(self) -> None:
        """Put the file where the system looks for it.

        Raises:
            UsageError: it cannot be written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(self.content)
            self.path.chmod(0o600)
        except OSError as error:
            raise UsageError(f"{self.path} cannot be written ({error.strerror}).") from error


def service_for(kind: str, command: Sequence[str], folder: Path, *, user_home: Path) -> Service:
    """Return the service that runs a command.

    Args:
        kind: "systemd" or "launchd".
        command: the whole command line, the program first, with absolute paths.
        folder: the watched folder; services of two folders do not meet.
        user_home: the user's home folder.

    Raises:
        UsageError: there is no such kind, or a path cannot be written in its file.
    """
    if any(ord(c) < 32 for word in command for c in word):
        raise UsageError("A folder with control characters in its name cannot be a service's.")
    tag = sha256(str(folder).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if kind == "systemd":
        name = f"maskwell-watch-{tag}.service"
        path = user_home / ".config/systemd/user" / name
        begin = f"systemctl --user daemon-reload && systemctl --user enable --now {name}"
        return Service(path, _unit(command).encode(), begin)
    if kind == "launchd":
        label = f"maskwell.watch.{tag}"
        path = user_home / "Library/LaunchAgents" / f"{label}.plist"
        return Service(path, _plist(label, command), f"launchctl bootstrap gui/$UID '{path}'")
    raise UsageError(f'There is no service kind "{kind}"; say systemd or launchd.')


def program() -> list[str]:
    """Return the command line that is this Maskwell, whoever starts it."""
    return [sys.executable, "-m", "maskwell"]


def _unit(command: Sequence[str]) -> str:
    return (
        "[Unit]\n"
        "Description=Maskwell watched folder\n\n"
        "[Service]\n"
        f"ExecStart={' '.join(map(_quoted, command))}\n"
        "Restart=on-failure\n"
        "RestartSec=10\n"
        "UMask=0077\n"
        "NoNewPrivileges=yes\n"
        "LimitCORE=0\n"
        "RestrictAddressFamilies=AF_UNIX\n"
        "SystemCallArchitectures=native\n"
        "LockPersonality=yes\n"
        "Nice=10\n\n"
        "[Install]\n"
        "WantedBy=default.target\n"
    )


def _quoted(word: str) -> str:
    """Return a word as systemd reads it: quoted, its own signs doubled."""
    doubled = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{doubled}"'


def _plist(label: str, command: Sequence[str]) -> bytes:
    return dumps(
        {
            "Label": label,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ProcessType": "Background",
            "Umask": 0o077,
        }
    )
