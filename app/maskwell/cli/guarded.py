"""Entities as rows for a list: guarded values stay out of it unless they are revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.cli.revealing import Showing
    from maskwell.shield import Shield
    from maskwell.vault import EntitySummary

__all__ = ["HIDDEN", "summaries"]

HIDDEN = "••••"


def summaries(
    shield: Shield, entities: Sequence[EntitySummary], shown: Showing
) -> list[dict[str, Any]]:
    """Return one row for each entity; a reveal is recorded for each before it is in a row."""
    guarded = shield.vault.guard.types()
    return [_row(shield, one, shown, is_guarded=one.entity_type in guarded) for one in entities]


def _row(shield: Shield, one: EntitySummary, shown: Showing, *, is_guarded: bool) -> dict[str, Any]:
    if is_guarded and shown.purpose is not None:
        shield.vault.guard.reveal(one.entity_id, purpose=shown.purpose)
    is_hidden = is_guarded and shown.purpose is None
    others = [surface for surface in one.variants if surface != one.surface]
    return {
        "id": one.entity_id,
        "type": one.entity_type.value,
        "value": HIDDEN if is_hidden else one.surface,
        "variants": [HIDDEN] * len(others) if is_hidden else others,
        "scopes": list(one.scopes),
        "created_at": one.created_at,
        "guarded": is_guarded,
    }
