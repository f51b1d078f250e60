"""The user's own words: terms to protect always, values to leave alone.

They may be private themselves, which is why they live here and not in the settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.errors import UnknownName, UsageError
from maskwell.vault.acts import Act
from maskwell.vault.parameters import sql_text

if TYPE_CHECKING:
    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database

__all__ = ["LexiconStore"]


class LexiconStore:
    """Terms and ignored values, in the order they were added."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def terms(self) -> list[tuple[str, EntityType, bool]]:
        """Return (text, entity type, whether it is a regular expression) of every term."""
        rows = self._database.rows("SELECT text, type, is_pattern FROM lexicon_terms ORDER BY id")
        return [(text, EntityType(kind), bool(is_pattern)) for text, kind, is_pattern in rows]

    def add_term(
        self, text: str, entity_type: EntityType = EntityType.TERM, *, is_pattern: bool = False
    ) -> None:
        """Protect `text` from now on; a term that is there already gets the new type.

        Raises:
            UsageError: the term is empty.
        """
        if not text.strip():
            raise UsageError("The term is empty; give the word or pattern to protect.")
        with self._database.together():
            self._database.write(
                "INSERT INTO lexicon_terms (text, type, is_pattern) VALUES (CAST(? AS TEXT), ?, ?)"
                " ON CONFLICT (text, is_pattern) DO UPDATE SET type = excluded.type",
                (sql_text(text), str(entity_type), int(is_pattern)),
            )
            self._audit.record(Act.TERM_ADD, str(entity_type), {"pattern": is_pattern})

    def remove_term(self, text: str) -> None:
        """Forget a term, word or pattern.

        Raises:
            UnknownName: it is not in the list.
        """
        missing = "That term is not in your list of terms."
        self._remove("lexicon_terms", "text", text, missing, Act.TERM_REMOVE)

    def ignored(self) -> list[str]:
        """Return the values that are left alone."""
        return [row[0] for row in self._database.rows("SELECT value FROM lexicon_ignored")]

    def ignore(self, value: str) -> None:
        """Leave `value` alone from now on.

        Raises:
            UsageError: the value is empty.
        """
        if not value.strip():
            raise UsageError("The value is empty; give the word to leave alone.")
        with self._database.together():
            added = self._database.write(
                "INSERT OR IGNORE INTO lexicon_ignored (value) VALUES (CAST(? AS TEXT))",
                (sql_text(value),),
            )
            if added:
                self._audit.record(Act.IGNORE_ADD)

    def unignore(self, value: str) -> None:
        """Stop leaving `value` alone.

        Raises:
            UnknownName: it is not in the list.
        """
        missing = "That value is not in your ignore list."
        self._remove("lexicon_ignored", "value", value, missing, Act.IGNORE_REMOVE)

    def _remove(self, table: str, column: str, value: str, missing: str, act: Act) -> None:
        with self._database.together():
            where = f"FROM {table} WHERE {column} = CAST(? AS TEXT)"
            if not self._database.row(f"SELECT 1 {where}", (sql_text(value),)):  # own table names
                raise UnknownName(missing)
            self._database.write(f"DELETE {where}", (sql_text(value),))
            self._audit.record(act)
