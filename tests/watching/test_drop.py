"""The watched folder for real: the command, all detection, a mixed drop of 500 files, two kills."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

from maskwell.vault import FLOOR_KDF, Vault

from .conftest import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = 500
BROKEN = 5


def mail(number: int) -> str:
    return f"rosamund.drummond{number}@example.com"


def text(number: int) -> bytes:
    return f"Dear Rosamund Drummond,\nwrite to {mail(number)} about order {number}.\n".encode()


def table(number: int) -> bytes:
    return f"name,mail,order\nRosamund Drummond,{mail(number)},{number}\n".encode()


def data(number: int) -> bytes:
    return json.dumps({"mail": mail(number), "note": "call Rosamund Drummond"}).encode()


def letter(number: int) -> bytes:
    head = (
        f"From: Rosamund Drummond <{mail(number)}>\nSubject: order {number}\nX-Id: {mail(number)}\n"
    )
    return f"{head}\nHello, it is {mail(number)} again.\n".encode()


def page(number: int) -> bytes:
    who = mail(number)
    return f"<!-- {who} --><p title='{who}'>Ask <b>Rosamund</b> Drummond</p>".encode()


def rich(number: int) -> bytes:
    head = rf"{{\rtf1\ansi{{\info{{\author {mail(number)}}}}}"
    return rf"{head}Ask {{\b Rosamund}} Drummond {mail(number)}}}".encode()


def word(number: int) -> bytes:
    document, out = docx.Document(), BytesIO()
    document.core_properties.author = mail(number)
    document.add_paragraph(f"Ask Rosamund Drummond, {mail(number)}.")
    document.save(out)
    return out.getvalue()


def sheet(number: int) -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    book.active.append(["Rosamund Drummond", mail(number), number])
    book.save(out)
    return out.getvalue()


def packed(number: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{mail(number)}.txt", text(number))
    return out.getvalue()


KINDS: list[tuple[str, int, Callable[[int], bytes]]] = [
    (".txt", 250, text), (".csv", 60, table), (".json", 60, data), (".eml", 40, letter),
    (".html", 25, page), (".rtf", 20, rich), (".docx", 20, word), (".xlsx", 10, sheet),
    (".zip", 10, packed),
]  # fmt: skip


def drop(folder: Path) -> None:
    number = 0
    for ending, count, make in KINDS:
        for _ in range(count):
            place = folder / f"batch {number % 9}"
            place.mkdir(exist_ok=True)
            (place / f"{number} for {mail(number)}{ending}").write_bytes(make(number))
            number += 1
    for broken in range(BROKEN):
        (folder / f"{broken}.docx").write_bytes(b"PK\3\4 nothing" + bytes([broken]))
    assert number + BROKEN == FILES


def copies(out: Path) -> list[Path]:
    own = {"maskwell-reports", ".maskwell"}
    return [p for p in out.rglob("*") if p.is_file() and p.relative_to(out).parts[0] not in own]


def check_whole(out: Path) -> None:
    """Every copy is the file its report tells of, to the byte, and holds no address."""
    for copy in copies(out):
        content = copy.read_bytes()
        report = out / "maskwell-reports" / f"{copy.relative_to(out)}.json"
        assert json.loads(report.read_text())["sha256"] == sha256(content).hexdigest()
        assert b"@example.com" not in content
        assert "drummond" not in copy.name.lower()


@pytest.mark.full
@pytest.mark.skipif(os.name != "posix", reason="processes are killed")
def test_a_mixed_drop_of_500_files_survives_two_kills(home, tmp_path):
    Vault.create(home, PASSPHRASE, kdf=FLOOR_KDF).close()
    (tmp_path / "pass").write_text(PASSPHRASE)
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    drop(folder)
    command = [
        sys.executable, "-m", "maskwell", "--passphrase-file", str(tmp_path / "pass"),
        "watch", str(folder), "--out", str(out), "--once",
    ]  # fmt: skip
    begun = time.perf_counter()
    told = []
    for part in (0.25, 0.6):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(copies(out)) < part * FILES:
            time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        check_whole(out)
        told.append(len(copies(out)))
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    check_whole(out)
    spent = time.perf_counter() - begun
    print(f"killed at {told} copies; {len(copies(out))} in {spent:.0f} s\n{done.stderr[-300:]}")
    assert done.returncode in {0, 6}, "6 only where the broken files came in the last run"
    assert len(copies(out)) == FILES - BROKEN
    assert len(list((folder / "maskwell-quarantine").iterdir())) == BROKEN
    assert "Drummond" not in done.stderr
