"""The stand-ins of a scope, prepared once and used while the vault says they are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from maskwell.masking.surrogates.matching import StandIns
    from maskwell.vault import Scope, Vault

__all__ = ["stand_ins_of"]

_MOST_SCOPES = 8
_prepared: WeakKeyDictionary[Vault, dict[int, tuple[tuple[int, int], StandIns]]] = (
    WeakKeyDictionary()
)


def stand_ins_of(vault: Vault, scope: Scope) -> StandIns | None:
    """Return the search for a scope's stand-ins, or None where it has none."""
    state = vault.stand_ins.state(scope)
    if not state[0]:
        return None
    scopes = _prepared.setdefault(vault, {})
    known = scopes.get(scope.id)
    if known is not None and known[0] == state:
        return known[1]
    from maskwell.masking.surrogates.matching import StandIns  # noqa: PLC0415  # only where there are some

    made = StandIns(vault.stand_ins.all(scope))
    while len(scopes) >= _MOST_SCOPES:
        scopes.pop(next(iter(scopes)), None)
    scopes[scope.id] = (state, made)
    return made
