"""Stand-ins come back exactly from replies as models write them, and strangers stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from masking.replies import REPLIES
from maskwell.detection import Finding
from maskwell.entity_types import EntityType as T
from maskwell.masking import Restorer, StreamRestorer, protect, render, retokenise
from maskwell.masking.calendar import MONTHS, read_date
from maskwell.policy import Action

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault

VALUES = {
    "J D": (T.PERSON, "Jane Doe"),
    "B H": (T.PERSON, "Robert Hale"),
    "O": (T.ORG, "Acme Ltd"),
    "M": (T.EMAIL, "jane.doe@acme.com"),
    "U": (T.USERNAME, "jdoe"),
    "P": (T.PHONE, "202-555-0147"),
    "C": (T.CARD, "4111 1111 1111 1111"),
    "T": (T.DATE, "12 May 2024"),
    "A": (T.ADDRESS, "48 Larch Road, Springfield, IL 62704"),
    "N": (T.IP, "192.0.2.17"),
    "X": (T.ID, "123-45-6789"),
    "I": (T.IBAN, "DE89 3704 0044 0532 0130 00"),
    "L": (T.PLACE, "Winnetka"),
}
STAYING = frozenset(
    {"stranger after", "stranger before", "stranger, hyphen", "stranger, initial"}
    | {"stranger, address", "link target", "inside a longer word"}
)


@pytest.fixture(scope="module")
def matter(vault: Vault) -> Scope:
    return vault.scopes.ensure("replies")


@pytest.fixture(scope="module")
def words(vault: Vault, matter: Scope) -> dict[str, tuple[str, str]]:
    return sent_words(vault, matter)


def sent_words(vault: Vault, matter: Scope) -> dict[str, tuple[str, str]]:
    """Return for each mark the real value and what was sent for it."""
    text = "\n".join(value for _, value in VALUES.values())
    decided = []
    for entity_type, value in VALUES.values():
        start = text.index(value)
        finding = Finding(
            entity_type=entity_type, start=start, end=start + len(value), score=1, recognizer="t"
        )
        decided.append((finding, Action.SURROGATE))
    sent = protect(vault, matter, text, decided).findings
    assert all(one.action is Action.SURROGATE for one in sent)
    pairs = dict(zip(VALUES, ((one.surface, one.sent) for one in sent), strict=True))
    real, made = (_spellings({mark: pair[n] for mark, pair in pairs.items()}) for n in (0, 1))
    return {mark: (real[mark], made[mark]) for mark in real}


def _spellings(values: dict[str, str]) -> dict[str, str]:
    """Return every mark of the corpus for the real values, or for the stand-ins."""
    marks = {mark: value for mark, value in values.items() if " " not in mark}
    for names, (first, last) in {names: values[names].split() for names in ("J D", "B H")}.items():
        for mark, word in zip(names.split(), (first, last), strict=True):
            marks |= {mark: word, f"{mark}U": word.upper(), f"{mark}i": word[0]}
            marks[f"{mark.lower()}l"] = word.lower()
    digits = re.sub(r"\D", "", values["P"])
    area, middle, end = digits[:3], digits[3:6], digits[6:]
    card, iban = (re.sub(r"\W", "", values[mark]) for mark in "CI")
    date = read_date(values["T"])
    assert date is not None
    day = date.day_of_calendar
    month = MONTHS["en"][day.month - 1].capitalize()
    ending = (
        "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    )
    return marks | {
        "MU": values["M"].upper(),
        "OU": values["O"].upper(),
        "Ow": values["O"].split()[0],
        "Pp": f"({area}) {middle}-{end}",
        "Pd": f"{area}.{middle}.{end}",
        "Pn": digits,
        "Pi": f"+1 {area}-{middle}-{end}",
        "Cd": values["C"].replace(" ", "-"),
        "Cn": card,
        "c4": card[-4:],
        "In": iban,
        "Tu": f"{month} {day.day}, {day.year}",
        "Ti": day.isoformat(),
        "Ts": f"{day.day} {month[:3]} {day.year}",
        "To": f"{month} {day.day}{ending}, {day.year}",
        "Tn": f"{month} {day.day}",
    }


def filled(template: str, words: dict[str, tuple[str, str]], which: int) -> str:
    return re.sub("‹(\\w+)›", lambda match: words[match[1]][which], template)


def test_the_corpus_is_large_enough_and_has_no_row_twice() -> None:
    assert len(REPLIES) >= 150
    assert len({name for name, _ in REPLIES}) == len({text for _, text in REPLIES}) == len(REPLIES)


@pytest.mark.parametrize(("name", "reply"), REPLIES, ids=[name for name, _ in REPLIES])
def test_a_reply_comes_back_exactly(
    vault: Vault, matter: Scope, words: dict[str, tuple[str, str]], name: str, reply: str
) -> None:
    came = filled(reply, words, 1)
    expected = came if name in STAYING else filled(reply, words, 0)
    restored = Restorer(vault, matter).restore(came)

    assert restored.text == expected
    stream = StreamRestorer(vault, matter)
    streamed = "".join(map(stream.feed, came)) + stream.close()
    assert (streamed, stream.receipt) == (restored.text, restored.receipt)
    if name.startswith("stranger"):
        assert restored.receipt.strangers
    if name == "link target":
        assert restored.receipt.withheld


@pytest.mark.parametrize(("name", "reply"), REPLIES, ids=[name for name, _ in REPLIES])
def test_a_reply_is_stored_with_tokens_and_replayed_as_it_came(
    vault: Vault, matter: Scope, words: dict[str, tuple[str, str]], name: str, reply: str
) -> None:
    came = filled(reply, words, 1)
    expected = came if name in STAYING else filled(reply, words, 0)
    with vault.rehearsal():
        kept = retokenise(vault, matter, came)

        assert render(vault, matter, kept) == came
        assert Restorer(vault, matter, is_stored=True).restore(kept.text).text == expected


def test_after_a_stranger_the_name_alone_is_left_and_told(
    vault: Vault, matter: Scope, words: dict[str, tuple[str, str]]
) -> None:
    first = words["J"][1]
    text = f"{first} Ferrante wrote it. {first} is a pen name."
    restored = Restorer(vault, matter).restore(text)

    assert restored.text == text
    assert restored.receipt.strangers == (first,)
