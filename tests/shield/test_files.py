from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest

from maskwell.config import DocumentSettings
from maskwell.documents import open_document
from maskwell.errors import BlockedByPolicy, InputUnreadable, UnknownName
from maskwell.shield.files import restore_file, sanitise_file
from support.office_files import sheet_file

if TYPE_CHECKING:
    from maskwell.shield import Shield

MAIL = "jane.doe@example.com"
CARD = "4242 4242 4242 4242"


def letter() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Jane Doe"
    document.add_paragraph("Dear Jane Doe,")
    paragraph = document.add_paragraph("we wrote to jane.")
    paragraph.add_run("doe@example").bold = True
    paragraph.add_run(f".com about the card {CARD}.")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def texts_of(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_letter_loses_its_people_and_keeps_its_form(shield: Shield) -> None:
    made = sanitise_file(shield, letter(), "letter.docx", scope="acme")

    with zipfile.ZipFile(io.BytesIO(made.data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert made.mode == "layout"
    assert len(texts_of(made.data)) == 2
    assert not [v for v in (MAIL, CARD, "Jane Doe") if v.encode() in everything]


def test_a_letter_that_comes_back_is_restored(shield: Shield) -> None:
    made = sanitise_file(shield, letter(), "letter.docx", scope="acme")

    restored, receipt = restore_file(shield, made.data, made.name, scope="acme")

    assert texts_of(restored.data) == texts_of(letter())
    assert receipt.restored >= 3


def test_a_person_is_one_token_in_the_body_and_in_the_name(shield: Shield) -> None:
    data = b'{"name": "Jane Doe", "mail": "jane.doe@example.com", "note": "for Jane Doe"}'

    made = sanitise_file(shield, data, "Jane Doe.json", scope="acme")

    restored, _ = restore_file(shield, made.data, made.name, scope="acme")
    assert "Jane" not in made.name
    assert b"Jane" not in made.data
    assert restored.data == data


def test_a_table_keeps_its_cells(shield: Shield) -> None:
    data = b"name;mail\r\nJane Doe;jane.doe@example.com\r\n"

    made = sanitise_file(shield, data, "people.csv", scope="acme")

    assert made.data.count(b";") == 2
    assert MAIL.encode() not in made.data


def test_a_blocked_value_makes_no_copy_and_writes_nothing(shield: Shield) -> None:
    with pytest.raises(BlockedByPolicy):
        sanitise_file(
            shield,
            f"card {CARD}".encode(),
            "a.txt",
            scope="acme",
            policy="strict",
            destination="remote",
        )

    assert shield.vault.scopes.all() == []


def test_a_format_that_is_not_understood_is_refused(shield: Shield) -> None:
    with pytest.raises(InputUnreadable):
        sanitise_file(shield, b"\x7fELF\x02\x01\x01" + bytes(200), "tool", scope="acme")


def test_restoring_in_a_scope_that_is_not_there_says_so(shield: Shield) -> None:
    with pytest.raises(UnknownName):
        restore_file(shield, b"[PERSON_7QX]", "a.txt", scope="nowhere")


def test_the_changes_of_protecting_make_the_protected_text(shield: Shield) -> None:
    text = f"Dear Jane Doe, [PERSON_9ZZ] wrote to {MAIL}. See PERSON_7QX\n\tand {CARD}!"

    protected = shield.protect(text, scope="acme")

    assert applied(text, protected.changes) == protected.text


def test_the_changes_of_restoring_make_the_restored_text(shield: Shield) -> None:
    text = f"Dear Jane Doe, we wrote to {MAIL}.\n" * 200 + "Done."
    reply = shield.protect(text, scope="acme").text.replace("_", r"\_", 3)

    restored = shield.restore(reply, scope="acme")

    assert restored.text == text
    assert applied(reply, restored.changes) == text


def applied(text: str, changes: tuple[tuple[int, int, str], ...]) -> str:
    pieces, done = [], 0
    for start, end, new in changes:
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


def test_a_file_that_fails_leaves_no_value_that_the_next_search_would_miss(shield: Shield) -> None:
    """The numbers of values are used again after a roll-back; what was remembered is void."""
    index = shield.index(shield.vault.scopes.ensure("acme"))
    with shield.vault.rehearsal():
        shield.protect("Write to one@example.com", scope="acme")
        assert index.find("one@example.com")

    shield.protect("Write to two@example.com", scope="acme")

    assert index.find("two@example.com")
    assert not index.find("one@example.com")


def test_a_file_made_safe_is_on_record_and_named_when_its_person_is_erased(shield: Shield) -> None:
    sanitise_file(shield, b"Write to jane.doe@example.com.", "letter.txt", scope="acme")
    (jane,) = shield.vault.entities.matching("jane.doe@example.com")

    certificate = shield.vault.erase([jane.entity_id])

    (made,) = shield.vault.files.all()
    assert (made.kind, made.name, made.scope) == ("sanitised", "letter.txt", "acme")
    assert certificate.files == (made.id,)
    assert certificate.file_names == ("sanitised letter.txt",)
    assert "letter.txt" in certificate.as_text()


def test_a_file_brought_back_is_on_record_without_its_name(shield: Shield) -> None:
    safe = sanitise_file(shield, b"Write to jane.doe@example.com.", "letter.txt", scope="acme")

    restore_file(shield, safe.data, "jane doe.txt", scope="acme")

    made = shield.vault.files.all()[0]
    assert (made.kind, made.name) == ("restored", ".txt")
    assert shield.vault.audit.entries(1)[0].event == "file.restore"


def test_a_workbook_with_a_pivot_comes_back_the_same_whatever_its_tokens_are(
    shield: Shield,
) -> None:
    data = sheet_file()
    before = [segment.text for segment in open_document(data, "a.xlsx").segments]
    shield.settings = replace(shield.settings, documents=DocumentSettings(originals="forget"))

    for scope in ("one", "two", "three"):
        made = sanitise_file(shield, data, "a.xlsx", scope=scope)
        back, _ = restore_file(shield, made.data, made.name, scope=scope)

        assert [one.text for one in open_document(back.data, back.name).segments] == before
