"""The index of words is merged into one piece, in small steps and where nobody waits for it.

Every commit of messages leaves the index in more pieces, and a search reads them all. SQLite
merges some as it writes; the rest is done here, once a quarter as many messages again have come
(and a thousand), when a vault is closed or by an agent's spare. A step is a transaction of its
own: killed between two, or in one, the index is whole and the next closing goes on.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskwell.vault.database import Database

__all__ = ["merge_index"]

_FEWEST = 1000
_PART = 4
_STEP_PAGES = 16
"""Some ten milliseconds' work: so long may another process have to wait for its turn."""


def merge_index(database: Database, *, within_s: float) -> bool:
    """Merge the index further, if it is due; say whether there is nothing left to do.

    Args:
        database: the open database, outside a transaction.
        within_s: after so many seconds no step is begun but the first.

    Raises:
        VaultBusy: another process is writing.
        VaultWriteFailed: the disk refused; the index is as it was before the last step.
    """
    newest = _newest_if_due(database)
    if newest is None:
        return True
    end = time.monotonic() + within_s
    while _merged_some(database):
        if time.monotonic() >= end:
            return False
    _note_merged(database, newest)
    return True


def _newest_if_due(database: Database) -> int | None:
    """Return the newest message's number if enough have come since all were merged."""
    row = database.row(
        "SELECT (SELECT max(id) FROM messages),"
        " (SELECT value FROM facts WHERE name = 'words_merged_to')"
    )
    newest, merged = (int(value or 0) for value in row or (0, 0))
    return newest if newest - merged >= max(_FEWEST, merged // _PART) else None


def _merged_some(database: Database) -> bool:
    """Do one step; a negative number of pages goes on until there is one piece."""
    before = _changes(database)
    database.write(
        "INSERT INTO message_words (message_words, rank) VALUES ('merge', ?)", (-_STEP_PAGES,)
    )
    return _changes(database) - before >= 2  # as FTS5 documents it: fewer is no work done


def _changes(database: Database) -> int:
    row = database.row("SELECT total_changes()")
    return int(row[0]) if row else 0


def _note_merged(database: Database, newest: int) -> None:
    database.write(
        "INSERT INTO facts (name, value) VALUES ('words_merged_to', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (newest,),
    )
