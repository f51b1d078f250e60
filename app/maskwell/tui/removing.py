"""Waiting for widgets to be removed, in a way that may be given up.

Textual waits for a removal by gathering the message loops of what is removed, and the app's own
loop waits for the same. Whoever is cancelled while waiting so cancels those loops, and with them
the app's: it would stand still for good, with the vault open.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable

__all__ = ["gone"]


async def gone(removal: Awaitable[Any]) -> None:
    """Wait for a removal, which goes on when whoever waits is cancelled."""
    await asyncio.shield(asyncio.ensure_future(removal))
