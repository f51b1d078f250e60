"""Joining another vault to this one: its people, scopes and tokens.

Entities are one when type and canonical value are. A scope keeps its own key, so every token of
both vaults goes on restoring: a scope of the same key (the other vault is a copy of this one from
another day) is the same scope, unless both issued one token for two people since; any other scope
stays a scope of its own, under a new name if its name is taken. Invariant: what was erased here
does not come back, and either all of the other vault is here afterwards or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.vault.acts import Act
from maskwell.vault.joining_erased import erased_people
from maskwell.vault.joining_records import join_records
from maskwell.vault.parameters import sql_text
from maskwell.vault.records import now_ms

if TYPE_CHECKING:
    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database

__all__ = ["Joined", "join"]


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining another vault brought; what was here already is not counted."""

    scopes: dict[str, str]
    """Every scope of the other vault, by what it is called here."""
    entities: int
    tokens: int
    conversations: int
    messages: int
    ledger_entries: int
    files: int
    terms: int
    erased: int
    """Tokens whose people were erased here, so that they did not come back."""


def join(database: Database, audit: AuditTrail, other: Database, *, vault_id: str) -> Joined:
    """Take everything of `other` in, in one transaction.

    Args:
        database: the open database of this vault.
        audit: its audit trail.
        other: the other vault's database, open, checked, of the newest schema.
        vault_id: the other vault's id, for the audit trail.

    Raises:
        VaultWriteFailed: the disk refused; nothing was taken in.
    """
    with database.transaction():
        erased = erased_people(database, other)
        people = _People(database, other, erased.entities)
        scopes = {row[0]: _scope(database, other, row) for row in _scopes(other)}
        for theirs, ours in scopes.items():
            people.take_tokens(theirs, ours)
        records = join_records(database, other, scopes, without=erased.words)
        joined = Joined(
            scopes={
                row[1]: str(_one(database, "SELECT name FROM scopes WHERE id = ?", scopes[row[0]]))
                for row in _scopes(other)
            },
            entities=people.added,
            tokens=people.tokens,
            erased=people.erased,
            **records,
        )
        last = other.row("SELECT id, mac FROM audit ORDER BY id DESC LIMIT 1")
        detail = {
            "entities": joined.entities,
            "tokens": joined.tokens,
            "conversations": joined.conversations,
            "their_entries": last[0] if last else 0,
            "their_head": last[1].hex() if last else "",
        }
        audit.record(Act.IMPORT, vault_id, detail)
    return joined


def _scopes(other: Database) -> list[tuple[int, str, bytes, int, int | None]]:
    return other.rows("SELECT id, name, token_key, created_at, keep_days FROM scopes ORDER BY id")


def _scope(
    database: Database, other: Database, row: tuple[int, str, bytes, int, int | None]
) -> int:
    """Return the scope here that is, or from now on holds, one of the other vault."""
    theirs, name, key, created_at, keep_days = row
    for (ours,) in database.rows("SELECT id FROM scopes WHERE token_key = ? ORDER BY id", (key,)):
        if not _is_at_odds(database, other, theirs, ours):
            return int(ours)
    return database.write(
        "INSERT INTO scopes (name, token_key, created_at, keep_days)"
        " VALUES (CAST(? AS TEXT), ?, ?, ?)",
        (sql_text(_free_name(database, name)), key, created_at, keep_days),
    )


def _is_at_odds(database: Database, other: Database, theirs: int, ours: int) -> bool:
    """Say whether one token stands for two people in two scopes of the same key."""
    here = {
        tuple(row[:3]): (row[3], row[4])
        for row in database.rows(
            "SELECT t.type, t.number, t.letters, e.type, e.key FROM tokens t"
            " JOIN entities e ON e.id = coalesce(t.merged_from, t.entity_id) WHERE t.scope_id = ?",
            (ours,),
        )
    }
    rows = other.rows(
        "SELECT t.type, t.number, t.letters, e.type, e.key FROM tokens t"
        " JOIN entities e ON e.id = coalesce(t.merged_from, t.entity_id) WHERE t.scope_id = ?",
        (theirs,),
    )
    return any(here.get(tuple(row[:3]), row[3:]) != tuple(row[3:]) for row in rows)


def _free_name(database: Database, name: str) -> str:
    taken = {row[0] for row in database.rows("SELECT name FROM scopes")}
    number, free = 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


class _People:
    """Takes entities in as the tokens that stand for them come."""

    def __init__(self, database: Database, other: Database, gone: frozenset[int]) -> None:
        """Take in from `other` everyone but `gone`, entities of it that were erased here."""
        self._database = database
        self._other = other
        self._gone = gone
        self._entities: dict[int, int] = {}
        self.added = 0
        self.tokens = 0
        self.erased = 0

    def take_tokens(self, theirs: int, ours: int) -> None:
        """Take the tokens of one scope in, with their surfaces."""
        rows = self._other.rows(
            "SELECT id, type, number, letters, entity_id, issued_at, erased_at, merged_from"
            " FROM tokens WHERE scope_id = ? ORDER BY id",
            (theirs,),
        )
        for token_id, *token in rows:
            self._take_token(token_id, ours, token)

    def _take_token(self, token_id: int, ours: int, token: list[object]) -> None:
        kind, number, letters, entity_id, issued_at, erased_at, merged_from = token
        known = self._database.row(
            "SELECT id, erased_at FROM tokens"
            " WHERE type = ? AND number = ? AND letters = ? AND scope_id = ?",
            (kind, number, letters, ours),
        )
        if known is not None and known[1] is not None:
            self.erased += erased_at is None
            return
        is_gone = entity_id in self._gone and known is None
        if is_gone:
            self.erased += 1
            entity_id, merged_from, erased_at = None, None, now_ms()
        here = self._entity(entity_id)
        before = self._entity(merged_from)
        if known is None:
            new_id = self._database.write(
                "INSERT INTO tokens (scope_id, type, number, letters, entity_id, issued_at,"
                " erased_at, merged_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (ours, kind, number, letters, here, issued_at, erased_at, before),
            )
            self.tokens += 1
        else:
            new_id = known[0]
        if not is_gone:
            self._take_surfaces(token_id, new_id, ours)

    def _take_surfaces(self, token_id: int, new_id: int, ours: int) -> None:
        for table, columns in (
            ("variants", "type, label, surface"),
            ("name_parts", "type, part"),
            ("stand_ins", "label, form"),
        ):
            rows = self._other.rows(
                f"SELECT {columns} FROM {table} WHERE token_id = ?",  # noqa: S608  # own names
                (token_id,),
            )
            marks = ", ".join(["CAST(? AS TEXT)"] * (columns.count(",") + 1))
            self._database.write_many(
                f"INSERT OR IGNORE INTO {table} (token_id, scope_id, {columns})"  # noqa: S608  # own names
                f" VALUES (?, ?, {marks})",
                [(new_id, ours, *map(sql_text, row)) for row in rows],
            )

    def _entity(self, theirs: object) -> int | None:
        """Return the number here of one of the other vault's entities, taken in if it is new."""
        if not isinstance(theirs, int):
            return None
        if theirs not in self._entities:
            row = self._other.row(
                "SELECT type, key, first_surface, created_at, merged_into FROM entities"
                " WHERE id = ?",
                (theirs,),
            )
            assert row is not None  # noqa: S101  # a foreign key
            into = self._entity(row[4])
            self._entities[theirs] = self._unified(row, into)
        return self._entities[theirs]

    def _unified(self, row: tuple[object, ...], into: int | None) -> int:
        kind, key, first_surface, created_at, _ = row
        added = self._database.write(
            "INSERT OR IGNORE INTO entities (type, key, first_surface, created_at, merged_into)"
            " VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT), ?, ?)",
            (kind, sql_text(str(key)), sql_text(str(first_surface)), created_at, into),
        )
        self.added += bool(added)
        if added:
            return added
        found = self._database.row(
            "SELECT coalesce(merged_into, id) FROM entities"
            " WHERE type = ? AND key = CAST(? AS TEXT)",
            (kind, sql_text(str(key))),
        )
        assert found is not None  # noqa: S101  # it was not inserted because it is there
        return int(found[0])


def _one(database: Database, sql: str, value: int) -> object:
    return database.rows(sql, (value,))[0][0]
