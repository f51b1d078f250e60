"""Which claim stands where several cover the same characters, and what becomes of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.detection.joining import joined
from maskwell.detection.recognizers.base import Match
from maskwell.detection.resolve import resolve
from maskwell.entity_types import EntityType

TEXT = "Jane Doe jane.doe@example.com of Acme, 12 Main Street, Springfield "
KINDS = st.sampled_from(list(EntityType))
CLAIMS = st.builds(
    lambda start, size, kind, score, who: Match(
        start, min(start + size, len(TEXT)), kind, score, who
    ),
    st.integers(0, len(TEXT) - 1),
    st.integers(1, 20),
    KINDS,
    st.floats(0.5, 1),
    st.sampled_from(["ner", "email", "term", "address"]),
)


def claim(value: str, kind: EntityType, score: float = 0.9, who: str = "ner") -> Match:
    start = TEXT.index(value)
    return Match(start, start + len(value), kind, score, who)


def values(matches: list[Match]) -> list[tuple[str, str]]:
    return [(m.entity_type.value, TEXT[m.start : m.end]) for m in matches]


def test_a_line_between_a_street_and_a_country_belongs_to_the_address() -> None:
    text = "12 Main Street\n  ÖSTERHOLM\n  Sweden 123 45"
    street = Match(0, 14, EntityType.ADDRESS, 0.8, "address")
    country = Match(text.index("Sweden"), len(text), EntityType.PLACE, 0.9, "ner")

    assert [text[m.start : m.end] for m in joined([street, country], text)] == [text]


def test_a_sentence_between_a_street_and_a_country_does_not() -> None:
    text = "12 Main Street\nand then\nSweden"
    street = Match(0, 14, EntityType.ADDRESS, 0.8, "address")
    country = Match(text.index("Sweden"), len(text), EntityType.PLACE, 0.9, "ner")

    assert len(joined([street, country], text)) == 2


def test_a_shape_wins_over_a_name_and_the_name_keeps_its_words() -> None:
    name = claim("Jane Doe jane.doe@example.com", EntityType.PERSON, 0.99)
    email = claim("jane.doe@example.com", EntityType.EMAIL, 0.9, "email")

    assert values(resolve([name, email], TEXT)) == [
        ("PERSON", "Jane Doe"),
        ("EMAIL", "jane.doe@example.com"),
    ]


def test_a_password_in_a_url_leaves_no_part_of_the_url_bare() -> None:
    text = "see https://ada:S3cr3tPassw0rd@db.example.net/x now"
    url = Match(4, text.index(" now"), EntityType.URL, 0.9, "url")
    start = text.index("S3cr3t")
    secret = Match(start, text.index("@"), EntityType.SECRET, 0.9, "secret")

    standing = [(m.entity_type.value, text[m.start : m.end]) for m in resolve([url, secret], text)]

    assert standing == [
        ("URL", "https://ada"),
        ("SECRET", "S3cr3tPassw0rd"),
        ("URL", "db.example.net/x"),
    ]


def test_an_e_mail_inside_a_url_is_part_of_it() -> None:
    text = "https://example.net/?to=ada@example.com"
    url = Match(0, len(text), EntityType.URL, 0.9, "url")
    email = Match(text.index("ada"), len(text), EntityType.EMAIL, 0.95, "email")

    assert [m.entity_type for m in resolve([email, url], text)] == [EntityType.URL]


def test_the_longest_address_stands() -> None:
    short = claim("12 Main Street", EntityType.ADDRESS, 0.99, "address")
    long = claim("12 Main Street, Springfield", EntityType.ADDRESS, 0.6)

    assert values(resolve([short, long], TEXT)) == [("ADDRESS", "12 Main Street, Springfield")]


def test_a_town_in_an_address_is_no_place_of_its_own() -> None:
    town = claim("Springfield", EntityType.PLACE)
    address = claim("12 Main Street, Springfield", EntityType.ADDRESS, 0.6)

    assert values(resolve([town, address], TEXT)) == [("ADDRESS", "12 Main Street, Springfield")]


def test_the_users_own_word_wins_over_everything() -> None:
    own = claim("doe@example", EntityType.TERM, 1.0, "term")
    email = claim("jane.doe@example.com", EntityType.EMAIL, 1.0, "email")

    assert values(resolve([own, email], TEXT)) == [("TERM", "doe@example")]


def test_a_context_reading_never_outranks_a_proven_shape() -> None:
    spoken = claim("jane.doe@example.com", EntityType.SECRET, 1.0)
    email = claim("jane.doe@example.com", EntityType.EMAIL, 0.9, "email")

    assert values(resolve([spoken, email], TEXT)) == [("EMAIL", "jane.doe@example.com")]


def test_a_town_after_a_street_joins_it() -> None:
    street = claim("12 Main Street", EntityType.ADDRESS)
    town = claim("Springfield", EntityType.PLACE)

    assert values(joined([street, town], TEXT)) == [("ADDRESS", "12 Main Street, Springfield")]


def test_a_title_joins_the_name_after_it() -> None:
    text = "ask Prof. Dr. Quill"
    name = Match(14, 19, EntityType.PERSON, 0.9, "ner")

    assert [text[m.start : m.end] for m in joined([name], text)] == ["Prof. Dr. Quill"]


@given(st.lists(CLAIMS, max_size=30))
def test_what_stands_is_sorted_apart_and_not_empty(claims: list[Match]) -> None:
    standing = joined(resolve(claims, TEXT), TEXT)

    ends = [0, *(m.end for m in standing)]
    assert all(end <= m.start < m.end for end, m in zip(ends, standing, strict=False))


@given(st.lists(CLAIMS, min_size=1, max_size=30))
def test_no_claimed_place_is_left_wholly_bare(claims: list[Match]) -> None:
    standing = resolve(claims, TEXT)

    bare = [c for c in claims if not any(m.start < c.end and c.start < m.end for m in standing)]
    assert bare == []


@pytest.mark.parametrize(
    ("text", "person", "organisation", "expected"),
    [
        (
            "Oona Quill Brandt Power Ltd",
            "Oona Quill",
            "Quill Brandt Power Ltd",
            ["Oona Quill", "Brandt Power Ltd"],
        ),
        ("Quill Brandt Ltd", "Quill", "Quill Brandt Ltd", ["Quill Brandt Ltd"]),
        ("Oona Quill Ltd", "Oona Quill", "Quill Ltd", ["Oona", "Quill Ltd"]),
    ],
)
def test_an_organisation_takes_no_surname_from_a_full_name(
    text: str, person: str, organisation: str, expected: list[str]
) -> None:
    matches = [
        Match(at := text.index(value), at + len(value), kind, score, recognizer)
        for value, kind, score, recognizer in (
            (person, EntityType.PERSON, 0.99, "ner"),
            (organisation, EntityType.ORG, 0.8, "organisation"),
        )
    ]

    assert [text[m.start : m.end] for m in resolve(matches, text)] == expected
