"""Files that are not what they seem: one clear sentence each, and nothing is written."""

from __future__ import annotations

import io
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from cli.running import sentences
from support.hostile_pdfs import signed
from support.office_files import word_file
from support.outlook_files import Storage, compound
from support.pdf_files import locked, pdf_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.running import Cli


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(30_000_000))
    return out.getvalue()


def locked_office() -> bytes:
    streams = {"EncryptionInfo": b"x" * 64, "EncryptedPackage": b"y" * 5000}
    return compound(Storage("Root Entry", streams))


BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("bomb.zip", bomb, "more than 200 times its size"),
    ("locked.docx", locked_office, "protected by a password"),
    ("locked.pdf", lambda: locked(pdf_file("x")), "protected by a password"),
    ("signed.pdf", signed, "is signed"),
    ("nothing.xlsx", bytes, "The file is empty"),
    ("nothing.pdf", bytes, "The file is empty"),
    ("text.docx", lambda: b"I am plain text.", "none of the Word files"),
    ("half.docx", lambda: word_file()[:9000], "damaged or cut short"),
    ("old.doc", lambda: compound(Storage("Root Entry", {"WordDocument": b"x" * 5000})),
     "old Office files"),
    ("winmail.dat", lambda: b"\x78\x9f\x3e\x22" + bytes(9), "winmail"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "words"), BAD, ids=[one[0] for one in BAD])
def test_a_bad_file_is_refused_in_one_sentence(
    cli: Cli, tmp_path: Path, name: str, make: Callable[[], bytes], words: str
) -> None:
    (tmp_path / name).write_bytes(make())
    target = (tmp_path / "out").with_suffix((tmp_path / name).suffix)

    ran = cli("redact", str(tmp_path / name), "-o", str(target))

    (sentence,) = sentences(ran.err)
    assert words in sentence
    assert ran.code == 6
    assert not target.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("name", ["pipe.docx", "pipe.txt"])
def test_a_pipe_nobody_writes_to_is_refused_at_once(cli: Cli, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)

    ran = cli("redact", str(tmp_path / name), "-o", str(tmp_path / "out.txt"))

    (sentence,) = sentences(ran.err)
    assert "is a pipe" in sentence
    assert ran.code == 6


def test_a_word_file_called_a_text_needs_an_output_of_its_kind(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(word_file())

    refused = cli("redact", str(tmp_path / "letter.txt"), "-o", str(tmp_path / "safe.txt"))
    made = cli("redact", str(tmp_path / "letter.txt"), "-o", str(tmp_path / "safe.docx"))

    assert "name an output that ends in .docx" in refused.err
    assert (refused.code, made.code) == (6, 0)
    assert (tmp_path / "safe.docx").read_bytes().startswith(b"PK")
    assert not (tmp_path / "safe.txt").exists()


@pytest.mark.parametrize("name", ["two\nlines.docx", f"{'n' * 250}.docx"])
def test_a_name_of_two_lines_or_the_greatest_length_is_taken(
    cli: Cli, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(word_file())

    made = cli("redact", str(tmp_path / name), "-o", str(tmp_path / "safe.docx"))

    assert made.code == 0
    assert "\nlines" not in made.err
