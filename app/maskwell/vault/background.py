"""Checking a large vault without making its owner wait.

Reading every page of a vault of some hundred megabytes takes seconds. Up to `WHOLE_BYTES` that
is done before anything else. Above it, opening checks the file's length and the schema, and
every page is read here, on a connection of its own, while the vault is in use; damage found
condemns the open vault. A vault whose last whole check is older than `WHOLE_EVERY_MS`, or that
never had one, is checked before it opens however large it is.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError, MaskwellError
from maskwell.vault.failures import DAMAGED
from maskwell.vault.records import now_ms

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.vault.database import Database

__all__ = ["WHOLE_BYTES", "BackgroundCheck", "is_due", "note_whole_check"]

WHOLE_BYTES = 4 * 1024 * 1024
WHOLE_EVERY_MS = 7 * 24 * 3600 * 1000
_POLL_S = 0.05


def is_due(database: Database) -> bool:
    """Say whether the last whole check is too long ago; a clock set back makes it due."""
    row = database.row("SELECT value FROM facts WHERE name = 'checked_at'")
    return row is None or not 0 <= now_ms() - int(row[0]) <= WHOLE_EVERY_MS


def note_whole_check(database: Database) -> None:
    """Remember that every page was found sound just now."""
    database.write(
        "INSERT INTO facts (name, value) VALUES ('checked_at', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (now_ms(),),
    )


class BackgroundCheck:
    """One whole check of an open vault, in a thread of its own."""

    def __init__(self, vault: Database, connect: Callable[[], Database]) -> None:
        """Check the file that `connect` opens anew and condemn `vault` if it is damaged."""
        self._vault = vault
        self._connect = connect
        self._reader: Database | None = None
        self._is_stopped = False
        self._thread = threading.Thread(target=self._run, name="vault-check", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Break the check off and wait for its end."""
        self._is_stopped = True
        while self._thread.is_alive():  # an interrupt between two statements is lost
            if self._reader is not None:
                self._reader.interrupt()
            self._thread.join(_POLL_S)

    def wait(self) -> None:
        """Wait until the check has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            is_sound = self._read_every_page()
        except IntegrityError:
            is_sound = False
        except MaskwellError:
            return  # it could not be read just now, which is no damage; the next opening tries
        if self._is_stopped:
            return
        if not is_sound:
            self._vault.condemn(DAMAGED)
            return
        with suppress(MaskwellError):  # a full disk, a busy neighbour: then it is checked again
            note_whole_check(self._vault)

    def _read_every_page(self) -> bool:
        self._reader = self._connect()
        try:
            return self._is_stopped or self._reader.rows("PRAGMA quick_check") == [("ok",)]
        finally:
            self._reader.close()
