"""A file that goes along with a prompt: its words, or its source where that is what one reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx import Document

from maskwell.documents.attaching import read_words
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from pathlib import Path


def test_of_a_document_its_words_go_along(tmp_path: Path) -> None:
    letter = Document()
    letter.add_paragraph("Dear Ms Doe,")
    letter.save(str(tmp_path / "letter.docx"))

    text, byte_count = read_words(tmp_path / "letter.docx")

    assert text.startswith("Dear Ms Doe,\n")
    assert byte_count == (tmp_path / "letter.docx").stat().st_size


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("people.csv", 'name,age\n"Doe, Jane",41'),
        ("people.json", '{"name": "Jane Doe", "age": 41}'),
        ("notes.txt", "Jane Doe\r\nis 41."),
    ],
)
def test_of_tables_and_data_the_source_goes_along(tmp_path: Path, name: str, source: str) -> None:
    (tmp_path / name).write_bytes(source.encode() + b"\n")

    assert read_words(tmp_path / name)[0] == source


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("Jane Doe")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")

    with pytest.raises(InputUnreadable):
        read_words(tmp_path / "link.txt")
