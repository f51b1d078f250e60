"""Detection done ahead of planning, on several cores and while nobody holds the vault.

The name model lets go of the interpreter while it runs, so texts are read beside each other.
Invariant: what was found ahead is kept no longer than the block that asked for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from maskwell.detection import Finding

__all__ = ["Detect", "Foreseen", "OnFound", "read_all"]

_MOST_THREADS: Final = min(4, os.cpu_count() or 1)
_WORTH_THREADS_CHARS: Final = 2_000
"""Less than this is read sooner than threads are started."""
_LONGEST_SHARE_CHARS: Final = 4_000
_SHARES_A_THREAD: Final = 8
"""So that the last share is small, and no thread waits long for the others."""


Detect = Callable[[list[str]], "list[list[Finding]]"]
"""Finds in each of some texts; called from several threads."""
OnFound = Callable[[int, int], None]
"""Told how many texts of how many have been read."""


class Foreseen:
    """What was found in texts that are about to be planned. Any thread may use it."""

    def __init__(self) -> None:
        self._found: dict[str, list[Finding]] = {}

    def take(self, text: str) -> list[Finding] | None:
        """Return what was found in a text, once; None when it was not read ahead."""
        return self._found.pop(text, None)

    @contextmanager
    def ahead(
        self,
        texts: Sequence[str],
        detect: Detect,
        on_found: OnFound,
    ) -> Iterator[None]:
        """Read texts now, to be taken within the block; `read_all` says how."""
        found = read_all(texts, detect, on_found)
        self._found |= found
        try:
            yield
        finally:
            for text in found:
                self._found.pop(text, None)


def read_all(texts: Iterable[str], detect: Detect, on_found: OnFound) -> dict[str, list[Finding]]:
    """Return what was found in each text; each different one is read once."""
    different = list(dict.fromkeys(texts))
    read: dict[str, list[Finding]] = {}
    for text, found in _read(different, detect):
        read[text] = found
        on_found(len(read), len(different))
    return read


def _read(texts: list[str], detect: Detect) -> Iterable[tuple[str, list[Finding]]]:
    """Yield each text with what is in it, in order."""
    total = sum(map(len, texts))
    if len(texts) < 2 or total < _WORTH_THREADS_CHARS:
        yield from zip(texts, detect(texts), strict=True)
        return
    shares = list(_shares(texts, total // (_SHARES_A_THREAD * _MOST_THREADS)))
    pool = ThreadPoolExecutor(_MOST_THREADS)
    try:
        done = pool.map(detect, shares)
        for share, found in zip(shares, done, strict=True):
            yield from zip(share, found, strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _shares(texts: list[str], chars: int) -> Iterator[list[str]]:
    """Yield the texts in shares of so many characters.

    Handing a thread ten thousand short texts one by one takes longer than reading them.
    """
    share: list[str] = []
    length = 0
    for text in texts:
        share.append(text)
        length += len(text)
        if length >= min(chars, _LONGEST_SHARE_CHARS):
            yield share
            share, length = [], 0
    if share:
        yield share
