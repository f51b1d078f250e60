"""The ways a reply may write a stand-in, each with what the real value is written like that.

Models shorten names, turn them round, join them into user names, and write dates, telephone
numbers and cards anew. What stands here is derived from the kept pairs alone; a spelling that
could mean two values is not among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.masking.calendar import MONTHS, read_date
from maskwell.masking.surrogates.wording import WORDED, aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.masking.calendar import WrittenDate
    from maskwell.vault.stand_ins import StandIn

__all__ = ["Form", "forms_of"]


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling that may stand in a reply, and what it is put back as."""

    form: str
    value: str
    entity_type: EntityType
    code: str
    """The token of the value it comes from, without brackets."""
    is_word: bool = False
    """A single word of a name: it may be somebody else's, so its neighbours are looked at."""
    is_cased: bool = False
    """Another case than written is told by its words."""


def forms_of(stand_ins: Iterable[StandIn]) -> dict[str, list[Form]]:
    """Return all forms by their spelling in lower case; what is ambiguous is left out.

    Several forms of one spelling differ in case only.
    """
    found: dict[str, list[Form]] = {}
    derived: dict[str, Form | None] = {}
    for one in stand_ins:
        whole = Form(
            one.form, one.surface, one.entity_type, one.code, is_cased=one.entity_type in WORDED
        )
        found.setdefault(one.form.lower(), []).append(whole)
        for form in _derived(one):
            low = form.form.lower()
            if form.is_word:
                words = found.setdefault(low, [])
                if all((w.form, w.value) != (form.form, form.value) for w in words):
                    words.append(form)
            else:
                known = derived.setdefault(low, form)
                if known is not None and known.value != form.value and known.code != form.code:
                    derived[low] = None
    for low, only in derived.items():
        if only is not None and low not in found:
            found[low] = [only]
    return found


def _derived(one: StandIn) -> Iterator[Form]:
    pairs = list(aligned(one.entity_type, one.surface, one.form))
    if one.entity_type in WORDED:
        for word, stand_in in pairs:
            yield Form(stand_in, word, one.entity_type, one.code, is_word=True)
    for form, value in _spellings(one, pairs):
        if len(form) > 3 and form != one.form:
            yield Form(form, value, one.entity_type, one.code)


def _spellings(one: StandIn, pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    if one.entity_type is EntityType.PERSON and len(pairs) > 1:
        yield from _names(*pairs[0], *pairs[-1])
    elif one.entity_type is EntityType.DATE:
        yield from _dates(one)
    elif one.entity_type is EntityType.PHONE:
        yield from _phones(one)
    elif one.entity_type in (EntityType.CARD, EntityType.IBAN):
        yield from _grouped(one)
    elif one.entity_type is EntityType.EMAIL:
        yield one.form.rpartition("@")[2], one.surface.rpartition("@")[2]
    elif one.entity_type is EntityType.URL:
        yield _host(one.form), _host(one.surface)


def _names(first: str, first_form: str, last: str, last_form: str) -> Iterator[tuple[str, str]]:
    if len(first) < 2 or len(last) < 2:
        return
    for pattern in ("{0}. {1}", "{0} {1}", "{1}, {0}.", "{0}{1}"):
        yield pattern.format(first_form[0], last_form), pattern.format(first[0], last)
    yield first_form + last_form, first + last
    yield f"{first_form} {last_form[0]}.", f"{first} {last[0]}."


def _dates(one: StandIn) -> Iterator[tuple[str, str]]:
    real, made = read_date(one.surface), read_date(one.form)
    if real is None or made is None or None in (real.day, real.month):
        return
    written = zip(_date_spellings(made), _date_spellings(real), strict=True)
    yield from written


def _date_spellings(date: WrittenDate) -> list[str]:
    day, month = date.day or 1, date.month or 1
    spelled = []
    names = (MONTHS["en"][month - 1].capitalize(), MONTHS["en3"][month - 1].capitalize())
    for name in names:
        for one in (f"{name} {day}", f"{day} {name}", f"{name} {day}{_ordinal(day)}"):
            spelled.append(one)
            if date.year:
                comma = "" if one[0].isdigit() else ","
                spelled.append(f"{one}{comma} {date.year}")
    if date.year:
        spelled += [
            f"{date.year}-{month:02}-{day:02}",
            f"{month:02}/{day:02}/{date.year}",
            f"{month}/{day}/{date.year}",
            f"{day:02}.{month:02}.{date.year}",
            f"the {day}{_ordinal(day)} of {names[0]} {date.year}",
            f"{day}{_ordinal(day)} {names[0]} {date.year}",
        ]
    return spelled


def _ordinal(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())


def _phones(one: StandIn) -> Iterator[tuple[str, str]]:
    made, real = _digits(one.form), _digits(one.surface)
    if len(made) != len(real) or "x" in one.form.lower():
        return
    yield made, real
    yield f"+{made}", f"+{real}"
    if len(made) in (10, 11) and (len(made) == 10 or made[0] == "1"):
        for pattern in ("({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "{} {} {}", "({}) {} {}"):
            local = [
                pattern.format(digits[-10:-7], digits[-7:-4], digits[-4:])
                for digits in (made, real)
            ]
            yield local[0], local[1]
            for lead in ("+1 ", "+1-", "1-"):
                yield lead + local[0], lead + local[1]


def _grouped(one: StandIn) -> Iterator[tuple[str, str]]:
    made, real = (re.sub(r"[^0-9A-Za-z]", "", text) for text in (one.form, one.surface))
    if len(made) != len(real):
        return
    yield made, real
    for separator in (" ", "-"):
        yield _in_fours(made, separator), _in_fours(real, separator)
    if one.entity_type is EntityType.CARD:
        for lead in ("ending in ", "ending with ", "ending ", "ends in ", "**** ", "x", "xxxx-"):
            yield lead + made[-4:], lead + real[-4:]


def _in_fours(text: str, separator: str) -> str:
    return separator.join(text[at : at + 4] for at in range(0, len(text), 4))


def _host(url: str) -> str:
    return re.split(r"[/?#:]", url.partition("://")[2] or url)[0]
