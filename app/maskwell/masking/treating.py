"""What leaves for a value whose own token does not: a mask, nothing, less, a hash, a stand-in.

Invariant: a rendering never reads as a token, so nothing that is not coming back is mistaken
for something that is. Where an action cannot be done the nearest safer one is, and the answer
says which: what cannot be generalised is masked, what has no stand-in leaves as its token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maskwell.masking.composing import Kind
from maskwell.masking.generalising import generalise
from maskwell.masking.hashing import hashed
from maskwell.masking.scanning import scan
from maskwell.policy import Action

if TYPE_CHECKING:
    from maskwell.detection import Finding
    from maskwell.masking.tokens import Token
    from maskwell.vault import Scope, Vault

__all__ = ["IRREVERSIBLE", "KINDS", "Treatment", "treat"]

MASK: Final = "****"
IRREVERSIBLE: Final = frozenset({Action.MASK, Action.GENERALISE, Action.HASH, Action.DROP})
"""What was treated so does not come back in a reply."""
KINDS: Final = {
    Action.KEEP: Kind.KEPT,
    Action.TOKEN: Kind.TOKEN,
    Action.SURROGATE: Kind.SURROGATE,
    **dict.fromkeys(IRREVERSIBLE, Kind.RENDERED),
}


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is really done with one finding, and what leaves for it."""

    action: Action
    rendering: str = ""
    """"" where the value itself or its token leaves."""


def treat(
    vault: Vault, scope: Scope, decided: tuple[Finding, Action, str], surface: str, token: Token
) -> Treatment:
    """Return the treatment of one finding that does not leave as a stand-in.

    Args:
        vault: where the entity's first surface is.
        scope: whose key hashes.
        decided: what was found, what was decided, and how far to generalise or "".
        surface: the value.
        token: the token that stands for it in what is stored.
    """
    finding, action, to = decided
    if action is Action.MASK:
        return Treatment(action, MASK)
    if action is Action.HASH:
        first = vault.entities.by_code(scope, token.entity_type, token.number, token.check)
        return Treatment(action, hashed(scope, token.entity_type, first[0].surface))
    if action is not Action.GENERALISE:
        return Treatment(action)
    said = generalise(finding.entity_type, surface, finding.subtype, to)
    if said == surface:
        return Treatment(Action.KEEP)
    if said is None or scan(said):
        return Treatment(Action.MASK, MASK)
    return Treatment(action, said)
