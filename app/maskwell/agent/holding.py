"""The key as the agent holds it, and the way the rest of the program gets at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.agent.memory import pin

if TYPE_CHECKING:
    from maskwell.vault.keys import DataKey

__all__ = ["HeldKey", "held_here", "hold"]


class HeldKey:
    """The data key of one home's vault, in memory that can be overwritten."""

    __slots__ = ("key", "root")

    def __init__(self, root: str, key: bytearray) -> None:
        """Take ownership of `key`, 32 bytes, for the home at the absolute folder `root`."""
        self.root = root
        self.key = key
        pin(key)

    def replace(self, key: bytes) -> None:
        """Hold another key instead."""
        self.key[:] = key

    def wipe(self) -> None:
        """Overwrite the key."""
        for index in range(len(self.key)):
            self.key[index] = 0

    def __repr__(self) -> str:
        return f"HeldKey({self.root!r})"


_here: list[HeldKey] = []


def hold(held: HeldKey) -> None:
    """Let this process, a child of the agent, open the vault with this key."""
    _here[:] = [held]


def held_here(root: str) -> DataKey | None:
    """Return a copy of the key for the home `root` where this process is a child of its agent."""
    from maskwell.vault.keys import DataKey  # noqa: PLC0415  # brings the cipher

    for held in _here:
        if held.root == root:
            return DataKey(bytearray(held.key))
    return None
