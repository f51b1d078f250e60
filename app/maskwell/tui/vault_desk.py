"""What the vault screen asks of the core; everything here may take time.

Values of guarded types leave here as dots until somebody reveals them and says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.errors import UsageError
from maskwell.tui.desk import REACH_WORDS, when_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from maskwell.tui.desk import Desk
    from maskwell.vault import BackupReport, Certificate, EntitySummary, SlotInfo, Told

__all__ = ["Known", "ToldLine", "VaultDesk"]

_MOST = 5000
HIDDEN = "••••"


@dataclass(frozen=True, slots=True)
class Known:
    """One person or thing the vault knows."""

    id: int
    kind: str
    value: str
    """As first seen; dots while it is guarded."""
    variants: tuple[str, ...]
    """Its other surfaces; none while it is guarded."""
    scopes: tuple[str, ...]
    since: str
    is_guarded: bool


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What one destination was told about it."""

    destination: str
    reach: str
    times: int
    first: str
    last: str
    byte_count: int
    pending: int
    tokens: tuple[str, ...]
    beside: tuple[str, ...]
    """Tokens of dates, places and the like that went to it in the same chats."""


class VaultDesk:
    """The open vault, for the screen about it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.revealed: dict[int, tuple[str, ...]] = {}
        """The surfaces of what was revealed since the screen was opened."""

    # -- who and what it knows ----------------------------------------------------------

    def known(self, words: str = "") -> list[Known]:
        """Return what the vault knows, newest first; with words, what has all of them in it."""
        guarded = self._desk.shield.vault.guard.types()
        found = [
            one
            for one in self._desk.shield.vault.entities.list(limit=_MOST)
            if one.entity_type is not EntityType.LITERAL
            and _matches(one, words, is_guarded=one.entity_type in guarded)
        ]
        return [self._known(one, is_guarded=one.entity_type in guarded) for one in found]

    def _known(self, one: EntitySummary, *, is_guarded: bool) -> Known:
        shown = Known(
            id=one.entity_id,
            kind=one.entity_type.value,
            value=one.surface,
            variants=tuple(surface for surface in one.variants if surface != one.surface),
            scopes=one.scopes,
            since=when_words(one.created_at),
            is_guarded=is_guarded,
        )
        if one.entity_id in self.revealed:
            return replace(shown, is_guarded=False)
        return replace(shown, value=HIDDEN, variants=()) if is_guarded else shown

    def reveal(self, entity_id: int, purpose: str) -> None:
        """Show a guarded value until the screen is left; the audit trail has the purpose."""
        surfaces = self._desk.shield.vault.guard.reveal(entity_id, purpose=purpose)
        self.revealed[entity_id] = surfaces

    def told(self, entity_id: int) -> list[ToldLine]:
        """Return what each destination was told about it, from the ledger."""
        return [_told_line(told) for told in self._desk.shield.vault.ledger.about(entity_id)]

    def merged(self, entity_id: int) -> Sequence[tuple[int, str]]:
        """Return (number, value as first seen) of what was merged into it."""
        return self._desk.shield.vault.entities.merged_into(entity_id)

    def merge(self, kept: int, other: int) -> None:
        """Let two be one from now on."""
        self._desk.shield.vault.merge(kept, other)

    def split(self, other: int) -> None:
        """Let one that was merged be one of its own again."""
        self._desk.shield.vault.split(other)

    def erase(self, entity_id: int) -> Certificate:
        """Erase it for good."""
        return self._desk.shield.vault.erase([entity_id])

    def subject(self, entity_id: int) -> dict[str, object]:
        """Return everything that is known about it; the audit trail says that it was taken."""
        return self._desk.shield.vault.export_subject(entity_id).as_json()

    # -- the vault itself ---------------------------------------------------------------

    def ways(self) -> list[SlotInfo]:
        """Return what opens the vault."""
        return self._desk.shield.vault.slots.all()

    def change_passphrase(self, passphrase: str) -> None:
        """Let another passphrase open the vault in place of the old one.

        Raises:
            UsageError: the vault wants a key file too, which would be taken out of use.
        """
        if any(str(one.kind) == "passphrase+keyfile" for one in self.ways()):
            raise UsageError("This vault wants a key file too; use: maskwell vault passphrase.")
        from maskwell.vault import DEFAULT_KDF  # noqa: PLC0415  # not at start

        kib = self._desk.settings.vault.kdf_memory_mib * 1024
        kdf = replace(DEFAULT_KDF, memory_kib=kib)
        self._desk.shield.vault.slots.change_passphrase(passphrase, kdf=kdf)

    def new_recovery_code(self) -> str:
        """Return a recovery code; it is kept nowhere, and an older one no longer opens."""
        return self._desk.new_recovery_code()

    def use_keyring(self) -> None:
        """Let the system's keyring open the vault too."""
        self._desk.use_keyring()

    def forget_keyring(self) -> None:
        """Let the keyring open it no more."""
        self._desk.shield.vault.forget_keyring(self._desk.keyring)

    def remove_way(self, slot_id: int) -> None:
        """Take a way in away."""
        self._desk.shield.vault.slots.remove(slot_id)

    def backup(self, target: Path) -> BackupReport:
        """Write an encrypted backup and prove that it opens."""
        return self._desk.shield.vault.backup(target)

    def verify(self) -> tuple[list[str], dict[str, int], int, str]:
        """Check every page and the audit chain.

        Returns:
            What is wrong with the pages, how many rows each table has, how many entries the
            audit trail has, and what is wrong with it ("" when nothing is).
        """
        report = self._desk.shield.vault.verify()
        trail = self._desk.shield.vault.audit.verify()
        return list(report.problems), dict(report.counts), trail.entries, trail.problem


def _matches(one: EntitySummary, words: str, *, is_guarded: bool) -> bool:
    """Say whether all the words are in it; a guarded value is found whole or by its kind."""
    kind = one.entity_type.value.casefold()
    surfaces = [surface.casefold() for surface in (one.surface, *one.variants)]
    if is_guarded:
        wanted = words.casefold().strip()
        return wanted in surfaces or all(word in kind for word in wanted.split())
    text = " ".join([kind, *surfaces])
    return all(word in text for word in words.casefold().split())


def _told_line(told: Told) -> ToldLine:
    return ToldLine(
        destination=told.destination,
        reach=REACH_WORDS[told.reach],
        times=len(told.entries),
        first=when_words(told.first_at),
        last=when_words(told.last_at),
        byte_count=told.byte_count,
        pending=told.pending,
        tokens=told.tokens,
        beside=told.quasi_identifiers,
    )
