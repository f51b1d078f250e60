"""Detection done ahead of planning, on several cores and while nobody holds the vault.

The name model lets go of the interpreter while it runs, so texts are read beside each other.
Invariant: what was found ahead is kept no longer than the block that asked for it.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from maskwell.detection import Finding

__all__ = ["Foreseen"]

_MOST_THREADS: Final = min(4, os.cpu_count() or 1)
_WORTH_THREADS_CHARS: Final = 2_000
"""Less than this is read sooner than threads are started."""


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
        detect: Callable[[str], list[Finding]],
        on_found: Callable[[int, int], None],
    ) -> Iterator[None]:
        """Read texts now, to be taken within the block.

        Args:
            texts: what will be planned; each different one is read once.
            detect: finds in one text; called from several threads.
            on_found: told how many texts of how many have been read.
        """
        different = list(dict.fromkeys(texts))
        try:
            for number, (text, found) in enumerate(_read(different, detect), 1):
                self._found[text] = found
                on_found(number, len(different))
            yield
        finally:
            for text in different:
                self._found.pop(text, None)


def _read(
    texts: list[str], detect: Callable[[str], list[Finding]]
) -> Iterable[tuple[str, list[Finding]]]:
    """Yield each text with what is in it, in order."""
    if len(texts) < 2 or sum(map(len, texts)) < _WORTH_THREADS_CHARS:
        yield from ((text, detect(text)) for text in texts)
        return
    pool = ThreadPoolExecutor(_MOST_THREADS)
    try:
        yield from zip(texts, pool.map(detect, texts), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)
