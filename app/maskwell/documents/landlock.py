"""Landlock: the kernel's own fence around what a process can open, where the kernel has it.

The seccomp filter refuses kinds of calls; opening a file is one call for all files. Landlock
tells them apart: libraries may be read, and nothing else may be read, written, made, connected
to or signalled. Not every kernel has it; `fence` says whether this one does.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["fence"]

_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""System calls, the same on every architecture."""
_VERSION_FLAG, _BENEATH = 1, 1
_SET_NO_NEW_PRIVS = 38
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = (0, 13, 14, 15, 15, 16, 16)
"""How many kinds of file access version 1, 2 … knows."""
_TCP_FROM, _SCOPES_FROM = 4, 6
_ALL_TCP, _ALL_SCOPES = 3, 3

_SYSTEM_FOLDERS = (
    "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/usr/share/fonts",
    "/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types",
    "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/urandom", "/dev/null",
)  # fmt: skip
"""What loading a library or a picture model reads besides the libraries."""


def fence() -> bool:
    """Forbid every access to files but reading libraries, for good; return whether it holds."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION_FLAG)
    if version < 1:
        return False
    rights = (1 << _FILE_RIGHTS[min(version, len(_FILE_RIGHTS) - 1)]) - 1
    rules = _create(libc, version, rights)
    if rules < 0 or libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    try:
        for path in _readable():
            _allow(libc, rules, path)
        return bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _create(libc: Any, version: int, rights: int) -> int:
    fields = [rights]
    if version >= _TCP_FROM:
        fields.append(_ALL_TCP)
    if version >= _SCOPES_FROM:
        fields.append(_ALL_SCOPES)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    return int(libc.syscall(_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0))


def _allow(libc: Any, rules: int, path: Path) -> None:
    """Let a file, or all below a folder, be read; what is not there needs no rule."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_PATH", 0))
        try:
            rights = _READ_FILE | (_READ_FOLDER | _EXECUTE if path.is_dir() else 0)
            rule = struct.pack("=Qi", rights, handle)
            libc.syscall(_ADD, rules, _BENEATH, rule, 0)
        finally:
            os.close(handle)


def _readable() -> Iterable[Path]:
    yield from map(Path, _SYSTEM_FOLDERS)
    for folder in {sys.prefix, sys.base_prefix}:
        yield Path(folder, "lib")
        yield Path(folder, "lib64")
    # A folder on the path that holds more than packages (a checkout) is read in its packages.
    yield from (Path(one) for one in sys.path if one and "site-packages" in one)
    yield Path(__file__).resolve().parents[1]
