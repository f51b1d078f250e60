"""Settings that live in files beside the vault, watched so that no change goes unrecorded.

Destinations and policies are changed by commands, by the terminal app and with an editor. None
of them has to tell the vault: it compares what it is shown with what it was shown last.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from maskwell.vault.acts import Act

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database

__all__ = ["notice_destinations", "notice_policies"]


_DESTINATION = {
    "added": Act.DESTINATION_ADD,
    "changed": Act.DESTINATION_CHANGE,
    "removed": Act.DESTINATION_REMOVE,
}


def notice_destinations(database: Database, audit: AuditTrail, found: Mapping[str, str]) -> None:
    """Record which destinations are new, gone or different; `found` is name → description."""
    if not _is_news(database, "destinations", found):
        return
    with database.together():
        for name, change in _changes(database, "destinations", found).items():
            audit.record(_DESTINATION[change], name, _said("is", found.get(name)))


def notice_policies(database: Database, audit: AuditTrail, found: Mapping[str, str]) -> None:
    """Record which policy files are new, gone or different; `found` is name → SHA-256."""
    if not _is_news(database, "policies", found):
        return
    with database.together():
        for name, change in _changes(database, "policies", found).items():
            detail = {"change": change} | _said("sha256", found.get(name))
            audit.record(Act.POLICY_CHANGE, name, detail)


def _changes(database: Database, kind: str, found: Mapping[str, str]) -> dict[str, str]:
    """Return what became of each name since the last time, and remember what is there now."""
    seen = _seen(database, kind)
    changes = {
        name: "added" if name not in seen else "changed" if name in found else "removed"
        for name in sorted({*seen, *found})
        if seen.get(name) != found.get(name)
    }
    database.write(
        "INSERT INTO facts (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (f"seen_{kind}", json.dumps(dict(found), sort_keys=True)),
    )
    return changes


def _is_news(database: Database, kind: str, found: Mapping[str, str]) -> bool:
    """Say whether anything differs; mostly nothing does, and then nothing is written."""
    return _seen(database, kind) != dict(found)


def _seen(database: Database, kind: str) -> dict[str, str]:
    row = database.row("SELECT value FROM facts WHERE name = ?", (f"seen_{kind}",))
    return dict(json.loads(row[0])) if row else {}


def _said(key: str, value: str | None) -> dict[str, str]:
    return {} if value is None else {key: value}
