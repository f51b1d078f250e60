"""What happens whenever a vault opens to be used: it is told of settings, and what is old goes.

Nobody has to think of either, so neither is forgotten: destinations and policies that changed
since, by whatever hand, are in the audit trail before anything is sent under them.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from maskwell.config.addresses import host_of
from maskwell.errors import VaultBusy, VaultWriteFailed
from maskwell.shield.destination_keys import bind_keys

if TYPE_CHECKING:
    from maskwell.config import DestinationSettings, DocumentSettings, Settings
    from maskwell.paths import Home
    from maskwell.vault import Vault

__all__ = ["settle"]

_LARGEST_BYTES = 1 << 20


def settle(vault: Vault, home: Home, settings: Settings) -> None:
    """Record what changed beside the vault; delete chats and files' originals past their time.

    Keys of destinations that an earlier version kept are bound to the servers there are.

    A vault opened for reading is left as it is.
    """
    if vault.is_read_only:
        return
    # What a full disk or a busy neighbour puts off is done at the next opening.
    with suppress(VaultWriteFailed, VaultBusy):
        there = settings.destinations.items()
        bind_keys(vault.credentials, {name: one.base_url for name, one in there})
    with suppress(VaultWriteFailed, VaultBusy):
        vault.notice(
            destinations={name: _described(one) for name, one in settings.destinations.items()},
            policies=_policies(home),
        )
        keep_days = settings.history.keep_days or None
        vault.apply_retention(keep_days)
        vault.originals.forget_old(_days_of_originals(settings.documents), keep_days=keep_days)


def _days_of_originals(documents: DocumentSettings) -> int | None:
    return 0 if documents.originals == "forget" else documents.originals_days or None


def _described(one: DestinationSettings) -> str:
    """Return what a destination is, without the parts of its address that may be secret."""
    return " ".join(part for part in (one.kind, host_of(one.base_url), one.reach) if part)


def _policies(home: Home) -> dict[str, str]:
    """Return the digest of each policy file of the user's own."""
    if not home.policies.is_dir():
        return {}
    found = {}
    for path in sorted(home.policies.glob("*.toml")):
        try:
            with path.open("rb") as handle:
                found[path.stem] = hashlib.sha256(handle.read(_LARGEST_BYTES)).hexdigest()
        except OSError:
            found[path.stem] = "unreadable"
    return found
