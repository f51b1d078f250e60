"""What a scope already knows, looked for in a text: before review, and again before sending.

Detection may miss on Tuesday what the user marked on Monday; the vault does not.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from maskwell.detection import Finding, Lexicon, Term
from maskwell.entity_types import EntityType
from maskwell.errors import BlockedByPolicy
from maskwell.masking import KnownValues
from maskwell.policy import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.vault import Kept, Scope, Variant, Vault

__all__ = ["check_egress", "check_request", "known_findings", "lexicon_of", "telling_values"]

_SHAPED = frozenset(
    {
        EntityType.BANK,
        EntityType.CARD,
        EntityType.CRYPTO,
        EntityType.EMAIL,
        EntityType.IBAN,
        EntityType.ID,
        EntityType.MAC,
        EntityType.PHONE,
        EntityType.SECRET,
        EntityType.VEHICLE,
    }
)
_SHAPED_CHARS = 6
_TOO_SHORT_CHARS = 3
"""A known value shorter than this says nothing by itself ("Al", "7")."""


def lexicon_of(vault: Vault) -> Lexicon:
    """Return the user's own terms and ignored values as detection takes them."""
    terms = vault.lexicon.terms()
    return Lexicon(
        terms=tuple(Term(text, kind, is_pattern=is_pattern) for text, kind, is_pattern in terms),
        ignored=frozenset(vault.lexicon.ignored()),
    )


def known_findings(
    vault: Vault, scope: Scope, text: str, found: Sequence[Finding], ignored: frozenset[str]
) -> Iterator[Finding]:
    """Yield values the scope knows that stand in `text` where nothing was found."""
    taken = sorted((one.start, one.end) for one in found)
    for start, end, variant in _telling(vault, scope, text):
        if _is_free(start, end, taken) and variant.surface.casefold() not in ignored:
            yield Finding(
                entity_type=variant.entity_type,
                start=start,
                end=end,
                score=1.0,
                recognizer="vault",
                reason="the vault knows this value in this scope",
            )


def check_egress(vault: Vault, scope: Scope, kept: Kept, text: str) -> None:
    """Refuse a text that holds a known value its plan did not let through.

    Args:
        vault: the open vault.
        scope: the scope whose values are looked for.
        kept: what is kept of the text; its `keep` actions say what may stand as it is.
        text: the characters about to leave.

    Raises:
        BlockedByPolicy: with the kind of value and its number, never the value.
    """
    allowed = {kept.text[one.start : one.end] for one in kept.applied if one.action == Action.KEEP}
    for _, _, variant in _telling(vault, scope, text):
        code = f"{variant.entity_type.value}_{variant.number}{variant.check}"
        if not any(code in token for token in allowed):
            raise BlockedByPolicy(
                f"Nothing was sent: {code}, which the vault knows, still stands in the text; "
                "mark it in the review, or choose to keep it."
            )


def check_request(vault: Vault, scope: Scope, body: bytes, passed: Sequence[str]) -> None:
    """Refuse a request that holds a known number, address or secret, in any disguise.

    Args:
        vault: the open vault.
        scope: the scope whose values are looked for.
        body: the exact bytes about to leave.
        passed: texts that may hold what they hold: earlier turns, and values the user keeps.

    Raises:
        BlockedByPolicy: with the kind of value, its number and where it stands.
    """
    known = [one for one in vault.entities.surfaces(scope) if _is_shaped(one)]
    if not known:
        return
    from maskwell.guard import KnownValueScanner  # noqa: PLC0415  # only when there is a request

    scanner = KnownValueScanner(one.surface for one in known)
    allowed = {leak.known_index for text in passed for leak in scanner.scan_text(text)}
    for leak in scanner.scan_request(body):
        if leak.known_index not in allowed:
            one = known[leak.known_index]
            raise BlockedByPolicy(
                f"Nothing was sent: {one.entity_type.value}_{one.number}{one.check}, which the "
                f"vault knows, stands in the request ({leak.place}, {leak.form}); mark it in the "
                "review, or choose to keep it."
            )


def telling_values(vault: Vault, scope: Scope) -> list[str]:
    """Return the surfaces of a scope that mean the same thing wherever they stand."""
    return [one.surface for one in vault.entities.surfaces(scope) if _is_telling(one)]


def _telling(vault: Vault, scope: Scope, text: str) -> Iterator[tuple[int, int, Variant]]:
    known = [v for v in vault.entities.surfaces(scope) if _is_telling(v)]
    if known:
        yield from KnownValues(known).find(text)


def _is_shaped(variant: Variant) -> bool:
    """Whether the value tells by its form alone, so that meeting it anywhere is no chance."""
    return variant.entity_type in _SHAPED and len(variant.surface.strip()) >= _SHAPED_CHARS


def _is_telling(variant: Variant) -> bool:
    """Whether meeting the surface again means the same thing is meant.

    A single name is a word too ("Will", "May"): detection decides about those in context.
    """
    surface = variant.surface.strip()
    if len(surface) < _TOO_SHORT_CHARS or variant.entity_type is EntityType.LITERAL:
        return False
    if variant.entity_type in {EntityType.DATE, EntityType.AGE, EntityType.GROUP}:
        return any(c.isdigit() for c in surface) and len(surface) > _TOO_SHORT_CHARS
    is_one_word = surface.isalpha() and " " not in surface
    return not (variant.entity_type is EntityType.PERSON and is_one_word)


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(taken, (end, 0))
    return at == 0 or taken[at - 1][1] <= start
