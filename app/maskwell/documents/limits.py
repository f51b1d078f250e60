"""How much a file may cost, counted while it is read, so that a bomb is refused half-way.

Nothing here trusts a size that a file states about itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from maskwell.errors import InputTooLarge, LayoutUnsafe

__all__ = ["DEFAULT_LIMITS", "Budget", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The most one file may ask for. Sizes are bytes."""

    input_bytes: int = 50_000_000
    expanded_bytes: int = 500_000_000
    ratio: int = 200
    """Expanded to packed, judged once `ratio_from_bytes` have come out."""
    ratio_from_bytes: int = 1_000_000
    entries: int = 5_000
    depth: int = 4
    """How many containers may stand one inside another."""
    nesting: int = 200
    """How deep brackets, elements or groups may nest in one document."""
    timeout_s: float = 60.0
    looking_s: float = 40.0
    """How long pictures may be read before no further one is begun."""
    memory_bytes: int = 2_000_000_000


DEFAULT_LIMITS = Limits()


class Budget:
    """What one file and everything inside it has used so far."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._expanded = 0
        self._entries = 0
        self._depth = 0
        self._looking_ends: float | None = None

    def admit(self, size: int) -> None:
        """Refuse an input of more than the limit.

        Raises:
            InputTooLarge: it is.
        """
        if size > self.limits.input_bytes:
            raise InputTooLarge(
                f"The file holds more than {self.limits.input_bytes // 1_000_000} MB; split it."
            )

    def expand(self, size: int) -> None:
        """Count `size` bytes that came out of a container.

        Raises:
            InputTooLarge: together they are too many.
        """
        self._expanded += size
        if self._expanded > self.limits.expanded_bytes:
            raise InputTooLarge(
                "The file unpacks to more than "
                f"{self.limits.expanded_bytes // 1_000_000} MB and was not opened."
            )

    def ratio(self, packed: int, expanded: int) -> None:
        """Refuse an entry that grows too much for the bytes it was packed in.

        Raises:
            InputTooLarge: it is a decompression bomb by its ratio.
        """
        if (
            expanded > self.limits.ratio_from_bytes
            and expanded > max(packed, 1) * self.limits.ratio
        ):
            raise InputTooLarge(
                f"A part of the file unpacks to more than {self.limits.ratio} times its size "
                "and was not opened."
            )

    def look(self) -> None:
        """Count looking at one more picture; the time for all of them is bounded.

        It ends before the child's own time does, so that a safer mode still has its turn.

        Raises:
            LayoutUnsafe: the time is over.
        """
        now = time.monotonic()
        if self._looking_ends is None:
            self._looking_ends = now + self.limits.looking_s
        if now > self._looking_ends:
            raise LayoutUnsafe(
                "The file holds more pictures than can be read in time; split it, or use the "
                "text mode."
            )

    def entry(self) -> None:
        """Count one entry of a container.

        Raises:
            InputTooLarge: together they are too many.
        """
        self._entries += 1
        if self._entries > self.limits.entries:
            raise InputTooLarge(
                f"The file holds more than {self.limits.entries} entries; split it."
            )

    def deeper(self) -> None:
        """Enter a container; `shallower` leaves it.

        Raises:
            InputTooLarge: too many stand one inside another.
        """
        self._depth += 1
        if self._depth > self.limits.depth:
            raise InputTooLarge(
                f"The file holds containers more than {self.limits.depth} deep; unpack it first."
            )

    def shallower(self) -> None:
        """Leave a container."""
        self._depth -= 1
