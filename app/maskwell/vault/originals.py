"""The originals of files that were made safe, for a copy that comes back as it left.

They are the one place beside the entity tables where real values are kept, so they are bounded
in size and in time, a setting turns them off, and erasing a person removes each that may show
them: nobody has read the pictures and hidden parts of an original.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.vault.acts import Act
from maskwell.vault.database import sql_text
from maskwell.vault.records import now_ms
from maskwell.vault.retention import DAY_MS, is_clock_settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.records import Scope

__all__ = ["Original", "OriginalStore", "forget_originals"]

_ALWAYS_DAYS = 10**6
_LEVEL = 6
_SHORTEST = 3
"""Bytes; anything shorter stands in every file."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was before it was made safe."""

    name: str
    data: bytes
    replaced: int
    """In how many places the copy differed by a token."""
    tokens: tuple[str, ...]
    """The tokens its copy holds."""


class OriginalStore:
    """Originals by the digest of the copies that were made of them."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def keep(self, file_id: int, name: str, data: bytes, *, replaced: int, most_bytes: int) -> None:
        """Keep the original of a file on record; the oldest make room for it.

        Args:
            file_id: the number of its copy in the file log.
            name: its name without folders, as it was.
            data: the whole file.
            replaced: in how many places its copy differs by a token.
            most_bytes: what all originals may take together, compressed.
        """
        packed = zlib.compress(data, _LEVEL)
        if len(packed) > most_bytes:
            return
        with self._database.together():
            self._make_room(most_bytes - len(packed))
            self._database.write(
                "INSERT INTO originals (file_id, name, replaced, byte_count, content)"
                " VALUES (?, CAST(? AS TEXT), ?, ?, ?)",
                (file_id, sql_text(name), replaced, len(packed), packed),
            )

    def find(self, scope: Scope, digest: str) -> Original | None:
        """Return the original of the copy with this SHA-256, or None.

        None also where several files had this copy and were not all the same, or not all kept.

        Args:
            scope: whose tokens the copy holds; another scope's originals are not looked at.
            digest: of the copy, 64 hex digits.
        """
        rows = self._database.rows(
            "SELECT o.file_id, o.name, o.replaced, o.content FROM files f"
            " LEFT JOIN originals o ON f.id = o.file_id"
            " WHERE f.digest = ? AND f.scope_id = ? AND f.kind = 'sanitised'"
            " ORDER BY f.id DESC",
            (digest, scope.id),
        )
        # Two files that differ in what a copy leaves out have one copy: it could be anybody's.
        if len({row[3] for row in rows}) != 1 or rows[0][3] is None:
            return None
        row = rows[0]
        tokens = self._database.rows(
            "SELECT t.type, t.number, t.letters FROM file_tokens f"
            " JOIN tokens t ON t.id = f.token_id WHERE f.file_id = ? ORDER BY t.id",
            (row[0],),
        )
        listed = tuple("[{}_{}{}]".format(*token) for token in tokens)
        return Original(row[1], zlib.decompress(row[3]), row[2], listed)

    def forget_old(
        self, days: int | None, *, keep_days: int | None = None, now: int | None = None
    ) -> int:
        """Delete originals past their time and return how many.

        Args:
            days: how long an original is kept; None for as long as there is room, 0 not at all.
            keep_days: how long conversations are kept, which an original never outlives; a
                scope's own number goes first. None keeps them for ever.
            now: the time in milliseconds since 1970, UTC; by default the clock's.
        """
        moment = now_ms() if now is None else now
        if not self._database.row("SELECT 1 FROM originals LIMIT 1"):
            return 0
        with self._database.together():
            if days != 0 and not is_clock_settled(self._database, moment):
                return 0
            rows = self._database.rows(
                "SELECT o.file_id FROM originals o JOIN files f ON f.id = o.file_id"
                " JOIN scopes s ON s.id = f.scope_id"
                " WHERE f.at <= ? - min(coalesce(s.keep_days, ?), ?) * ?",
                (moment, _or_always(keep_days), _or_always(days), DAY_MS),
            )
            _delete(self._database, [row[0] for row in rows])
            if rows:
                self._audit.record(Act.HISTORY_RETENTION, "", {"originals": [r[0] for r in rows]})
        return len(rows)

    def _make_room(self, most_bytes: int) -> None:
        """Delete the oldest until the others take at most so much."""
        (taken,) = self._database.row("SELECT coalesce(sum(byte_count), 0) FROM originals") or (0,)
        going: list[int] = []
        for number, size in self._oldest() if taken > most_bytes else ():
            going.append(number)
            taken -= size
            if taken <= most_bytes:
                break
        _delete(self._database, going)

    def _oldest(self) -> list[tuple[int, int]]:
        rows = self._database.rows("SELECT file_id, byte_count FROM originals ORDER BY file_id")
        return [(row[0], row[1]) for row in rows]


def forget_originals(database: Database, entity_ids: Sequence[int], values: Iterable[str]) -> int:
    """Delete each original that may show an entity that is being erased; return how many.

    That is every original of the scopes it was met in, whatever was found there, and any other
    in which one of its values stands in so many letters.
    """
    going = {
        row[0]
        for entity_id in entity_ids
        for row in database.rows(
            "SELECT o.file_id FROM originals o JOIN files f ON f.id = o.file_id"
            " WHERE f.scope_id IN (SELECT scope_id FROM tokens WHERE entity_id = ?)",
            (entity_id,),
        )
    }
    forms = [form for value in values for form in _forms(value) if len(form) >= _SHORTEST]
    for (number,) in database.rows("SELECT file_id FROM originals"):
        if number not in going and _shows(database, number, forms):
            going.add(number)
    _delete(database, sorted(going))
    return len(going)


def _shows(database: Database, number: int, forms: Sequence[bytes]) -> bool:
    row = database.row("SELECT name, content FROM originals WHERE file_id = ?", (number,))
    if row is None:
        return False
    seen = row[0].encode("utf-8", "surrogatepass") + b"\0" + zlib.decompress(row[1])
    return any(form in seen for form in forms)


def _forms(value: str) -> Iterable[bytes]:
    for codec in ("utf-8", "utf-16-le", "utf-16-be"):
        yield value.encode(codec, "surrogatepass")


def _delete(database: Database, numbers: Sequence[int]) -> None:
    database.write_many("DELETE FROM originals WHERE file_id = ?", [(one,) for one in numbers])


def _or_always(days: int | None) -> int:
    return _ALWAYS_DAYS if days is None else days
