"""Keeping the key out of core dumps, of other processes and, as far as may be, of the swap.

Python cannot promise that no copy of a key stays in its memory; what it can do is to keep that
memory to itself.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

__all__ = ["harden", "pin"]

_SET_DUMPABLE = 4


def harden() -> None:
    """Turn core dumps off, and keep other processes of the user from reading this one."""
    with suppress(ImportError, OSError, ValueError):  # not on Windows
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def pin(secret: bytearray) -> None:
    """Ask the system not to write the pages of `secret` to the swap; it may refuse."""
    with suppress(OSError, AttributeError):
        held = (ctypes.c_char * len(secret)).from_buffer(secret)
        ctypes.CDLL(None).mlock(ctypes.c_void_p(ctypes.addressof(held)), len(secret))
