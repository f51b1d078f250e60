"""Joining another vault to this one: what it kept of chats, of what left, and of files.

A record that is here already, because one vault is a copy of the other from another day, is not
taken in twice. Nothing here holds a real value but the user's own words and credentials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.vault.mentions import record_mentions
from maskwell.vault.parameters import sql_text
from maskwell.vault.words import indexed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maskwell.vault.database import Database

__all__ = ["join_records"]


def join_records(
    database: Database,
    other: Database,
    scopes: Mapping[int, int],
    *,
    without: frozenset[str] = frozenset(),
) -> dict[str, int]:
    """Take the records in; return how many of each kind are new.

    Args:
        database: the open database of this vault, in a transaction.
        other: the other vault's.
        scopes: the number of each of its scopes to the number here.
        without: what people erased here are called, which is no word of the user's any more.
    """
    chats, new_chats = _conversations(database, other, scopes)
    return {
        "conversations": new_chats,
        "messages": sum(
            _messages(database, other, theirs, *ours) for theirs, ours in chats.items()
        ),
        "ledger_entries": _ledger(database, other, scopes, chats),
        "files": _files(database, other, scopes),
        "terms": _words(database, other, without),
    }


def _conversations(
    database: Database, other: Database, scopes: Mapping[int, int]
) -> tuple[dict[int, tuple[int, int]], int]:
    """Return (number, scope) here of each conversation there, and how many are new."""
    places: dict[int, tuple[int, int]] = {}
    added = 0
    for number, scope_id, title, *rest in other.rows(
        "SELECT id, scope_id, title, title_applied, destination, policy, created_at, updated_at"
        " FROM conversations ORDER BY id"
    ):
        scope = scopes[scope_id]
        known = database.row(
            "SELECT id FROM conversations WHERE scope_id = ? AND created_at = ?"
            " AND destination = ? ORDER BY id LIMIT 1",
            (scope, rest[3], rest[1]),
        )
        if known is not None:
            places[number] = (known[0], scope)
            continue
        new = database.write(
            "INSERT INTO conversations (scope_id, title, title_applied, destination, policy,"
            " created_at, updated_at) VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, ?)",
            (scope, sql_text(title), *rest),
        )
        record_mentions(database, "conversation", new, scope, title)
        places[number] = (new, scope)
        added += 1
    return places, added


def _messages(database: Database, other: Database, theirs: int, ours: int, scope: int) -> int:
    known = set(
        database.rows(
            "SELECT role, text, created_at FROM messages WHERE conversation_id = ?", (ours,)
        )
    )
    added = 0
    for role, text, applied, state, created_at in other.rows(
        "SELECT role, text, applied, state, created_at FROM messages"
        " WHERE conversation_id = ? ORDER BY id",
        (theirs,),
    ):
        if (role, text, created_at) in known:
            continue
        new = database.write(
            "INSERT INTO messages (conversation_id, role, text, applied, state, created_at)"
            " VALUES (?, ?, CAST(? AS TEXT), ?, ?, ?)",
            (ours, role, sql_text(text), applied, state, created_at),
        )
        database.write(
            "INSERT INTO message_words (rowid, words) VALUES (?, ?)", (new, indexed(text))
        )
        record_mentions(database, "message", new, scope, text)
        added += 1
    return added


def _ledger(
    database: Database,
    other: Database,
    scopes: Mapping[int, int],
    chats: Mapping[int, tuple[int, int]],
) -> int:
    added = 0
    for scope_id, chat, text, *rest in other.rows(
        "SELECT scope_id, conversation_id, text, started_at, destination, digest, finished_at,"
        " reach, model, policy, applied, byte_count, outcome, detail FROM ledger ORDER BY id"
    ):
        if database.row(
            "SELECT 1 FROM ledger WHERE started_at = ? AND destination = ? AND digest = ?"
            " AND scope_id = ?",
            (*rest[:3], scopes[scope_id]),
        ):
            continue
        place = chats.get(chat)
        new = database.write(
            "INSERT INTO ledger (scope_id, conversation_id, text, started_at, destination, digest,"
            " finished_at, reach, model, policy, applied, byte_count, outcome, detail)"
            " VALUES (?, ?, CAST(? AS TEXT), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT))",
            (scopes[scope_id], place and place[0], sql_text(text), *rest[:-1], sql_text(rest[-1])),
        )
        record_mentions(database, "ledger", new, scopes[scope_id], text)
        added += 1
    return added


def _files(database: Database, other: Database, scopes: Mapping[int, int]) -> int:
    added = 0
    for number, scope_id, *rest in other.rows(
        "SELECT id, scope_id, at, kind, digest, name, policy, destination, byte_count"
        " FROM files ORDER BY id"
    ):
        scope = scopes[scope_id]
        if database.row(
            "SELECT 1 FROM files WHERE at = ? AND kind = ? AND digest = ? AND scope_id = ?",
            (*rest[:3], scope),
        ):
            continue
        new = database.write(
            "INSERT INTO files (scope_id, at, kind, digest, name, policy, destination, byte_count)"
            " VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?)",
            (scope, *rest[:3], sql_text(rest[3]), *rest[4:]),
        )
        for token in other.rows(
            "SELECT t.type, t.number, t.letters FROM file_tokens f JOIN tokens t"
            " ON t.id = f.token_id WHERE f.file_id = ?",
            (number,),
        ):
            text = "[{}_{}{}]".format(*token)
            record_mentions(database, "file", new, scope, text)
        added += 1
    return added


def _words(database: Database, other: Database, without: frozenset[str]) -> int:
    """Take the user's own words in, and credentials of names that have none here."""
    added = 0
    for text, kind, is_pattern in other.rows("SELECT text, type, is_pattern FROM lexicon_terms"):
        if text in without:
            continue
        added += bool(
            database.write(
                "INSERT OR IGNORE INTO lexicon_terms (text, type, is_pattern)"
                " VALUES (CAST(? AS TEXT), ?, ?)",
                (sql_text(text), kind, is_pattern),
            )
        )
    for (value,) in other.rows("SELECT value FROM lexicon_ignored"):
        if value in without:
            continue
        added += bool(
            database.write(
                "INSERT OR IGNORE INTO lexicon_ignored (value) VALUES (CAST(? AS TEXT))",
                (sql_text(value),),
            )
        )
    database.write_many(
        "INSERT OR IGNORE INTO credentials (name, value) VALUES (?, CAST(? AS TEXT))",
        [(name, sql_text(value)) for name, value in other.rows("SELECT * FROM credentials")],
    )
    return added
