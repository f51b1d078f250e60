"""A reply on its way to the screen: read in a thread, shown at the screen's own pace.

The reader never waits for the screen and the screen never waits for the network. Each look
takes everything that has come, so a fast model costs no more redraws than a slow one.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from maskwell.errors import MaskwellError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from maskwell.shield import Reply

__all__ = ["ReplyPump"]

_LOOK_EVERY_S = 0.06


class ReplyPump:
    """Reads one reply to its end and calls `show` as it grows."""

    def __init__(self, reply: Reply, show: Callable[[], Awaitable[None]]) -> None:
        self.reply = reply
        self.is_stopping = False
        self._show = show

    async def run(self) -> MaskwellError | None:
        """Read and show until the reply ends; return what ended it early, if anything did."""
        reading = asyncio.create_task(asyncio.to_thread(self._read))
        shown = 0
        while not reading.done():
            await asyncio.wait({reading}, timeout=_LOOK_EVERY_S)
            if len(self.reply.restored) > shown:
                shown = len(self.reply.restored)
                started = asyncio.get_running_loop().time()
                await self._show()
                # A long reply is costlier to lay out; never spend most of the time on it.
                await asyncio.sleep((asyncio.get_running_loop().time() - started) * 2)
        return reading.result()

    def stop(self) -> None:
        """Stop the reply; what came is kept."""
        self.is_stopping = True

    def _read(self) -> MaskwellError | None:
        try:
            for _ in self.reply:
                if self.is_stopping:
                    break
        except MaskwellError as error:
            return error
        finally:
            self.reply.close()
        return None
