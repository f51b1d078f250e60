"""The audit chain's end in the system's keyring: a memory outside the vault's folder.

The header's anchor cannot tell when header and database are put back together from an earlier
day. A vault that the keyring opens has its chain's end there as well, from one closing to the
next, and then it can.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.vault.audit import Anchor
from maskwell.vault.systemkeyring import fetch_note, store_note

if TYPE_CHECKING:
    from maskwell.vault.systemkeyring import Keyring

__all__ = ["load_anchor", "store_anchor"]

_NOTE = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})\Z")
TIMEOUT_S = 3.0


def load_anchor(
    vault_id: str, keyring: Keyring | None = None, *, timeout_s: float = TIMEOUT_S
) -> Anchor | None:
    """Return the chain's end as the keyring has it, or None.

    Args:
        vault_id: the vault's, from its header.
        keyring: an allowed backend; by default the system's.
        timeout_s: how long it may take, in seconds.

    Raises:
        VaultError: there is no keyring, or it did not answer.
    """
    note = _NOTE.match(fetch_note(vault_id, keyring, timeout_s=timeout_s) or "")
    return Anchor(int(note[1]), note[2]) if note else None


def store_anchor(
    vault_id: str, anchor: Anchor, keyring: Keyring | None = None, *, timeout_s: float = TIMEOUT_S
) -> None:
    """Remember the chain's end; `load_anchor` has the arguments.

    Raises:
        VaultError: there is no keyring, or it did not answer.
    """
    if anchor.count:
        note = f"{anchor.count}:{anchor.head}"
        store_note(vault_id, note, keyring, timeout_s=timeout_s)
