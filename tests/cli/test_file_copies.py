from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

MAIL = "jane.doe@example.com"


def letter(folder: Path) -> Path:
    document = docx.Document()
    document.add_paragraph(f"Dear Jane Doe, we wrote to {MAIL}.")
    path = folder / "letter.docx"
    document.save(str(path))
    return path


def first_line(data: bytes) -> str:
    return docx.Document(io.BytesIO(data)).paragraphs[0].text


def test_a_word_file_becomes_a_safe_copy_and_comes_back(cli: Cli, tmp_path: Path) -> None:
    source = letter(tmp_path)
    safe, back = tmp_path / "safe.docx", tmp_path / "back.docx"

    made = cli("redact", str(source), "-o", str(safe))
    done = cli("restore", str(safe), "-o", str(back), "--scope", "default")

    assert (made.code, done.code) == (0, 0)
    assert MAIL not in first_line(safe.read_bytes())
    assert first_line(back.read_bytes()) == first_line(source.read_bytes())


def test_a_file_that_is_not_understood_is_refused_in_a_sentence(cli: Cli, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 and nothing more")

    result = cli("redact", str(broken), "-o", str(tmp_path / "safe.docx"))

    assert result.code == 6
    assert not (tmp_path / "safe.docx").exists()


def test_several_files_of_which_one_is_a_document_need_a_folder(cli: Cli, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(f"to {MAIL}\n")

    result = cli("redact", str(letter(tmp_path)), str(note))
    done = cli("redact", str(letter(tmp_path)), str(note), "-o", str(tmp_path / "out"))

    assert result.code == 2
    assert done.code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["letter.docx", "note.txt"]
