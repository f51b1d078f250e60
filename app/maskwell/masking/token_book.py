"""What tokens stand for: read from the vault as they come up, and masked where they must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault

__all__ = ["MASK", "TokenBook"]

_CODE = re.compile(r"([A-Z]+)_([0-9]+)([A-Z]{2})(?::([a-z0-9]+))?\Z")
_LOAD_ALL_AFTER = 48
MASK = "••••"
"""Stands behind the token of a guarded value on a screen; of one length whatever it hides."""


class TokenBook:
    """What the tokens of one scope stand for, read from the vault as they come up."""

    def __init__(
        self, vault: Vault, scope: Scope, guarded: frozenset[EntityType] = frozenset()
    ) -> None:
        self._entities = vault.entities
        self._scope = scope
        self._guarded = guarded
        self._lookups = 0
        self.surfaces: dict[str, str] = {}
        """Code to surface, of the tokens looked up so far."""

    def surface(self, code: str) -> str | None:
        """Return the surface a code stands for in this scope, or None."""
        found = self.surfaces.get(code)
        if found is None and (parts := _CODE.match(code)) is not None:
            self._load(parts)
            found = self.surfaces.get(code)
        return found if found is None else self.masked(code) or found

    def masked(self, code: str) -> str:
        """Return what hides the value of this code here; "" when it may be shown."""
        return f"[{code} {MASK}]" if self.is_guarded(code) else ""

    def is_guarded(self, code: str) -> bool:
        """Whether the value of this code is masked here, so that its token stays readable."""
        return bool(self._guarded) and code.partition("_")[0] in self._guarded

    def why_not(self, code: str) -> str:
        """Return "foreign", "erased" or "unknown" for a code that has no surface here."""
        parts = _CODE.match(code)
        if parts is None:
            return "unknown"
        status = self._entities.status_of(
            self._scope, EntityType(parts[1]), int(parts[2]), parts[3]
        )
        return {"elsewhere": "foreign", "erased": "erased"}.get(status, "unknown")

    def _load(self, parts: re.Match[str]) -> None:
        self._lookups += 1
        if self._lookups == _LOAD_ALL_AFTER:
            variants = self._entities.surfaces(self._scope)
        else:
            variants = self._entities.by_code(
                self._scope, EntityType(parts[1]), int(parts[2]), parts[3]
            )
        for one in variants:
            label = one.label and f":{one.label}"
            self.surfaces[f"{one.entity_type}_{one.number}{one.check}{label}"] = one.surface
