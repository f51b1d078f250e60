"""Fill the hand-written templates: every slot becomes text, every private slot a span."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tagger.example import Example, Span
from tagger.labels import LABELS

from synth import dates, names_in_code, numbers
from synth.orgs import Organisation
from synth.people import Person
from synth.places import SPOKEN_IN, Address, city, city_state, home_town
from synth.wordlists import words

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["fill", "read_templates"]

_PIECE = re.compile(r"\{\{([^{}\n]*)\}\}|\[\[([A-Z]+)\|([^\[\]|]+)\]\]")
_ALL = frozenset(LABELS)
_OPEN_PARTS = frozenset({"title", "email", "mail", "phone"})
_GIVEN = frozenset({"first", "nick", "informal", "word_first", "low"})
_FAMILY = frozenset({"last", "word_last", "low_last", "up_last"})
_INSIDE_NAMES = (" ", ", ", ' "', '" ')
_LABEL_OF_WORDS = {
    "country": "PLACE",
    "state": "PLACE",
    "region": "PLACE",
    "landmark": "PLACE",
    "nationality": "GROUP",
    "nationality_plural": "GROUP",
    "religion": "GROUP",
    "religion_plural": "GROUP",
    "politics": "GROUP",
    "ethnicity": "GROUP",
    "orientation": "GROUP",
    "nationality_place": "GROUP",
    "condition": "HEALTH",
    "medication": "HEALTH",
    "procedure": "HEALTH",
    "news_agency": "ORG",
    "newspaper": "ORG",
    "band": "ORG",
    "firm_like_name": "ORG",
    "town_like_name": "PLACE",
}
_MADE: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "city": ("PLACE", city),
    "city_state": ("PLACE", city_state),
    "dob": ("DOB", dates.dob),
    "date": ("DATE", dates.date),
    "age": ("AGE", dates.age),
    "age.words": ("AGE", dates.age_words),
    "time": ("", dates.clock),
}
_ID_LABELS = {"plate": "VEHICLE", "vin": "VEHICLE", "bank_account": "BANK", "sort_code": "BANK"}


@cache
def read_templates(folder: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read (kind, templates) of every file, kinds in order of name."""
    kinds = []
    for path in sorted(folder.glob("*.txt")):
        text = re.sub(r"\A(?:# [^\n]*\n)+", "", path.read_text(encoding="utf-8"))
        parts = (part.strip("\n") for part in re.split(r"(?m)^%%$", text))
        kinds.append((path.stem, tuple(part for part in parts if part.strip())))
    return tuple(kinds)


def fill(template: str, rng: random.Random, source: str) -> Example:
    """Fill one template; the same handle is the same person, organisation or address.

    Templates of a kind that is named after a language get people and towns from where it is
    spoken; now and then somebody from elsewhere.
    """
    cast: dict[str, Person | Organisation | Address] = {}
    home = rng.choice(SPOKEN_IN[source]) if source in SPOKEN_IN and rng.random() < 0.9 else ""
    text, spans, slots, at = "", list[Span](), list[str](), 0
    for match in _PIECE.finditer(template):
        text += template[at : match.start()]
        at = match.end()
        slot, label, literal = match.groups()
        if slot is None:
            value = literal
        else:
            label, value = _value(slot, cast, rng, home)
            if slot == "city" and home and rng.random() < 0.8:
                value = home_town(source, home, rng)
        if label and value:
            made = _labelled(label, value, len(text), slot)
            spans += made
            slots += [slot or ""] * len(made)
        text += value
    text += template[at:]
    return Example(text, _whole_names(text, spans, slots), _ALL, source)


def _whole_names(text: str, spans: list[Span], slots: list[str]) -> tuple[Span, ...]:
    """Join what two slots wrote of one name: "Jane" and "Doe", "Doe, Jane", "Jane "Jay" Doe"."""
    joined: list[Span] = []
    for i, span in enumerate(spans):
        gap = text[joined[-1].end : span.start] if joined else ""
        people = gap in _INSIDE_NAMES and joined[-1].label == span.label == "PERSON"
        if people and _one_name(slots[i - 1], gap, slots[i]):
            joined[-1] = Span(joined[-1].start, span.end, "PERSON")
        else:
            joined.append(span)
    return tuple(joined)


def _one_name(left: str, gap: str, right: str) -> bool:
    """Whether two slots side by side write one person; "" is the slot of a literal name."""
    (who, _, first), (other, _, second) = left.partition("."), right.partition(".")
    if '"' in gap:
        return "nick" in (first, second)
    if first in _FAMILY:
        return second in _GIVEN and who == other
    if gap != " " or not (left or right):
        return False
    return (first in _GIVEN or not left) and (second in _FAMILY or not right)


def _labelled(label: str, value: str, start: int, slot: str | None) -> list[Span]:
    """Return a value's spans; "Austin, TX" is two places."""
    if slot != "city_state":
        return [Span(start, start + len(value), label)]
    town, _, state = value.partition(", ")
    second = start + len(town) + 2
    return [Span(start, start + len(town), label), Span(second, second + len(state), label)]


def _value(slot: str, cast: dict, rng: random.Random, home: str) -> tuple[str, str]:
    """Return (label or "", text) for a slot."""
    handle, _, part = slot.partition(".")
    if re.fullmatch(r"[poa]\d", handle):
        return _part(handle, part, cast, rng, home)
    if slot in _MADE:
        label, make = _MADE[slot]
        return label, make(rng)
    if handle == "id":
        return _ID_LABELS.get(part, "ID"), numbers.identifier(part, rng)
    if handle == "secret":
        return numbers.secret(part, rng)
    return _LABEL_OF_WORDS.get(slot, ""), _plain_value(slot, rng)


def _plain_value(slot: str, rng: random.Random) -> str:
    """Return the text of a slot that is the same for every label."""
    if slot in ("email", "url", "path", *names_in_code.KINDS):
        return names_in_code.make(slot, rng)
    if slot in numbers.SHAPES:
        return numbers.shaped(slot, rng)
    return rng.choice(words("nationality" if slot == "nationality_place" else slot))


def _part(handle: str, part: str, cast: dict, rng: random.Random, home: str) -> tuple[str, str]:
    kind = handle[0]
    if handle not in cast:
        cast[handle] = {"p": Person, "o": Organisation, "a": Address}[kind](rng, locale=home)
    if part == "phone":
        return "", numbers.shaped("phone", rng)
    value = str(getattr(cast[handle], part))
    if kind == "p":
        label = "USERNAME" if part in ("user", "handle") else "PERSON"
        return ("" if part in _OPEN_PARTS else label), value
    return ("ORG" if kind == "o" else "ADDRESS"), value
