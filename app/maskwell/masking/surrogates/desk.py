"""Choosing a stand-in for each value and keeping it beside the value's token.

A surface keeps its stand-in for ever. A new one is refused, and drawn again with the next
counter, while it is a real value of the scope, stands in the text at hand, is taken, or would
read as a token. Where a later text brings a real value that an old stand-in happens to equal,
the old one is not used any more and its surface leaves as its token.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.masking.calendar import read_date
from maskwell.masking.scanning import scan
from maskwell.masking.surrogates.drawing import Draw
from maskwell.masking.surrogates.figures import FIGURES
from maskwell.masking.surrogates.wording import WORD, WORDED, composed
from maskwell.masking.surrogates.words import WordBook, words_of
from maskwell.vault import StandIn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maskwell.masking.linking import Surface
    from maskwell.masking.tokens import Token
    from maskwell.vault import Scope, Vault

__all__ = ["stand_ins_for"]

_TRIES = 40
_LEAST_WEEKS, _MOST_WEEKS = 53, 313
_BY_WORDS = WORDED | {EntityType.EMAIL, EntityType.USERNAME, EntityType.URL}
_ORDER = {EntityType.PERSON: 0, EntityType.ORG: 1}


def stand_ins_for(
    vault: Vault, scope: Scope, text: str, wanted: Mapping[Surface, Token]
) -> dict[Surface, str]:
    """Return a stand-in for every wanted surface that can have one, choosing those missing.

    Args:
        vault: where they are kept.
        scope: within which they stand.
        text: the text they will stand in; no part of it becomes a stand-in.
        wanted: the surfaces with the tokens that stand for them.

    The vault is written to only where a surface is new; the caller holds the transaction.
    """
    if not wanted:
        return {}
    chosen = vault.stand_ins.all(scope)
    known = {one.code: one.form for one in chosen}
    missing = [surface for surface, token in wanted.items() if token.code not in known]
    desk = _Desk(vault, scope, text, chosen)
    new: list[StandIn] = []
    for entity_type, surface in sorted(missing, key=_settling_order):
        form = desk.choose(entity_type, surface)
        if form is not None:
            token = wanted[entity_type, surface]
            known[token.code] = form
            core = entity_type, token.number, token.check
            new.append(StandIn(*core, token.label, surface, form))
    vault.stand_ins.add_many(scope, new)
    return {
        surface: form
        for surface, token in wanted.items()
        if (form := known.get(token.code)) is not None and desk.is_nobodys(form)
    }


def _settling_order(surface: Surface) -> tuple[int, int]:
    """People first, then companies, longer names before shorter: the rest follows them."""
    return _ORDER.get(surface[0], 2), -len(surface[1].split())


class _Desk:
    """Draws the stand-ins of one text in one scope."""

    def __init__(self, vault: Vault, scope: Scope, text: str, chosen: Sequence[StandIn]) -> None:
        self._scope = scope
        self._key = scope.token_key
        surfaces = vault.entities.surfaces(scope)
        self._text = text.casefold()
        self._values = {one.surface.casefold() for one in surfaces}
        self._book = WordBook(self._key)
        self._used: dict[str, str] = {}
        for one in chosen:
            self._used[one.form.casefold()] = one.surface.casefold()
            self._book.learn(one.entity_type, one.surface, one.form)
        self._book.avoided = words_of([text, *(one.surface for one in surfaces)])

    def is_nobodys(self, form: str) -> bool:
        """Whether no real value of the scope or of the text equals it or shares its words."""
        return form.casefold() not in self._values and not self._book.collides(form)

    def choose(self, entity_type: EntityType, surface: str) -> str | None:
        """Return a new stand-in for a surface, or None where there is none."""
        for attempt in range(_TRIES):
            form = self._made(entity_type, surface, attempt)
            if form is None or not _is_telling(form):
                return None
            if self._is_free(form, surface):
                self._used[form.casefold()] = surface.casefold()
                self._book.learn(entity_type, surface, form)
                return form
            if entity_type is EntityType.DATE:
                return None
        return None

    def _made(self, entity_type: EntityType, surface: str, attempt: int) -> str | None:
        if entity_type is EntityType.DATE:
            return self._shifted(surface)
        draw = Draw(self._key, str(entity_type), surface, attempt)
        if entity_type in FIGURES:
            return FIGURES[entity_type](surface, draw, attempt)
        if entity_type not in _BY_WORDS:
            return None
        self._book.attempt = attempt
        return composed(entity_type, surface, self._book)

    def _shifted(self, surface: str) -> str | None:
        """Return the date moved by the scope's own number of weeks, so weekdays stay true."""
        found = read_date(surface)
        if found is None or found.year is None or found.month is None:
            return None
        span = _MOST_WEEKS - _LEAST_WEEKS
        weeks = _LEAST_WEEKS + Draw(self._key, "weeks", "").below(span)
        return found.moved_to(found.day_of_calendar - timedelta(weeks=weeks))

    def _is_free(self, form: str, surface: str) -> bool:
        folded = form.casefold()
        return (
            folded != surface.casefold()
            and self._used.get(folded, surface.casefold()) == surface.casefold()
            and folded not in self._values
            and folded not in self._text
            and not scan(form)
        )


def _is_telling(form: str) -> bool:
    """Whether meeting it in a reply can only mean that it was sent."""
    digits = sum(one.isdigit() for one in form)
    letters = max((len(word) for word in WORD.findall(form)), default=0)
    return digits >= 5 or letters >= 4 or (letters >= 3 and digits >= 4) or not form.isascii()
