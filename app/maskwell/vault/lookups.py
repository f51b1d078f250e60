"""Looking up many values at once: what a text with a thousand of them asks the vault.

Every function is one statement, however much is asked. Where several variants share a token
they come together, the surface first seen before the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.vault.parameters import sql_list
from maskwell.vault.records import Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maskwell.vault.database import Database

__all__ = [
    "VARIANT",
    "by_keys",
    "by_parts",
    "by_surfaces",
    "highest_numbers",
    "issued_among",
    "variant",
    "with_checks",
]

Surface = tuple[EntityType, str]
Core = tuple[EntityType, int, str]
"""A token's type, number and check letters."""

_TYPES = {str(entity_type): entity_type for entity_type in EntityType}
_COLUMNS = "t.entity_id, t.scope_id, t.type, t.number, t.letters, v.label, v.surface"

VARIANT = f"SELECT {_COLUMNS} FROM variants v JOIN tokens t ON t.id = v.token_id"  # noqa: S608  # only this module's own text is put together
"""The beginning of every statement that returns rows for `variant`."""

_BY_SURFACES = f"""
    SELECT v.id, {_COLUMNS} FROM json_each(CAST(?2 AS TEXT)) j
    CROSS JOIN variants v ON v.scope_id = ?1
      AND v.type = j.value->>0 AND v.surface = j.value->>1
    CROSS JOIN tokens t ON t.id = v.token_id
"""  # noqa: S608  # likewise
_BY_KEYS = f"""
    SELECT j.key, {_COLUMNS} FROM json_each(CAST(?2 AS TEXT)) j
    CROSS JOIN entities e ON e.type = j.value->>0 AND e.key = j.value->>1
    CROSS JOIN tokens t ON t.scope_id = ?1 AND t.entity_id = coalesce(e.merged_into, e.id)
    CROSS JOIN variants v ON v.token_id = t.id
    ORDER BY t.id, v.id
"""  # noqa: S608  # likewise
_BY_PARTS = f"""
    SELECT j.key, {_COLUMNS} FROM json_each(CAST(?3 AS TEXT)) j
    CROSS JOIN name_parts p ON p.scope_id = ?1 AND p.type = ?2 AND p.part = j.value
    CROSS JOIN tokens t ON t.id = p.token_id
    CROSS JOIN variants v ON v.token_id = t.id
    ORDER BY t.id, v.id
"""  # noqa: S608  # likewise
_ISSUED = """
    SELECT t.type, t.number, t.letters FROM json_each(CAST(? AS TEXT)) j
    CROSS JOIN tokens t ON t.type = j.value->>0
      AND t.number = j.value->>1 AND t.letters = j.value->>2
"""
_WITH_CHECKS = """
    SELECT t.type, t.number, t.letters FROM json_each(CAST(?2 AS TEXT)) j
    CROSS JOIN tokens t ON t.scope_id = ?1 AND t.letters = j.value
"""
_HIGHEST = """
    SELECT j.value, (SELECT max(number) FROM tokens WHERE scope_id = ?1 AND type = j.value)
    FROM json_each(CAST(?2 AS TEXT)) j
"""

_Row = tuple[int, int, str, int, str, str, str]


def variant(row: _Row) -> Variant:
    """Return what one row of a statement that begins as `VARIANT` holds."""
    entity_id, scope_id, type_name, number, check, label, surface = row
    return Variant(entity_id, scope_id, _TYPES[type_name], number, check, label, surface)


def by_surfaces(
    database: Database, scope_id: int, wanted: Iterable[Surface]
) -> dict[Surface, Variant]:
    """Return those of the wanted surfaces that this scope knows, each as it was learnt first."""
    found: dict[Surface, Variant] = {}
    rows = database.rows(_BY_SURFACES, (scope_id, sql_list(dict.fromkeys(wanted))))
    for _, *row in sorted(rows):  # here and not in SQL, whose sorter locks memory for each row
        one = variant(tuple(row))
        found.setdefault((one.entity_type, one.surface), one)
    return found


def by_keys(
    database: Database, scope_id: int, wanted: Iterable[Surface]
) -> dict[Surface, list[Variant]]:
    """Return all variants of the first token that each key's entity has in this scope."""
    asked = list(dict.fromkeys(wanted))
    found: dict[Surface, list[Variant]] = {}
    for place, *row in database.rows(_BY_KEYS, (scope_id, sql_list(asked))):
        one = variant(tuple(row))
        known = found.setdefault(asked[place], [])
        if not known or _core(known[0]) == _core(one):
            known.append(one)
    return found


def by_parts(
    database: Database, scope_id: int, entity_type: EntityType, wanted: Iterable[str]
) -> dict[str, list[list[Variant]]]:
    """Return, for each folded name word, the variants of every token that is filed under it."""
    asked = list(dict.fromkeys(wanted))
    found: dict[str, dict[Core, list[Variant]]] = {}
    for place, *row in database.rows(_BY_PARTS, (scope_id, str(entity_type), sql_list(asked))):
        one = variant(tuple(row))
        found.setdefault(asked[place], {}).setdefault(_core(one), []).append(one)
    return {part: list(tokens.values()) for part, tokens in found.items()}


def issued_among(database: Database, wanted: Sequence[Core]) -> set[Core]:
    """Return those of the wanted tokens that any scope of the vault ever issued."""
    rows = database.rows(_ISSUED, (sql_list(wanted),))
    return {(_TYPES[type_name], number, check) for type_name, number, check in rows}


def with_checks(database: Database, scope_id: int, checks: Iterable[str]) -> list[Core]:
    """Return every token of a scope that has one of these check letters."""
    rows = database.rows(_WITH_CHECKS, (scope_id, sql_list(dict.fromkeys(checks))))
    return [(_TYPES[type_name], number, check) for type_name, number, check in rows]


def highest_numbers(
    database: Database, scope_id: int, types: Iterable[EntityType]
) -> dict[EntityType, int]:
    """Return the highest number ever issued in a scope for each of these types; 0 for none."""
    rows = database.rows(_HIGHEST, (scope_id, sql_list(map(str, types))))
    return {_TYPES[type_name]: number or 0 for type_name, number in rows}


def _core(one: Variant) -> Core:
    return one.entity_type, one.number, one.check
