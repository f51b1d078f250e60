"""What a scope already knows, looked for in a text: before review, and again before sending.

Detection may miss on Tuesday what the user marked on Monday; the vault does not.
"""

from __future__ import annotations

from bisect import bisect_left
from threading import Lock
from typing import TYPE_CHECKING

from maskwell.detection import Finding, Lexicon, Term
from maskwell.entity_types import EntityType
from maskwell.errors import BlockedByPolicy
from maskwell.masking import KnownValues
from maskwell.policy import Action
from maskwell.shield.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.destinations import Outgoing
    from maskwell.vault import Kept, Scope, Variant, Vault

__all__ = [
    "check_egress",
    "check_request",
    "is_telling",
    "known_findings",
    "lexicon_of",
    "telling_values",
]

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
_APART = 64
"""So many values are searched beside the rest before they are joined to it."""
_SHAPED_CHARS = 6
_YEAR_CHARS = 4
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
    index: ScopeIndex, text: str, found: Sequence[Finding], ignored: frozenset[str]
) -> Iterator[Finding]:
    """Yield values the scope knows that stand in `text` where nothing was found."""
    taken = sorted((one.start, one.end) for one in found)
    for start, end, variant in index.find(text):
        if _is_free(start, end, taken) and variant.surface.casefold() not in ignored:
            yield Finding(
                entity_type=variant.entity_type,
                start=start,
                end=end,
                score=1.0,
                recognizer="vault",
                reason="the vault knows this value in this scope",
            )


def check_egress(index: ScopeIndex, kept: Kept, text: str) -> None:
    """Refuse a text that holds a known value its plan did not let through.

    Args:
        index: what the scope knows.
        kept: what is kept of the text; its `keep` actions say what may stand as it is.
        text: the characters about to leave.

    Raises:
        BlockedByPolicy: with the kind of value and its number, never the value.
    """
    allowed = {kept.text[one.start : one.end] for one in kept.applied if one.action == Action.KEEP}
    for _, _, variant in index.find(text):
        code = f"{variant.entity_type.value}_{variant.number}{variant.check}"
        if not any(code in token for token in allowed):
            raise BlockedByPolicy(
                f"Nothing was sent: {code}, which the vault knows, still stands in the text; "
                "mark it in the review, or choose to keep it."
            )


def check_request(vault: Vault, scope: Scope, outgoing: Outgoing, passed: Sequence[str]) -> None:
    """Refuse a request that holds a known number, address or secret, in any disguise.

    Args:
        vault: the open vault.
        scope: the scope whose values are looked for.
        outgoing: all that is about to leave: body, headers and address.
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
    for leak in scanner.scan_request(outgoing.body, outgoing.headers, url=outgoing.url):
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


class ScopeIndex:
    """A search for all a scope knows, kept from one text to the next.

    What was learnt since is searched beside the rest until it is worth joining, so a long run
    of texts costs what is new and not what is known. Every hit is looked up in the vault, which
    alone says what is known now.
    """

    def __init__(self, vault: Vault, scope: Scope, reader: Reader | None = None) -> None:
        self._vault = vault
        self._scope = scope
        self._reader = reader or Reader()
        self._lock = Lock()
        self._start_over()

    @property
    def size(self) -> int:
        """How many telling values the scope knows, about."""
        with self._lock:
            self._catch_up()
            return len(self._all)

    def find(self, text: str) -> list[tuple[int, int, Variant]]:
        """Return (start, end, variant) of the telling values in a text: characters, in order."""
        with self._lock:
            self._catch_up()
            searches, telling = (self._joined, self._recent), list(self._all)
        hits = self._reader.find_known(telling, text) if telling else []
        if hits is None:
            hits = [hit for search in searches if search for hit in search.find(text)]
        surfaces = ((variant.entity_type, variant.surface) for _, _, variant in hits)
        known = self._vault.entities.find_many(self._scope, surfaces) if hits else {}
        found: list[tuple[int, int, Variant]] = []
        place = 0
        for start, end, variant in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if start >= place and (variant.entity_type, variant.surface) in known:
                place = end
                found.append((start, end, variant))
        return found

    def _start_over(self) -> None:
        self._generation = self._vault.entities.generation
        self._newest = 0
        self._all: list[Variant] = []
        self._apart = 0
        self._joined: KnownValues | None = None
        self._recent: KnownValues | None = None

    def _catch_up(self) -> None:
        entities = self._vault.entities
        if entities.generation != self._generation:
            self._start_over()
        newest = entities.newest()
        if newest <= self._newest:
            return
        learnt = self._vault.entities.surfaces(self._scope, after=self._newest)
        self._newest = newest
        telling = [one for one in learnt if _is_telling(one)]
        if not telling:
            return
        self._all += telling
        self._apart += len(telling)
        if self._apart > max(_APART, len(self._all) // 8):
            self._joined, self._recent, self._apart = KnownValues(self._all), None, 0
        else:
            self._recent = KnownValues(self._all[-self._apart :])


def _is_shaped(variant: Variant) -> bool:
    """Whether the value tells by its form alone, so that meeting it anywhere is no chance."""
    return variant.entity_type in _SHAPED and len(variant.surface.strip()) >= _SHAPED_CHARS


def _is_telling(variant: Variant) -> bool:
    return is_telling(variant.entity_type, variant.surface)


def is_telling(entity_type: EntityType, surface: str) -> bool:
    """Whether meeting the surface again means the same thing is meant.

    A single name is a word too ("Will", "May"), and a year is a number: detection decides about
    those in context.
    """
    surface = surface.strip()
    if len(surface) < _TOO_SHORT_CHARS or entity_type is EntityType.LITERAL:
        return False
    if entity_type in {EntityType.DATE, EntityType.AGE, EntityType.GROUP}:
        is_year = surface.isdigit() and len(surface) <= _YEAR_CHARS
        return any(c.isdigit() for c in surface) and len(surface) > _TOO_SHORT_CHARS and not is_year
    is_one_word = surface.isalpha() and " " not in surface
    return not (entity_type is EntityType.PERSON and is_one_word)


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(taken, (end, 0))
    return at == 0 or taken[at - 1][1] <= start
