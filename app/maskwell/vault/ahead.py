"""A vault opened before anybody asked for it.

Opening costs some fifteen milliseconds, most of it for checks that read every page. Whoever
expects a question can have that behind it. What was checked counts only for what was checked:
the vault is handed out if the file is to the last change the one that was opened and the header
is still sealed with the same key; else it is closed, and has to be opened as ever. Nobody waits
here, so this is also where the index of words is merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.errors import MaskwellError
from maskwell.vault.vault import Vault

if TYPE_CHECKING:
    from maskwell.paths import Home
    from maskwell.vault.keys import DataKey

__all__ = ["OpenedAhead"]

_WAIT_S = 1.0
_TIDYING_S = 1.0
_UNUSED = "not used"
"""Why it is closed: nothing is merged then, for the one who ends a spare may be waiting."""


class OpenedAhead:
    """One open vault that nobody uses yet."""

    def __init__(self, home: Home, key: DataKey) -> None:
        """Open the vault in `home` with its data key, which is taken over.

        Raises: as `Vault.open_unlocked` does.
        """
        self._vault: Vault | None = Vault.open_unlocked(home, key, is_told=False, wait_s=_WAIT_S)
        try:
            self._vault.tidy(_TIDYING_S)
            self._vault.rest()
        except BaseException:
            self.close()
            raise

    def take(self) -> Vault | None:
        """Hand the vault out, once; None when it has changed since, or was handed out or closed."""
        vault, self._vault = self._vault, None
        if vault is None:
            return None
        try:
            vault.resume()
        except (MaskwellError, OSError):
            vault.close(_UNUSED)
            return None
        return vault

    def close(self) -> None:
        """Close the vault and wipe its key, unless it was handed out."""
        vault, self._vault = self._vault, None
        if vault is not None:
            vault.close(_UNUSED)
