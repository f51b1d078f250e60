"""How a command gets at the vault's key: from the agent, a given passphrase, the keyring, a person.

In that order, and a passphrase that the command line itself names comes before all: it must be
right, whatever else could open the vault.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.agent.client import unlocked_key
from maskwell.cli.terminal import say
from maskwell.errors import AgentRefused, VaultError, VaultMissing
from maskwell.vault import SlotKind, Vault, passphrase_secret
from maskwell.vault.opening import read_current_header
from maskwell.vault.systemkeyring import fetch_secret
from maskwell.vault.unlocking import unlock, unlocker_for

if TYPE_CHECKING:
    from maskwell.cli.session import Session
    from maskwell.paths import Home
    from maskwell.vault import Secret
    from maskwell.vault.keys import DataKey

__all__ = ["Unlocked", "given_secret", "key_of_secret", "unlocked"]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The vault's key and where it came from."""

    key: DataKey
    how: str
    """The kind of slot, or "agent"."""

    @property
    def is_from_agent(self) -> bool:
        """Whether the audit trail has been told of this opening already."""
        return self.how == "agent"


def unlocked(session: Session) -> Unlocked:
    """Return the data key of the session's vault; the caller takes it over.

    Raises:
        VaultMissing, VaultLocked, WrongPassphrase, VaultTooNew, IntegrityError: as they say.
    """
    refuse_missing(session.home)
    source = session.passphrase
    if not source.is_explicit and (key := _from_agent(session)) is not None:
        return Unlocked(key, "agent")
    if not source.is_given and (key := _from_keyring(session.home)) is not None:
        return Unlocked(key, SlotKind.KEYRING)
    secret = given_secret(session)
    return Unlocked(key_of_secret(session.home, secret), secret.kind)


def refuse_missing(home: Home) -> None:
    """Raise VaultMissing where there is no vault."""
    if not Vault.exists(home):
        raise VaultMissing(f"There is no vault in {home.root}; make one with: maskwell vault init.")


def given_secret(session: Session) -> Secret:
    """Return the passphrase, with the key file where one is used; asked for if need be."""
    key_file = Path(session.key_file).expanduser() if session.key_file else None
    return passphrase_secret(session.passphrase.get(), key_file)


def key_of_secret(home: Home, secret: Secret) -> DataKey:
    """Return the data key that a secret opens; a wrong one costs as much, and is counted."""
    return unlocker_for(home, secret)(read_current_header(home))


def _from_agent(session: Session) -> DataKey | None:
    if not session.uses_agent:
        return None
    try:
        return unlocked_key(session.home)
    except AgentRefused as error:
        say(str(error))
        return None


def _from_keyring(home: Home) -> DataKey | None:
    """Return the key if the keyring may open this vault and does."""
    header = read_current_header(home)
    if all(slot.kind is not SlotKind.KEYRING for slot in header.slots):
        return None
    try:
        return unlock(header, fetch_secret(header.vault_id))
    except VaultError as error:
        say(str(error))
        return None
