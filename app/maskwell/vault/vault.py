"""The vault: one encrypted database and its header, made and opened with one secret.

What an open vault does stands in `session` and `upkeep`; how its files change places, in
`opening`.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from maskwell.errors import VaultBusy, VaultExists, VaultMissing
from maskwell.vault import opening
from maskwell.vault.acts import Act
from maskwell.vault.attempts import counted_attempt
from maskwell.vault.files import private_umask
from maskwell.vault.header import Header, HeaderFile, check_seal, write_header
from maskwell.vault.kdf import DEFAULT_KDF, KdfParameters
from maskwell.vault.keys import DataKey
from maskwell.vault.keyslots import new_slot
from maskwell.vault.migrate import latest_version
from maskwell.vault.systemkeyring import fetch_secret
from maskwell.vault.unlocking import Secret, passphrase_secret, unlock
from maskwell.vault.upkeep import UpkeptSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maskwell.paths import Home
    from maskwell.vault.lock import WriterLock
    from maskwell.vault.systemkeyring import Keyring

__all__ = ["Vault"]


class Vault(UpkeptSession):
    """The vault. Use it as a context manager, or call `close`."""

    @classmethod
    def exists(cls, home: Home) -> bool:
        """Say whether this home has a vault, whole or not."""
        return home.header.exists() or home.vault.exists()

    @classmethod
    def create(
        cls,
        home: Home,
        passphrase: str,
        *,
        kdf: KdfParameters = DEFAULT_KDF,
        key_file: Path | None = None,
    ) -> Vault:
        """Make a new vault and open it; killed on the way it leaves a whole vault or none.

        Raises:
            VaultExists: there is one; it was left alone.
            UsageError: the passphrase is empty.
            VaultWriteFailed: the disk refused; there is no vault.
        """
        secret = passphrase_secret(passphrase, key_file)
        home.make()
        with private_umask(), opening.held(home) as lock:
            if cls.exists(home):
                raise VaultExists(f"There is a vault in {home.root} already; it was left alone.")
            key = DataKey.random()
            opening.make_database(opening.next_database(home), key)
            bare = Header(vault_id=secrets.token_hex(16), schema=latest_version(), slots=())
            slot = new_slot(bare, key, secret, kdf)
            header = write_header(home.header, replace(bare, slots=(slot,), is_pending=True), key)
            return cls._settled(home, header, key, lock, act=Act.CREATE, how=secret.kind)

    @classmethod
    def open(
        cls,
        home: Home,
        passphrase: str,
        *,
        key_file: Path | None = None,
        read_only: bool = False,
        is_shared: bool = False,
        wait_s: float | None = None,
    ) -> Vault:
        """Open the vault in `home`.

        Args:
            home: where it is.
            passphrase: the passphrase.
            key_file: the key file, for a vault that wants one as well.
            read_only: leave the writer lock alone, to look things up while another process
                has the vault; a write then fails with `VaultBusy`.
            is_shared: hold the writer lock while opening and for each transaction only, so
                that other shared sessions may have the vault open too.
            wait_s: how long to wait for another process to be done, in seconds; by default
                longer for one that has only just begun.

        Raises:
            VaultMissing: there is none.
            WrongPassphrase: no passphrase slot opens with it.
            VaultTooNew: a newer Maskwell wrote it; it was left untouched.
            VaultBusy: another process has it open.
            IntegrityError: the header or the database is damaged.
        """
        secret = passphrase_secret(passphrase, key_file)
        return cls.open_with_secret(
            home, secret, read_only=read_only, is_shared=is_shared, wait_s=wait_s
        )

    @classmethod
    def open_with_secret(
        cls,
        home: Home,
        secret: Secret,
        *,
        read_only: bool = False,
        is_shared: bool = False,
        wait_s: float | None = None,
    ) -> Vault:
        """Open the vault with a recovery code, a keyring's secret or any other slot's.

        Raises: as `open` does.
        """

        def counted(header: Header) -> DataKey:
            with counted_attempt(home.root / "vault.attempts"):
                return unlock(header, secret)

        return cls.open_with(
            home,
            counted,
            read_only=read_only,
            is_shared=is_shared,
            wait_s=wait_s,
            how=secret.kind,
        )

    @classmethod
    def open_with_keyring(
        cls,
        home: Home,
        keyring: Keyring | None = None,
        *,
        read_only: bool = False,
        is_shared: bool = False,
    ) -> Vault:
        """Open the vault with what the system's keyring holds for it.

        Raises: as `open` does, and `VaultError` when there is no keyring to ask.
        """
        if not cls.exists(home):
            raise _missing(home)
        secret = fetch_secret(opening.read_current_header(home).vault_id, keyring)
        vault = cls.open_with_secret(home, secret, read_only=read_only, is_shared=is_shared)
        vault.keyring = keyring
        return vault

    @classmethod
    def open_unlocked(
        cls,
        home: Home,
        key: DataKey,
        *,
        read_only: bool = False,
        is_shared: bool = True,
        how: str = "",
        is_told: bool = True,
        wait_s: float | None = None,
    ) -> Vault:
        """Open the vault with its data key, which is taken over and wiped on closing.

        Raises: as `open` does; `VaultBusy` when the vault has had another key for a moment.
        """
        keys = [key]

        def once(_: Header) -> DataKey:
            if not keys:
                raise VaultBusy("The vault was given a new key just now; do it once more.")
            return keys.pop()

        return cls.open_with(
            home,
            once,
            read_only=read_only,
            is_shared=is_shared,
            how=how,
            is_told=is_told,
            wait_s=wait_s,
        )

    @classmethod
    def open_with(
        cls,
        home: Home,
        unlocker: Callable[[Header], DataKey],
        *,
        read_only: bool = False,
        is_shared: bool = False,
        wait_s: float | None = None,
        how: str = "",
        is_told: bool = True,
    ) -> Vault:
        """Open the vault with the key that `unlocker` gets out of its header.

        The key is derived before the lock is taken, so that nobody waits for it. `how` says in
        the audit trail what opened it; without `is_told` neither opening nor closing is in it,
        because the trail has told already of the opening that the key comes from.

        Raises: as `open` does, and what `unlocker` raises.
        """
        if not cls.exists(home):
            raise _missing(home)
        header = opening.read_current_header(home)
        key = unlocker(header)
        try:
            if read_only and header.schema == latest_version() and not header.is_pending:
                check_seal(header, key)
                database = opening.open_reader(home.vault, key)
                return cls(home, database, HeaderFile(home.header, header, key), key, None)
            with private_umask(), opening.held(home, wait_s=wait_s) as lock:
                header, key = opening.unlocked_header(home, header, key, unlocker)
                return cls._settled(
                    home, header, key, lock, is_shared=is_shared, how=how, is_told=is_told
                )
        except BaseException:
            key.wipe()
            raise

    @classmethod
    def _settled(
        cls,
        home: Home,
        header: Header,
        key: DataKey,
        lock: WriterLock,
        *,
        is_shared: bool = False,
        act: Act = Act.OPEN,
        how: str = "",
        is_told: bool = True,
    ) -> Vault:
        header = opening.settle(home, header, key)
        if header.schema < latest_version():
            header = write_header(home.header, replace(header, schema=latest_version()), key)
        database = opening.open_database(home.vault, key)
        file = HeaderFile(home.header, header, key)
        vault = cls(home, database, file, key, lock, is_shared=is_shared, is_told=is_told)
        try:
            vault.opened(act, how)
        except BaseException:
            vault.close()
            raise
        return vault


def _missing(home: Home) -> VaultMissing:
    return VaultMissing(f"There is no vault in {home.root}; make one with `maskwell vault init`.")
