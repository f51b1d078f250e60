"""Finding values the vault already knows in any text, fast.

For the rescan of what is about to leave, and for replies of models that saw real values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from maskwell.entity_types import EntityType
from maskwell.masking.composing import Kind, Segment, lay_out
from maskwell.masking.linking import tokens_for
from maskwell.masking.protecting import literals_named
from maskwell.masking.scanning import scan
from maskwell.masking.searching import comparable
from maskwell.masking.surrogates.cache import stand_ins_of
from maskwell.masking.token_book import TokenBook
from maskwell.policy import Action
from maskwell.vault import Applied, Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maskwell.masking.scanning import Proposal
    from maskwell.masking.surrogates.matching import Hit
    from maskwell.vault import Scope, Variant, Vault

__all__ = ["KnownValues", "retokenise"]

_SHORTEST = 3


class KnownValues:
    """A search for many values at once: whole words, whatever their case."""

    def __init__(self, variants: Iterable[Variant], *, shortest: int = _SHORTEST) -> None:
        """Prepare the search.

        Args:
            variants: the values; literals are left out, they are nobody's.
            shortest: values of fewer characters are left out: they would be found everywhere.
        """
        by_form: dict[str, Variant] = {}
        for variant in variants:
            is_literal = variant.entity_type is EntityType.LITERAL
            if not is_literal and len(variant.surface) >= shortest:
                by_form.setdefault(comparable(variant.surface), variant)
        self._variants = list(by_form.values())
        self._search = AhoCorasick(list(by_form)) if by_form else None

    def find(self, text: str) -> list[tuple[int, int, Variant]]:
        """Return (start, end, variant) of the values in a text: characters, no overlaps.

        Of values that overlap the one that starts first is returned, of those the longest.
        """
        if self._search is None:
            return []
        form = comparable(text)
        hits = [
            (start, -end, index)
            for index, start, end in self._search.find_matches_as_indexes(form, overlapping=True)
            if _is_bounded(form, start, end)
        ]
        found: list[tuple[int, int, Variant]] = []
        place = 0
        for start, minus_end, index in sorted(hits):
            if start >= place:
                place = -minus_end
                found.append((start, place, self._variants[index]))
        return found


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Say whether a match is not the inside of a longer word."""
    if start and _in_word(text[start]) and _in_word(text[start - 1]):
        return False
    return end == len(text) or not (_in_word(text[end - 1]) and _in_word(text[end]))


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def retokenise(vault: Vault, scope: Scope, text: str) -> Kept:
    """Return a text, such as a reply in which a model used real values, as it may be stored.

    Known values become tokens that `render` turns back into themselves, and so do stand-ins:
    their token is stored, with the stand-in as what stood there. Tokens of the scope stay as
    they are; what only looks like one is stored as a literal, so that no token issued later can
    change what this text says.
    """
    hits = _stand_ins_in(vault, scope, text)
    known = KnownValues(vault.entities.surfaces(scope)).find(text)
    free = [one for one in known if not any(one[0] < h.end and h.start < one[1] for h in hits)]
    wanted = [
        *((start, end, (variant.entity_type, text[start:end])) for start, end, variant in free),
        *((hit.start, hit.end, (hit.entity_type, hit.value)) for hit in hits),
    ]
    tokens = tokens_for(vault, scope, [surface for _, _, surface in wanted])
    spoken = {hit.start: hit.written for hit in hits}
    findings = [
        Segment(Kind.TOKEN, start, end, tokens[surface].text, spoken.get(start, ""))
        for start, end, surface in sorted(wanted)
    ]
    book = TokenBook(vault, scope)
    segments = lay_out(text, findings, is_welcome=lambda one: _is_ours(book, one))
    return _kept_as_it_came(text, literals_named(vault, scope, text, segments))


def _stand_ins_in(vault: Vault, scope: Scope, text: str) -> list[Hit]:
    """Return the stand-ins in a text that restoring would put back."""
    stand_ins = stand_ins_of(vault, scope)
    if stand_ins is None:
        return []
    from maskwell.masking.surrogates.matching import Hit, StandInScanner  # noqa: PLC0415  # only where there are some

    read = StandInScanner(stand_ins).close(text, scan(text))[1]
    hits = [one for one in read if isinstance(one, Hit)]
    return [one for one in hits if not one.is_stranger and not one.is_linked]


def _is_ours(book: TokenBook, proposal: Proposal) -> bool:
    is_restorable = not proposal.refused_until and proposal.opening is None
    return is_restorable and book.surface(proposal.code) is not None


def _kept_as_it_came(text: str, segments: Sequence[Segment]) -> Kept:
    pieces: list[str] = []
    applied: list[Applied] = []
    place = 0
    for segment in segments:
        piece = segment.stored(text)
        if segment.kind is not Kind.PLAIN:
            action = Action.SURROGATE if segment.rendering else Action.KEEP
            rendering = segment.rendering or None
            applied.append(Applied(place, place + len(piece), str(action), rendering))
        pieces.append(piece)
        place += len(piece)
    return Kept("".join(pieces), tuple(applied))
