"""Finding messages by what their reader sees: plain words and real values alike.

The history holds tokens only. A search for a real value is therefore a search for the tokens
that stand for it in any scope: words of the query that are, alone or together, a value the vault
knows, its beginning, or a part of a name, may be matched by those tokens instead. Everything is
looked up in indexes, so that it takes no longer with a hundred thousand messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.vault.parameters import sql_list, sql_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.vault.database import Database
    from maskwell.vault.history import HistoryStore
    from maskwell.vault.records import Message

__all__ = ["search_messages"]

_LONGEST_VALUE = 8
"""Words of a query that are looked up together, as one value."""
_MOST_TOKENS = 60
"""So many values a stretch of words may stand for: each costs a look-up in the index, and
words that begin more of them say too little to search by."""
_SCANNED = 20_000
"""Up to so many surfaces are read whole for a word that stands in the middle of one."""
_BEGINNING_CHARS = 2
_FILED_UNDER = ("", "first:", "last:", "only:")
"""What may stand before a name's word in the words people are filed under."""
_LAST = "\U0010ffff"

_CODES = "SELECT DISTINCT t.type, t.number, t.letters FROM"
_EXACT = f"""{_CODES} variants v CROSS JOIN tokens t ON t.id = v.token_id
    WHERE v.surface = CAST(? AS TEXT) COLLATE NOCASE LIMIT ?
"""  # only this module's own text is put together
_BEGINNING = f"""{_CODES} variants v CROSS JOIN tokens t ON t.id = v.token_id
    WHERE v.surface COLLATE NOCASE >= CAST(? AS TEXT)
      AND v.surface COLLATE NOCASE < CAST(? AS TEXT) LIMIT ?
"""
_PART = f"""{_CODES} scopes s CROSS JOIN json_each(CAST(? AS TEXT)) j
    CROSS JOIN name_parts p ON p.scope_id = s.id AND p.type = 'PERSON' AND p.part = j.value
    CROSS JOIN tokens t ON t.id = p.token_id LIMIT ?
"""
_INSIDE = f"""{_CODES} variants v CROSS JOIN tokens t ON t.id = v.token_id
    WHERE instr(lower(v.surface), lower(CAST(? AS TEXT))) LIMIT ?
"""


def search_messages(
    database: Database, history: HistoryStore, query: str, *, limit: int = 100
) -> list[Message]:
    """Return the messages whose reader sees all words of `query`, newest first.

    Args:
        database: the open database.
        history: its history.
        query: words, real values, tokens, in any order and any case of A to Z.
        limit: the most messages to return.
    """
    words = query.split()
    if not words:
        return []
    with database.lock:
        choices = [[word] for word in words]
        for first, last, tokens in _values(database, words):
            for at in range(first, last):
                choices[at] += tokens
        return history.search_choices([list(dict.fromkeys(one)) for one in choices], limit=limit)


def _values(database: Database, words: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    """Yield (first word, end, tokens) of every stretch of words that is a known value.

    The beginning of too many values is left out where a longer stretch is one: it says less.
    """
    is_small = _is_small(database)
    for first in range(len(words)):
        is_known = False
        for last in range(min(len(words), first + _LONGEST_VALUE), first, -1):
            tokens = _of_stretch(database, words[first:last], is_small=is_small)
            if tokens and not (is_known and len(tokens) >= _MOST_TOKENS):
                is_known = True
                yield first, last, tokens


def _of_stretch(database: Database, words: list[str], *, is_small: bool) -> list[str]:
    value = " ".join(words)
    tokens = _tokens(database, _EXACT, sql_text(value)) or _of_beginning(database, value)
    if len(words) == 1:
        parts = sql_list(f"{prefix}{value.casefold()}" for prefix in _FILED_UNDER)
        tokens += _tokens(database, _PART, parts)
        if is_small and not tokens and len(value) > _BEGINNING_CHARS:
            tokens = _tokens(database, _INSIDE, sql_text(value))
    return tokens


def _of_beginning(database: Database, value: str) -> list[str]:
    if len(value) <= _BEGINNING_CHARS:
        return []
    return _tokens(database, _BEGINNING, sql_text(value), sql_text(value + _LAST))


def _tokens(database: Database, sql: str, *values: str | bytes) -> list[str]:
    rows = database.rows(sql, (*values, _MOST_TOKENS))
    return [f"[{kind}_{number}{letters}]" for kind, number, letters in rows]


def _is_small(database: Database) -> bool:
    row = database.row("SELECT max(id) FROM variants")
    return row is None or (row[0] or 0) <= _SCANNED
