"""Where the agent of a home listens, found out with next to no imports.

Both sides derive the place from the home and check that it is the user's own: a socket that
somebody else made there is never talked to.
"""

from __future__ import annotations

import binascii
import os
import stat

__all__ = ["home_root", "is_there", "prepare_folder", "refusal", "socket_path"]

_LONGEST_BYTES = 100
"""A socket's path has to fit into 104 bytes on some systems, 108 on others, its end included."""


def home_root(chosen: str | None = None) -> str:
    """Return the absolute folder of the home: as `paths.find_home` finds it, only sooner."""
    root = chosen or os.environ.get("MASKWELL_HOME")
    if not root:
        from maskwell.paths import find_home  # noqa: PLC0415  # slower, and not needed with a home

        root = str(find_home().root)
    return os.path.realpath(os.path.expanduser(root))  # noqa: PTH111  # pathlib takes its time


def socket_path(root: str) -> str:
    """Return where the agent of the home `root`, an absolute path, listens.

    In the system's runtime folder where the user has one, else in the home itself; in the
    system's folder for temporary files if that path would be too long for a socket.
    """
    name = f"agent-{binascii.crc32(os.fsencode(root)):08x}.sock"
    runtime = _runtime_folder()
    path = os.path.join(runtime or root, name)  # noqa: PTH118  # as above
    if len(os.fsencode(path)) <= _LONGEST_BYTES:
        return path
    return f"/tmp/maskwell-{os.getuid()}/{name}"  # noqa: S108  # its owner and mode are checked


def prepare_folder(path: str) -> None:
    """Make the folder of a socket, for its owner alone.

    Raises:
        OSError: it cannot be made.
    """
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120  # as above


def is_there(path: str) -> bool:
    """Say whether anything stands at the socket's place."""
    return os.path.lexists(path)


def refusal(path: str) -> str:
    """Return why the socket at `path`, or the folder it is in, cannot be trusted; "" when it can.

    Raises:
        OSError: one of them cannot be looked at.
    """
    folder = os.path.dirname(path)  # noqa: PTH120  # as above
    for place, is_kind, kind, mode in (
        (folder, stat.S_ISDIR, "folder", "700"),
        (path, stat.S_ISSOCK, "socket", "600"),
    ):
        if not os.path.lexists(place):
            continue
        found = os.lstat(place)
        if not is_kind(found.st_mode):
            return f"{place} is no {kind}; remove it"
        if found.st_uid != os.geteuid():
            return f"the {kind} {place} belongs to another user; have it removed"
        if found.st_mode & 0o077:
            return f"the {kind} {place} is open to other users; close it with chmod {mode}"
    return ""


def _runtime_folder() -> str:
    """Return our folder in the runtime folder of this user's session, or ""."""
    uid = os.getuid()
    for base in (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{uid}"):
        try:
            found = os.stat(base)  # noqa: PTH116  # as above
        except (OSError, ValueError):
            continue
        if stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o022:
            return f"{base}/maskwell"
    return ""
