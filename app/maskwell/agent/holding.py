"""The key as the agent holds it, and the way the rest of the program gets at it.

In a spare there is the open vault as well, see `spare`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from maskwell.agent.memory import pin

if TYPE_CHECKING:
    from maskwell.vault import Vault
    from maskwell.vault.ahead import OpenedAhead
    from maskwell.vault.keys import DataKey

__all__ = [
    "HeldKey",
    "close_ahead",
    "held_here",
    "hold",
    "open_ahead",
    "taken_ahead",
    "vault_files",
]


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


_ahead: list[tuple[str, OpenedAhead]] = []


def open_ahead(held: HeldKey) -> None:
    """Open the vault in this process, a spare, before it is asked for; see `taken_ahead`.

    Raises: as `Vault.open_unlocked` does.
    """
    from maskwell.paths import find_home  # noqa: PLC0415  # not on a command's short way
    from maskwell.vault.ahead import OpenedAhead  # noqa: PLC0415  # brings the cipher
    from maskwell.vault.keys import DataKey  # noqa: PLC0415  # likewise

    home = find_home(held.root)
    key = DataKey(bytearray(held.key))
    pin(key.raw)  # it is there for as long as nobody asks
    _ahead[:] = [(held.root, OpenedAhead(home, key))]


def taken_ahead(root: str) -> Vault | None:
    """Return the vault of the home `root` if this process has it open and it is as it was."""
    here = [opened for its_root, opened in _ahead if its_root == root]
    _ahead[:] = [(its_root, opened) for its_root, opened in _ahead if its_root != root]
    return here[0].take() if here else None


def close_ahead() -> None:
    """Close what was opened ahead and not taken."""
    while _ahead:
        _ahead.pop()[1].close()


def vault_files(root: str) -> tuple[int, ...]:
    """Return what differs once somebody wrote to the vault of the home `root`, or to its log.

    The log's file itself comes and goes with those who have the vault open.
    """
    path = os.path.join(root, "vault.db")  # noqa: PTH118  # no pathlib needed
    device, inode, size, changed = _state(path)
    return device, inode, size, changed, _state(f"{path}-wal")[2]


def _state(path: str) -> tuple[int, int, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116  # no pathlib needed
    except OSError:
        return 0, 0, 0, 0
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
