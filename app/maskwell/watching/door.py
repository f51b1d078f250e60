"""How the workers come by an open shield, and what they do while there is none.

The vault may lock half-way or be in another program's hands: then a worker waits with its file
in hand. Invariant: nothing is skipped because the vault was away.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from maskwell.errors import VaultLocked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from maskwell.shield import Shield

__all__ = ["Door", "LendingDoor", "OpenDoor"]


class Door(Protocol):
    """Gives the shield for one file at a time."""

    def shield(self) -> AbstractContextManager[Shield]:
        """Give an open shield for the length of a block.

        Raises:
            VaultLocked, VaultBusy: there is none now; ask again later.
        """

    def rest(self) -> None:
        """Hear that nothing is left to do for the moment."""


class OpenDoor:
    """The shield of a program that opens and locks it as its user likes.

    Args:
        current: returns the open shield, or None while the vault is locked.
    """

    def __init__(self, current: Callable[[], Shield | None]) -> None:
        self._current = current

    @contextmanager
    def shield(self) -> Iterator[Shield]:
        """Give the program's shield."""
        shield = self._current()
        if shield is None:
            raise VaultLocked("The vault is locked; unlock it to go on.")
        yield shield

    def rest(self) -> None:
        """Leave the shield to its program."""


class LendingDoor:
    """A shield of our own, given back whenever there is nothing to do.

    One process at a time may write to a vault; a watcher that runs all day must not keep the
    terminal app out of it.

    Args:
        open_shield: opens the vault; costs a key derivation.
    """

    def __init__(self, open_shield: Callable[[], Shield]) -> None:
        self._open_shield = open_shield
        self._lock = Lock()
        self._held: Shield | None = None
        self._users = 0

    @contextmanager
    def shield(self) -> Iterator[Shield]:
        """Give the shield, opened when it is not."""
        with self._lock:
            if self._held is None:
                self._held = self._open_shield()
            self._users += 1
            shield = self._held
        try:
            yield shield
        finally:
            with self._lock:
                self._users -= 1

    def rest(self) -> None:
        """Close the vault, unless someone is at work."""
        with self._lock:
            if self._held is not None and not self._users:
                held, self._held = self._held, None
                held.close()
