"""A reply on its way to the screen: read in a thread, shown at the screen's own pace.

The reader never waits for the screen and the screen never waits for the network. Each look
takes everything that has come, so a fast model costs no more redraws than a slow one.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Thread
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
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[MaskwellError | None] = loop.create_future()
        # A daemon: a silent server must not keep the app from quitting.
        Thread(target=self._read, args=(loop, ended), name="reply", daemon=True).start()
        shown = 0
        while not ended.done():
            await asyncio.wait({ended}, timeout=_LOOK_EVERY_S)
            if len(self.reply.restored) > shown:
                shown = len(self.reply.restored)
                started = loop.time()
                await self._show()
                # A long reply is costlier to lay out; never spend most of the time on it.
                await asyncio.sleep((loop.time() - started) * 4)
        return ended.result()

    def stop(self) -> None:
        """Stop the reply, also while its server is silent; what came is kept."""
        self.is_stopping = True
        Thread(target=self.reply.close, name="stop", daemon=True).start()

    def _read(
        self, loop: asyncio.AbstractEventLoop, ended: asyncio.Future[MaskwellError | None]
    ) -> None:
        error: BaseException | None = None
        try:
            for _ in self.reply:
                if self.is_stopping:
                    break
            self.reply.close()
        except Exception as raised:  # noqa: BLE001  # handed to the loop, which tells the user
            error = raised
        with suppress(RuntimeError):  # the app has ended meanwhile
            loop.call_soon_threadsafe(_settle, ended, error)


def _settle(ended: asyncio.Future[MaskwellError | None], error: BaseException | None) -> None:
    if ended.done():
        return
    if error is None or isinstance(error, MaskwellError):
        ended.set_result(error)
    else:
        ended.set_exception(error)
