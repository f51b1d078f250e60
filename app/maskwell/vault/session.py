"""An open vault as its users hold it: the stores, transactions, and the end of it.

Invariant: whoever writes holds the writer lock, for the life of the session or, where it is
shared, for each transaction; the connection is keyed; after `close` the key is wiped and nothing
can be read any more.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, Self

from maskwell.errors import (
    IntegrityError,
    MaskwellError,
    VaultBusy,
    VaultError,
    VaultWriteFailed,
)
from maskwell.vault import opening
from maskwell.vault.acts import Act
from maskwell.vault.anchoring import TIMEOUT_S, load_anchor, store_anchor
from maskwell.vault.attempts import now_told, untold
from maskwell.vault.audit import Anchor, AuditTrail
from maskwell.vault.background import WHOLE_BYTES, BackgroundCheck
from maskwell.vault.credentials import CredentialStore
from maskwell.vault.entities import EntityStore
from maskwell.vault.filelog import FileLog
from maskwell.vault.guarding import Guard
from maskwell.vault.header import check_seal
from maskwell.vault.history import HistoryStore
from maskwell.vault.indexing import merge_index
from maskwell.vault.integrity import empty_log
from maskwell.vault.keyslots import KeySlots
from maskwell.vault.ledger import Ledger
from maskwell.vault.lexicon import LexiconStore
from maskwell.vault.noticing import notice_destinations, notice_policies
from maskwell.vault.originals import OriginalStore
from maskwell.vault.scopes import ScopeStore
from maskwell.vault.slots import SlotKind
from maskwell.vault.stand_ins import StandInStore
from maskwell.vault.turns import Turns
from maskwell.vault.usage import UsageStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from maskwell.paths import Home
    from maskwell.vault.database import Database
    from maskwell.vault.header import HeaderFile
    from maskwell.vault.keys import DataKey
    from maskwell.vault.lock import WriterLock
    from maskwell.vault.systemkeyring import Keyring

__all__ = ["Session"]

_CLOSING_S = 0.2
_READERS_S = 0.05
_KEYRING_S = 0.5
"""How long the keyring may take for an answer while the vault is being locked."""


class Session:
    """An open vault. Use it as a context manager, or call `close`."""

    scopes: ScopeStore
    entities: EntityStore
    stand_ins: StandInStore
    history: HistoryStore
    ledger: Ledger
    files: FileLog
    originals: OriginalStore
    lexicon: LexiconStore
    credentials: CredentialStore
    usage: UsageStore
    guard: Guard
    audit: AuditTrail
    slots: KeySlots

    def __init__(
        self,
        home: Home,
        database: Database,
        file: HeaderFile,
        key: DataKey,
        lock: WriterLock | None,
        *,
        is_shared: bool = False,
        is_told: bool = True,
    ) -> None:
        self._home = home
        self._database = database
        self._file = file
        self._key = key
        self._lock = lock
        self._identity = (0, 0)
        self._at_rest = (0, 0, 0, 0)
        self._turns: Turns | None = None
        self._is_told = is_told and lock is not None
        self._is_keyring_used = False
        self.keyring: Keyring | None = None
        """The keyring that also remembers the audit trail's end; None is the system's."""
        self.audit = AuditTrail(database, self._anchored, self._anchored_elsewhere)
        self.scopes = ScopeStore(database, self.audit)
        self.entities = EntityStore(database)
        self.stand_ins = StandInStore(database)
        self.history = HistoryStore(database, self.audit)
        self.ledger = Ledger(database, self.audit)
        self.files = FileLog(database, self.audit)
        self.originals = OriginalStore(database, self.audit)
        self.lexicon = LexiconStore(database, self.audit)
        self.credentials = CredentialStore(database, self.audit)
        self.usage = UsageStore(database)
        self.guard = Guard(database, self.audit)
        self.slots = KeySlots(database, file, key, self.audit)
        self._check = self._new_check()
        if lock is not None:
            database.after_commit = self._anchor
            if is_shared:
                self._share(lock)
            self._check_if_large()

    @property
    def is_read_only(self) -> bool:
        """Whether this vault was opened beside its writer."""
        return self._lock is None

    def opened(self, act: Act, how: str) -> None:
        """Take into the audit trail that the vault was opened, and what was tried before.

        Args:
            act: opened or made.
            how: the kind of slot that opened it, "" when that is not known.
        """
        if not self._is_told or not self.audit.continues(self._anchored()):
            return  # a chain that was put back is left as it was found
        # A full disk must not keep the owner from reading what is there.
        with suppress(VaultWriteFailed):
            attempts = self._home.root / "vault.attempts"
            with self._database.transaction():
                if failures := untold(attempts):
                    self.audit.record(Act.OPEN_FAILED, "", {"times": failures})
                self.audit.record(act, how)
            now_told(attempts)
        self._is_keyring_used = how == SlotKind.KEYRING

    def notice(self, *, destinations: Mapping[str, str], policies: Mapping[str, str]) -> None:
        """Take into the audit trail what became of the settings beside the vault.

        Args:
            destinations: name → what it is, in words without a secret.
            policies: the user's own policy files, name → SHA-256.
        """
        if not self.is_read_only:
            notice_destinations(self._database, self.audit, destinations)
            notice_policies(self._database, self.audit, policies)

    def close(self, reason: str = "") -> None:
        """Close the connection, wipe the key and let others in; harmless when done already.

        Args:
            reason: why, for the audit trail: "idle", "by hand" …; nothing is merged and no other
                process waited for then, not by another thread here either, and the keyring gets
                half a second for each answer. "" when the user was done.
        """
        try:
            if reason and self._lock is not None:
                self._lock.hurry()
            self._check.stop()
            if not reason:  # whoever locks does not want it open for longer
                self.tidy(_CLOSING_S)
            self._lock_recorded(reason)
            self._remember_elsewhere(_KEYRING_S if reason else TIMEOUT_S)
            self._empty_log(0.0 if reason else _READERS_S)
            self._database.close()
        finally:
            self._key.wipe()
            if self._lock is not None:
                self._lock.release()

    def tidy(self, within_s: float) -> None:
        """Merge the index of words, if it is due and nobody is writing, for so long at most."""
        if self._lock is None or not self._database.is_open or self._database.in_transaction:
            return
        with suppress(MaskwellError), self._impatient():
            merge_index(self._database, within_s=within_s)

    def rest(self) -> None:
        """Keep nothing in memory of what was read, and remember the file as it is."""
        self._check.stop()
        self._database.shrink()
        self._at_rest = _state(self._home)

    def resume(self) -> None:
        """Go on with a vault that was left at rest.

        Raises:
            VaultBusy: the file was written to, or has another key, or is another one.
            VaultTooNew, IntegrityError, OSError: the files cannot be read any more.
        """
        if _state(self._home) != self._at_rest:
            raise VaultBusy("The vault was changed while it was at rest; open it anew.")
        self._look_again()
        self._check = self._new_check()
        self._check_if_large()

    def copy_key(self) -> DataKey:
        """Return the data key for another process of the same user; the caller wipes it."""
        return self._key.copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all writes of the block or none of them; inside another, a savepoint.

        Raises:
            VaultWriteFailed: the disk refused; nothing of the block was saved.
            VaultBusy: another process is writing, or the vault was opened for reading.
        """
        self._refuse_reader()
        with self._database.transaction():
            yield

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Let the block write as in a transaction, then forget all of it."""
        self._refuse_reader()
        with self._database.rehearsal():
            yield

    def _new_check(self) -> BackgroundCheck:
        connect = partial(opening.open_reader, self._home.vault, self._key)
        return BackgroundCheck(self._database, connect)

    def _check_if_large(self) -> None:
        """Have a vault that opened unchecked checked while it is used."""
        if self._home.vault.stat().st_size > WHOLE_BYTES:
            self._check.start()

    def _share(self, lock: WriterLock) -> None:
        """Give the lock back, and take it again for each write."""
        self._note_identity()
        self._turns = turns = Turns(lock, self._look_again)
        self._database.turn = lambda: turns
        self._file.lock = turns
        lock.release()

    @contextmanager
    def _impatient(self) -> Iterator[None]:
        """Do without the turns that others have."""
        if self._turns is None:
            yield
            return
        before, self._turns.wait_s = self._turns.wait_s, 0.0
        try:
            yield
        finally:
            self._turns.wait_s = before

    def _note_identity(self) -> None:
        """Remember which file this session writes to."""
        self._identity = _identity(self._home)

    def _look_again(self) -> None:
        """Learn what others changed in the header since the last turn.

        Raises:
            VaultBusy: the vault has another key, or is another vault, since this one opened.
        """
        header = opening.read_current_header(self._home)
        try:
            check_seal(header, self._key)
            is_same = _identity(self._home) == self._identity
        except (IntegrityError, OSError):
            is_same = False
        if not is_same:
            raise VaultBusy(
                "The vault was given a new key or was replaced while it was open here, so nothing "
                "was saved; do it once more."
            )
        self._file.renew(header)

    def _refuse_reader(self) -> None:
        if self.is_read_only:
            raise VaultBusy("The vault was opened for reading only; nothing was saved.")

    def _lock_recorded(self, reason: str) -> None:
        """Say in the audit trail that the vault is locked, unless it cannot be written now.

        Whoever locks does not wait for other processes, nor does a thread here that waited for
        one by then; a transaction that another thread here has begun is waited for, as the
        database's closing does.
        """
        patience = self._impatient() if reason else nullcontext()
        with suppress(MaskwellError), self._database.lock, patience:
            if not self._is_told or not self._database.is_open or self._database.in_transaction:
                return
            if self.audit.continues(self._anchored()):
                self.audit.record(Act.LOCK, reason)

    def _empty_log(self, within_s: float) -> None:
        """Leave no log to others who have the vault open, unless one of them needs it."""
        if self._lock is None:
            return
        quiet, lock = suppress(MaskwellError, OSError), self._database.lock
        with quiet, lock, self._impatient():
            if not self._database.is_open or self._database.in_transaction:
                return
            # Whoever opens the vault has the turn, reads the file's pages past the log, and
            # empties it. The turn comes after the lock, as in every transaction.
            with self._database.turn():
                empty_log(self._database, self._home.vault, within_s=within_s)

    def _anchored(self) -> Anchor:
        header = self._file.header
        return Anchor(header.anchor_count, header.anchor)

    def _anchored_elsewhere(self, timeout_s: float = TIMEOUT_S) -> Anchor | None:
        """Return the chain's end as the keyring has it, for a vault that the keyring opens.

        A keyring that does not answer is no evidence of anything.
        """
        if any(slot.kind is SlotKind.KEYRING for slot in self._file.header.slots):
            with suppress(VaultError):
                return load_anchor(self._file.header.vault_id, self.keyring, timeout_s=timeout_s)
        return None

    def _remember_elsewhere(self, timeout_s: float) -> None:
        """Take the chain's end into the keyring that opened the vault, if it goes on from there."""
        if not (self._is_keyring_used and self._is_told and self._database.is_open):
            return
        with suppress(MaskwellError):
            known = self._anchored_elsewhere(timeout_s)
            if known is None or self.audit.continues(known):
                vault_id, head = self._file.header.vault_id, self.audit.head()
                store_anchor(vault_id, head, self.keyring, timeout_s=timeout_s)

    def _anchor(self) -> None:
        """Bring the audit chain's end into the header; if that fails, the next commit does it.

        A chain that does not hold what the header remembers was put back from an earlier day or
        tampered with; then the header goes on remembering.
        """
        head, anchor = self.audit.head(), self._anchored()
        if head != anchor and self.audit.continues(anchor):
            with suppress(VaultWriteFailed):
                self._file.update(anchor=head.head, anchor_count=head.count)


def _identity(home: Home) -> tuple[int, int]:
    """Return what tells the database's file from another of the same name."""
    found = home.vault.stat()
    return found.st_dev, found.st_ino


def _state(home: Home) -> tuple[int, int, int, int]:
    """Return what differs after any change to the database's file, its log apart."""
    found = home.vault.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
