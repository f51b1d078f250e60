"""What a report says of a copy is true of its kind."""

from __future__ import annotations

import pytest

from maskwell.documents.formats import FORMATS
from maskwell.documents.telling import told


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_kind_of_file_has_its_own_words_on_how_it_was_checked(kind):
    about = told(kind, "layout")

    assert "a second reader" not in about.verified
    assert about.not_hidden


@pytest.mark.parametrize("kind", ["png", "jpg", "tiff"])
def test_of_a_picture_it_is_said_that_only_what_was_read_could_be_searched(kind):
    about = told(kind, "layout")

    assert "pixels" in about.verified
    assert any("misread" in hole for hole in about.not_hidden)


def test_plain_words_are_told_of_as_text_whatever_they_come_from():
    assert told("pdf", "text").verified == told("text", "layout").verified
