"""Forgetting a person: every value goes, every token stays as a stone without a name.

What is deleted is overwritten (`secure_delete`), the database is rebuilt without free pages, the
log is emptied, and then every page and the log are read again, decrypted, in search of what was
erased. The certificate says what was done and what still refers to the tokens, never the value.
Plain words that detection had missed are not the vault's to change; the certificate says where
they stand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maskwell.errors import UnknownName, VaultBusy
from maskwell.vault.acts import Act
from maskwell.vault.certificate import Certificate
from maskwell.vault.integrity import recover_log
from maskwell.vault.originals import forget_originals
from maskwell.vault.parameters import sql_text
from maskwell.vault.records import now_ms
from maskwell.vault.residue import SHORTEST, is_explained, refuse_residue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.keys import DataKey

__all__ = ["Certificate", "erase"]


def erase(
    database: Database, audit: AuditTrail, path: Path, key: DataKey, entity_ids: Iterable[int]
) -> Certificate:
    """Erase entities, with all that was merged into them, and verify that they are gone.

    Args:
        database: the open database, outside a transaction.
        audit: its audit trail.
        path: the database file.
        key: its key.
        entity_ids: the entities.

    Raises:
        UnknownName: one of them is not there; nothing was erased.
        VaultBusy: another program is reading, so that the log cannot be emptied; nothing was
            erased.
        IntegrityError: a value was still found afterwards; no certificate is given.
        VaultWriteFailed: the disk refused.
    """
    with database.lock:
        if not recover_log(database):
            raise VaultBusy(
                "Another program is reading the vault, so nothing was erased: what it reads would "
                "have to stay; close it and try again."
            )
        database.generation += 1
        with database.transaction():
            ids = _with_merged(database, entity_ids)
            values = _values(database, ids)
            certificate = _forget(database, ids, values)
            certificate = _plain_mentions(database, values, certificate)
        database.rows("VACUUM")
        recover_log(database)
        gone = [value for value in values if not is_explained(database, value)]
        scanned = refuse_residue(path, key, gone)
        aside = tuple(sorted(folder.name for folder in path.parent.glob("replaced-*")))
        certificate = replace(certificate, scanned_bytes=scanned, kept_aside=aside)
        return _certify(database, audit, certificate)


def _with_merged(database: Database, entity_ids: Iterable[int]) -> list[int]:
    found: dict[int, None] = {}
    for entity_id in entity_ids:
        rows = database.rows(
            "SELECT id FROM entities WHERE id = ? OR merged_into = ?", (entity_id, entity_id)
        )
        if not rows:
            raise UnknownName(f"There is no entity {entity_id}; list them with `entity list`.")
        found.update(dict.fromkeys(row[0] for row in rows))
    return list(found)


def _values(database: Database, ids: list[int]) -> list[str]:
    """Return every text that is to be gone."""
    values: dict[str, None] = {}
    for entity_id in ids:
        rows = database.rows(
            "SELECT key FROM entities WHERE id = ?1"
            " UNION SELECT first_surface FROM entities WHERE id = ?1"
            " UNION SELECT v.surface FROM variants v JOIN tokens t ON t.id = v.token_id"
            " WHERE t.entity_id = ?1",
            (entity_id,),
        )
        values.update(dict.fromkeys(row[0] for row in rows))
    return list(values)


def _forget(database: Database, ids: list[int], values: list[str]) -> Certificate:
    marks = ", ".join("?" * len(ids))
    tokens = database.rows(
        f"SELECT id, type, number, letters FROM tokens WHERE entity_id IN ({marks}) ORDER BY id",  # noqa: S608  # placeholders only
        ids,
    )
    token_ids = [row[0] for row in tokens]
    _delete(database, "stand_ins", token_ids)
    certificate = Certificate(
        number=0,
        erased_at=now_ms(),
        types=tuple(dict.fromkeys(row[1] for row in tokens)),
        tokens=tuple(f"[{kind}_{number}{letters}]" for _, kind, number, letters in tokens),
        surfaces=_delete(database, "variants", token_ids),
        name_words=_delete(database, "name_parts", token_ids),
        terms=_delete_terms(database, values),
        conversations=_mentioning(database, "conversation", token_ids),
        messages=_mentioning(database, "message", token_ids),
        ledger_entries=_mentioning(database, "ledger", token_ids),
        files=_mentioning(database, "file", token_ids),
        file_names=(),
        plain_conversations=(),
        plain_ledger_entries=(),
        originals=forget_originals(database, ids, values),
        scanned_bytes=0,
    )
    certificate = replace(
        certificate,
        conversations=_with_owners(database, certificate.conversations, certificate.messages),
        file_names=_file_names(database, certificate.files),
    )
    database.write_many(
        "UPDATE tokens SET entity_id = NULL, merged_from = NULL, erased_at = ? WHERE id = ?",
        [(certificate.erased_at, token_id) for token_id in token_ids],
    )
    database.write_many("UPDATE tokens SET merged_from = NULL WHERE merged_from = ?", _each(ids))
    database.write_many("DELETE FROM entities WHERE merged_into = ?", _each(ids))
    database.write_many("DELETE FROM entities WHERE id = ?", _each(ids))
    return certificate


def _delete(database: Database, table: str, token_ids: list[int]) -> int:
    before = _count(database, table)
    database.write_many(f"DELETE FROM {table} WHERE token_id = ?", _each(token_ids))  # noqa: S608  # own table names
    return before - _count(database, table)


def _delete_terms(database: Database, values: list[str]) -> int:
    before = _count(database, "lexicon_terms") + _count(database, "lexicon_ignored")
    texts = _each(sql_text(value) for value in values)
    database.write_many("DELETE FROM lexicon_terms WHERE text = CAST(? AS TEXT)", texts)
    texts = _each(sql_text(value) for value in values)
    database.write_many("DELETE FROM lexicon_ignored WHERE value = CAST(? AS TEXT)", texts)
    return before - _count(database, "lexicon_terms") - _count(database, "lexicon_ignored")


def _count(database: Database, table: str) -> int:
    return int(database.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608  # own table names


def _mentioning(database: Database, owner: str, token_ids: list[int]) -> tuple[int, ...]:
    found = {
        row[0]
        for token_id in token_ids
        for row in database.rows(
            f"SELECT {owner}_id FROM {owner}_tokens WHERE token_id = ?",  # noqa: S608  # own table names
            (token_id,),
        )
    }
    return tuple(sorted(found))


def _with_owners(
    database: Database, conversations: tuple[int, ...], messages: tuple[int, ...]
) -> tuple[int, ...]:
    owners = {
        row[0]
        for message_id in messages
        for row in database.rows("SELECT conversation_id FROM messages WHERE id = ?", (message_id,))
    }
    return tuple(sorted(owners.union(conversations)))


def _file_names(database: Database, files: tuple[int, ...]) -> tuple[str, ...]:
    """Return what the files are called, with their numbers."""
    rows = (
        row
        for number in files
        for row in database.rows("SELECT kind, name FROM files WHERE id = ?", (number,))
    )
    return tuple(f"{kind} {name}" for kind, name in rows)


def _plain_mentions(database: Database, values: list[str], certificate: Certificate) -> Certificate:
    """Find the values in kept text, where only tokens should stand."""
    conversations: set[int] = set()
    entries: set[int] = set()
    for value in values:
        if len(value.encode("utf-8", "surrogatepass")) < SHORTEST:
            continue
        text = (sql_text(value),)
        conversations.update(
            row[0]
            for row in database.rows(
                "SELECT conversation_id FROM messages WHERE instr(text, CAST(?1 AS TEXT))"
                " UNION SELECT id FROM conversations WHERE instr(title, CAST(?1 AS TEXT))",
                text,
            )
        )
        rows = database.rows("SELECT id FROM ledger WHERE instr(text, CAST(? AS TEXT))", text)
        entries.update(row[0] for row in rows)
    return replace(
        certificate,
        plain_conversations=tuple(sorted(conversations)),
        plain_ledger_entries=tuple(sorted(entries)),
    )


def _certify(database: Database, audit: AuditTrail, certificate: Certificate) -> Certificate:
    with database.transaction():
        number = database.write(
            "INSERT INTO erasures (erased_at, certificate) VALUES (?, '')",
            (certificate.erased_at,),
        )
        certificate = replace(certificate, number=number)
        database.write(
            "UPDATE erasures SET certificate = ? WHERE id = ?", (certificate.as_json(), number)
        )
        audit.record(Act.ENTITY_ERASE, str(number), {"tokens": list(certificate.tokens)})
    return certificate


def _each(values: Iterable[object]) -> list[tuple[object]]:
    return [(value,) for value in values]
