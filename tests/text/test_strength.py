"""The strength shown beside a passphrase is cautious and never jumps down for more words."""

from __future__ import annotations

import pytest

from maskwell.text.strength import strength_of


@pytest.mark.parametrize(
    ("passphrase", "word"),
    [
        ("", "empty"),
        ("password", "weak"),
        ("Password123", "weak"),
        ("aaaaaaaaaaaaaaaaaaaa", "weak"),
        ("12345678901234567890", "weak"),
        ("harbour", "weak"),
        ("harbour lantern violet", "fair"),
        ("harbour lantern violet kettle", "good"),
        ("harbour lantern violet kettle orbit", "good"),
        ("harbour lantern violet kettle orbit meadow", "strong"),
    ],
)
def test_a_passphrase_gets_its_word(passphrase: str, word: str) -> None:
    assert strength_of(passphrase).word == word


def test_saying_a_word_twice_adds_next_to_nothing() -> None:
    once = strength_of("lantern violet").bits
    again = strength_of("lantern violet lantern violet").bits

    assert again - once < 10


def test_every_estimate_comes_with_advice() -> None:
    assert all(strength_of(text).advice for text in ("", "a", "abc def ghi jkl mno pqr"))
