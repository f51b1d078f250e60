"""A reply as it streams in: restored piece by piece, kept as it came.

Invariant: stopping early, a broken connection or an error in the reader never loses what
has arrived; `protected` and `restored` always hold all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from maskwell import guard
from maskwell.errors import MaskwellError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from maskwell.detection import Finding
    from maskwell.guard import ReplyReport
    from maskwell.masking import Receipt, StreamRestorer
    from maskwell.vault import Kept

__all__ = ["Reply"]


class Reply:
    """Iterate for restored text; `close` stops the destination and keeps what came."""

    def __init__(
        self,
        chunks: Iterator[str],
        restorer: StreamRestorer,
        on_end: Callable[[Reply, MaskwellError | None], None],
        detect: Callable[[str], Sequence[Finding]] | None = None,
        *,
        sent: Sequence[Kept] = (),
    ) -> None:
        """Read the reply from `chunks`.

        `detect` finds what is private in it, for its report; of `sent`, what it answers, the
        receipt tells what cannot come back.
        """
        self._sent = sent
        self._chunks = chunks
        self._restorer = restorer
        self._on_end = [on_end]
        self._came: list[str] = []
        self._shown: list[str] = []
        self._pieces = self._stream()
        self._is_stopped = False
        self._detect = detect
        self._report: ReplyReport | None = None
        self.state = "streaming"
        """`streaming`, then `complete`, or `partial` when it ended early."""

    @property
    def protected(self) -> str:
        """The reply as it came, tokens and all."""
        return "".join(self._came)

    @property
    def restored(self) -> str:
        """The reply with the real values put back, as far as it has been read."""
        return "".join(self._shown)

    @property
    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """(start, end, token) of every value put back so far: characters of `restored`."""
        return self._restorer.spans

    @property
    def receipt(self) -> Receipt:
        """What restoring did; complete once the reply has ended."""
        return self._restorer.receipt.of_exchange(self._sent)

    def report(self) -> ReplyReport | None:
        """Return what a reader should know of the reply; None until it has ended.

        Places are characters of `restored`. It is made when first asked for, in the time
        that detection needs for the reply.
        """
        if self._report is None and self.state != "streaming":
            receipt = self.receipt
            self._report = guard.inspect_reply(
                self.restored,
                findings=self._detect(self.restored) if self._detect else (),
                restored_spans=[(start, end) for start, end, _ in self._restorer.spans],
                unknown=receipt.unknown,
                foreign=receipt.foreign,
            )
        return self._report

    def on_end(self, tell: Callable[[Reply, MaskwellError | None], None]) -> None:
        """Have `tell(reply, error)` called once when the reply has ended, however it did."""
        self._on_end.append(tell)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Stop the destination; what came stays. Closing twice, from any thread, is harmless."""
        self._is_stopped = True
        self._close_chunks()
        try:
            self._pieces.close()
        except ValueError:
            return  # another thread is reading; it finds the end by itself
        if self.state == "streaming":
            self._end("partial", None)

    def _stream(self) -> Generator[str, None, None]:
        try:
            for chunk in self._chunks:
                self._came.append(chunk)
                if piece := self._restorer.feed(chunk):
                    self._shown.append(piece)
                    yield piece
        except GeneratorExit:
            self._end("partial", None)
            raise
        except MaskwellError as error:
            self._end("partial", None if self._is_stopped else error)
            if not self._is_stopped:
                raise
            return
        if rest := self._end("partial" if self._is_stopped else "complete", None):
            yield rest

    def _close_chunks(self) -> None:
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()

    def _end(self, state: str, error: MaskwellError | None) -> str:
        """Close both sides, say so once, and return what the restorer still held back."""
        self._close_chunks()
        rest = self._restorer.close()
        self._shown.append(rest)
        self.state = state
        for tell in self._on_end:
            tell(self, error)
        return rest
