"""A copy that comes back as it left is answered with the file it was made of."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest

from maskwell.config import DocumentSettings
from maskwell.shield.files import protect_file, restore_file, sanitise_file
from maskwell.shield.settling import settle

if TYPE_CHECKING:
    from maskwell.documents import Sanitised
    from maskwell.shield import Shield

MAIL = "jane.doe@example.com"


def letter(text: str = f"Dear Jane Doe, we wrote to {MAIL}.", *, author: str = "Jane Doe") -> bytes:
    """Return a Word file whose copy leaves out who made it and when."""
    document = docx.Document()
    document.core_properties.author = "Jane Doe"
    document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def notebook(printed: str) -> bytes:
    """Return a notebook whose copy leaves out what its one cell printed."""
    output = {"output_type": "stream", "name": "stdout", "text": [printed]}
    cell = {
        "cell_type": "code", "id": "a", "execution_count": 1, "metadata": {},
        "source": [f"mail('{MAIL}')"], "outputs": [output],
    }  # fmt: skip
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    ).encode()


def sent(shield: Shield, data: bytes | None = None, scope: str = "acme") -> Sanitised:
    return sanitise_file(shield, data or letter(), "Jane Doe.docx", scope=scope)


def kept(shield: Shield) -> int:
    (row,) = shield.vault._database.rows("SELECT count(*) FROM originals")
    return int(row[0])


def with_documents(shield: Shield, **changed: object) -> None:
    documents = DocumentSettings(**changed)  # type: ignore[arg-type]  # the fields' own names
    shield.settings = replace(shield.settings, documents=documents)


def test_a_copy_that_comes_back_unchanged_is_the_original_to_the_byte(shield: Shield) -> None:
    original = letter()
    safe = sent(shield, original)

    back, receipt = restore_file(shield, safe.data, "renamed.docx", scope="acme")

    assert (back.data, back.name, back.is_original) == (original, "Jane Doe.docx", True)
    assert receipt.restored == safe.replaced


def test_a_copy_of_which_one_byte_changed_has_its_tokens_put_back(shield: Shield) -> None:
    safe = sent(shield)
    changed = io.BytesIO(safe.data)
    document = docx.Document(changed)
    document.add_paragraph("And a word more.")
    document.save(changed)

    back, _ = restore_file(shield, changed.getvalue(), safe.name, scope="acme")

    assert not back.is_original
    assert MAIL in docx.Document(io.BytesIO(back.data)).paragraphs[0].text


def test_two_files_with_one_copy_are_not_taken_for_each_other(shield: Shield) -> None:
    first = sanitise_file(shield, notebook("Gesa"), "a.ipynb", scope="acme")
    second = sanitise_file(shield, notebook("Odalys"), "a.ipynb", scope="acme")
    assert first.data == second.data, "what the cells printed is left out of both"

    back, _ = restore_file(shield, first.data, first.name, scope="acme")

    assert not back.is_original
    assert b"Odalys" not in back.data


def test_a_file_that_comes_back_in_another_scope_brings_nothing(shield: Shield) -> None:
    safe = sent(shield)
    shield.vault.scopes.ensure("other")

    back, receipt = restore_file(shield, safe.data, safe.name, scope="other")

    assert not back.is_original
    assert receipt.restored == 0


def test_a_name_that_asks_for_another_kind_gets_the_copy_restored(shield: Shield) -> None:
    safe = sent(shield)

    back, _ = restore_file(shield, safe.data, safe.name, scope="acme", ending=".odt")

    assert not back.is_original


def test_what_goes_to_a_screen_is_never_the_original(shield: Shield) -> None:
    safe = sanitise_file(shield, b"<p>4111 1111 1111 1111</p><!--x-->", "a.html", scope="acme")

    back, receipt = restore_file(shield, safe.data, safe.name, scope="acme", on_screen=True)

    assert not back.is_original
    assert receipt.guarded
    assert b"4111 1111 1111" not in back.data


def test_a_text_whose_tokens_say_all_is_not_kept(shield: Shield) -> None:
    sanitise_file(shield, f"Write to {MAIL}.".encode(), "a.txt", scope="acme")

    assert kept(shield) == 0


def test_a_setting_keeps_no_originals(shield: Shield) -> None:
    with_documents(shield, originals="forget")
    safe = sent(shield)

    back, _ = restore_file(shield, safe.data, safe.name, scope="acme")

    assert kept(shield) == 0
    assert not back.is_original


def test_the_setting_holds_before_those_kept_are_removed(shield: Shield) -> None:
    safe = sent(shield)
    with_documents(shield, originals="forget")

    back, _ = restore_file(shield, safe.data, safe.name, scope="acme")

    assert not back.is_original


def test_a_source_to_be_destroyed_is_not_kept(shield: Shield) -> None:
    protect_file(shield, letter(), "a.docx", scope="acme", is_original_kept=False)

    assert kept(shield) == 0


def test_what_the_policy_lets_nobody_have_back_keeps_its_file_out(shield: Shield) -> None:
    shield.home.policies.mkdir(parents=True)
    policy = 'title = "M"\ndefault = "token"\n[[rules]]\ntypes = ["EMAIL"]\naction = "mask"\n'
    (shield.home.policies / "masking.toml").write_text(policy)

    sanitise_file(shield, letter(), "a.docx", scope="acme", policy="masking")

    assert kept(shield) == 0


def test_a_file_over_the_size_is_not_kept(shield: Shield) -> None:
    with_documents(shield, original_mib=1)
    sanitise_file(shield, b"<p>x</p><!--" + b"x" * (1 << 20) + b"-->", "a.html", scope="acme")

    assert kept(shield) == 0


def test_the_oldest_original_makes_room(shield: Shield) -> None:
    first, second = sent(shield), sent(shield, letter("Dear John Smith,"))
    (size,) = shield.vault._database.row("SELECT max(byte_count) FROM originals")
    number = shield.vault.files.all()[0].id
    shield.vault._database.write("DELETE FROM originals WHERE file_id = ?", (number,))

    shield.vault.originals.keep(number, "a.docx", letter(), replaced=1, most_bytes=size + 10)

    scope = shield.vault.scopes.get("acme")
    assert shield.vault.originals.find(scope, first.digest) is None
    assert shield.vault.originals.find(scope, second.digest) is not None


def test_erasing_a_person_removes_every_original_of_the_scopes_they_were_met_in(
    shield: Shield,
) -> None:
    sent(shield)
    nameless = sent(shield, letter("About nobody."))
    elsewhere = sanitise_file(shield, b"<p>John Smith</p><!--x-->", "a.html", scope="other")
    (jane,) = shield.vault.entities.matching(MAIL)

    certificate = shield.vault.erase([jane.entity_id])

    vault = shield.vault
    assert certificate.originals == 2
    assert vault.originals.find(vault.scopes.get("acme"), nameless.digest) is None
    assert vault.originals.find(vault.scopes.get("other"), elsewhere.digest) is not None


def test_erasing_a_person_removes_originals_elsewhere_in_which_their_value_stands(
    shield: Shield,
) -> None:
    shield.protect(f"Write to {MAIL}.", scope="acme")
    (jane,) = shield.vault.entities.matching(MAIL)
    shield.vault.lexicon.ignore(MAIL)
    sanitise_file(shield, f"<p>{MAIL}</p><!--John Smith-->".encode(), "a.html", scope="other")

    certificate = shield.vault.erase([jane.entity_id])

    assert certificate.originals == 1
    assert kept(shield) == 0


@pytest.mark.parametrize(("days", "left"), [(0, 0), (29, 0), (31, 1), (None, 1)])
def test_an_original_goes_after_its_days(shield: Shield, days: int | None, left: int) -> None:
    sent(shield)
    (made,) = shield.vault.files.all()
    moment = int(made.at.timestamp() * 1000) + 30 * 86_400_000

    shield.vault.originals.forget_old(days, now=moment)

    assert kept(shield) == left


def test_an_original_does_not_outlive_the_chats_of_its_scope(shield: Shield) -> None:
    sent(shield)
    shield.vault.scopes.set_keep_days("acme", 3)
    (made,) = shield.vault.files.all()
    moment = int(made.at.timestamp() * 1000) + 4 * 86_400_000

    assert shield.vault.originals.forget_old(30, now=moment) == 1


def test_the_setting_to_forget_removes_those_kept_before(shield: Shield) -> None:
    sent(shield)
    with_documents(shield, originals="forget")

    settle(shield.vault, shield.home, shield.settings)

    assert kept(shield) == 0
    assert shield.vault.audit.entries(1)[0].event == "history.retention"
