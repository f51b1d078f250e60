"""What a parsing child gives up before it reads its first untrusted byte.

No sockets, no new programs or threads, no writing to files, bounded memory and time: as
`maskwell.machine.confinement` holds it; and where the kernel has Landlock, no reading of any
file but libraries. docs/documents.md says where it holds less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.documents.landlock import fence
from maskwell.machine import confinement

if TYPE_CHECKING:
    from maskwell.documents.limits import Limits

__all__ = ["confine"]


def confine(limits: Limits) -> bool:
    """Give up what parsing does not need; return whether the kernel holds all of it."""
    fence()
    return confinement.confine(
        {
            "RLIMIT_CPU": 2 * int(limits.timeout_s) + 5,
            "RLIMIT_AS": limits.memory_bytes,
            "RLIMIT_FSIZE": 0,
            "RLIMIT_CORE": 0,
            "RLIMIT_NOFILE": 64,
        }
    )
