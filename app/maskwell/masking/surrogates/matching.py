"""Finding stand-ins in a text that may still be coming in, and telling whose they are.

One Aho-Corasick pass proposes every form; what stands around decides. A whole stand-in is ours.
A single word of one is ours beside another word of the same value, or with no name beside it;
beside somebody else's name ("Elena Ferrante") it is a stranger's, and from then on its being
alone says nothing any more. In doubt the word stays as it is and is named on the receipt.

Invariant: nothing is decided before all that could change it is there, so the hits do not
depend on how the text was cut.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick

from maskwell.masking.contexts import LinkWalk
from maskwell.masking.searching import comparable
from maskwell.masking.surrogates.forms import forms_of
from maskwell.masking.surrogates.neighbours import MAY_START, Neighbours, is_bounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.entity_types import EntityType
    from maskwell.masking.scanning import Proposal
    from maskwell.masking.surrogates.forms import Form
    from maskwell.vault.stand_ins import StandIn

__all__ = ["Hit", "StandInScanner", "StandIns"]

_LOOKBEHIND = 40


class Hit(NamedTuple):
    """A stretch of a text that is written like one of our stand-ins."""

    start: int
    end: int
    """Characters of the decided text it came with, end exclusive."""
    value: str
    """What it is put back as."""
    entity_type: EntityType
    code: str
    """The token of the value, without brackets."""
    written: str
    """The stretch itself."""
    altered: bool = False
    """It is not written the way it was sent."""
    is_stranger: bool = False
    """Somebody else's name stands beside it, or did before: it stays."""
    is_linked: bool = False
    """It stands inside a link or URL: it stays."""


class StandIns:
    """All stand-ins of one scope, prepared for searching."""

    def __init__(self, rows: Sequence[StandIn]) -> None:
        self.forms = forms_of(rows)
        self._keys = list(self.forms)
        self._search = AhoCorasick(self._keys)
        self._sorted = sorted(self._keys)
        self.longest = max(map(len, self._keys), default=0)
        self._owners: dict[str, set[str]] = {}
        for low, forms in self.forms.items():
            for form in forms:
                if form.is_word:
                    self._owners.setdefault(low, set()).add(form.code.partition(":")[0])

    def matches(self, low: str) -> list[tuple[int, int, str]]:
        """Return (start, minus end, key) of every form in a comparable text, in order."""
        found = self._search.find_matches_as_indexes(low, overlapping=True)
        return sorted((start, -end, self._keys[index]) for index, start, end in found)

    def may_begin(self, low: str) -> bool:
        """Whether a form begins with these characters and is longer."""
        at = bisect_left(self._sorted, low)
        if at < len(self._sorted) and self._sorted[at] == low:
            at += 1
        return at < len(self._sorted) and self._sorted[at].startswith(low)

    def owners(self, word: str) -> set[str]:
        """Return the values of whose stand-ins a word, in lower case, is a part."""
        return self._owners.get(word, set())


class StandInScanner:
    """The second pair of eyes behind the token scanner: takes its decided text and adds hits."""

    def __init__(self, stand_ins: StandIns) -> None:
        self._stand_ins = stand_ins
        self._neighbours = Neighbours(stand_ins.owners)
        self._buffer = ""
        self._position = 0
        self._proposals: list[Proposal] = []
        self._walk = LinkWalk()

    @property
    def held_back(self) -> int:
        """How many characters are not decided yet."""
        return len(self._buffer) - self._position

    def feed(self, text: str, proposals: Sequence[Proposal]) -> tuple[str, list[Proposal | Hit]]:
        """Take decided text with its tokens; return what is decided now, and all in it."""
        return self._step(text, proposals, is_last=False)

    def close(
        self, text: str = "", proposals: Sequence[Proposal] = ()
    ) -> tuple[str, list[Proposal | Hit]]:
        """Take the last decided text and return all that was held back."""
        return self._step(text, proposals, is_last=True)

    def _step(
        self, text: str, proposals: Sequence[Proposal], *, is_last: bool
    ) -> tuple[str, list[Proposal | Hit]]:
        offset = len(self._buffer)
        self._buffer += text
        self._proposals += [_moved(one, offset) for one in proposals]
        low = comparable(self._buffer)
        hold = len(low) if is_last else self._alive_from(low)
        hits, hold = self._hits(low, hold, is_last=is_last)
        return self._decided(hits, hold)

    def _alive_from(self, low: str) -> int:
        """Return the first place from which a form may still be coming in."""
        begin = max(self._position, len(low) - self._stand_ins.longest)
        tokens = self._proposals
        for match in MAY_START.finditer(low, begin):
            place = match.start()
            if self._stand_ins.may_begin(low[place:]) and not any(
                one.start <= place < one.end for one in tokens
            ):
                return place
        return len(low)

    def _hits(self, low: str, hold: int, *, is_last: bool) -> tuple[list[Hit], int]:
        """Return the hits that are certain, and the place up to which all is."""
        hits: list[Hit] = []
        place = self._position
        tokens = [(one.start, one.end) for one in self._proposals]
        for start, minus_end, key in self._stand_ins.matches(low):
            end = -minus_end
            if start < place or any(start < b and a < end for a, b in tokens):
                continue
            if start >= hold:
                break
            if end == len(low) and not is_last:
                return hits, start
            if not is_bounded(self._buffer, start, end):
                continue
            verdict = self._judged(start, end, key, is_last=is_last)
            if verdict is None:
                continue
            if isinstance(verdict, int):
                return hits, start
            hits.append(verdict)
            place = end
            self._neighbours.came(key, end, is_ours=not verdict.is_stranger)
        return hits, max(hold, place)

    def _judged(self, start: int, end: int, key: str, *, is_last: bool) -> Hit | int | None:
        """Return the hit, None where it is none, or 0 where more text must come first."""
        written = self._buffer[start:end]
        found = _meant(written, self._stand_ins.forms[key])
        if found is None:
            return None
        form, value = found
        is_stranger = False
        if form.form.endswith("."):
            ends = self._neighbours.ends_name(self._buffer, end, is_last=is_last)
            if not ends:
                return None if ends is False else 0
        if form.is_word:
            verdict = self._neighbours.judge(self._buffer, start, end, is_last=is_last)
            if verdict is None:
                return 0
            is_stranger = verdict
        return Hit(
            start,
            end,
            value,
            form.entity_type,
            form.code,
            written,
            altered=written != form.form or form.is_word,
            is_stranger=is_stranger,
        )

    def _decided(self, hits: list[Hit], hold: int) -> tuple[str, list[Proposal | Hit]]:
        begin, buffer, walk = self._position, self._buffer, self._walk
        merged: list[Proposal | Hit] = []
        for hit in hits:
            is_linked = walk.opening_at(buffer, hit.start, hold) is not None
            merged.append(
                hit._replace(start=hit.start - begin, end=hit.end - begin, is_linked=is_linked)
            )
        walk.advance(buffer, hold)
        ready = [one for one in self._proposals if one.start < hold]
        merged += [_moved(one, -begin) for one in ready]
        dropped = max(0, hold - _LOOKBEHIND)
        self._proposals = [_moved(one, -dropped) for one in self._proposals[len(ready) :]]
        self._buffer = buffer[dropped:]
        self._position = hold - dropped
        walk.rebase(dropped)
        self._neighbours.rebase(dropped)
        return buffer[begin:hold], sorted(merged, key=lambda one: one.start)


def _meant(written: str, forms: Sequence[Form]) -> tuple[Form, str] | None:
    """Return the form that is written, and its value in the case it is written in."""
    for form in forms:
        if form.form == written:
            return form, form.value
    for form in forms:
        if (value := _recased(written, form)) is not None:
            return form, value
    return None


def _recased(written: str, form: Form) -> str | None:
    if written.isupper() and (len(written) > 1 or not form.is_word):
        return form.value.upper()
    if written.islower():
        return form.value.lower()
    if form.is_cased and not form.is_word:
        return None
    if form.is_word and (form.value.isupper() or form.value.islower()):
        return form.value.capitalize()
    return form.value


def _moved(one: Proposal, by: int) -> Proposal:
    until = one.refused_until and one.refused_until + by
    return one._replace(start=one.start + by, end=one.end + by, refused_until=until)
