"""Damaged and hostile files: the caller gets a document or an InputError, never anything else."""

from __future__ import annotations

import json
import random
import zipfile
from io import BytesIO

import pytest

from maskwell.documents import formats, sanitise
from maskwell.documents.formats import Source
from maskwell.documents.limits import Budget
from maskwell.documents.opening import open_document
from maskwell.errors import InputError
from support.office_files import sheet_file, slide_file, word_file

PAGE = b"<html><body><p title='x'>Dear <b>Jane</b><!-- c --></p><br>&#x41;</body></html>"
MAIL = (
    b"From: a@example.com\nSubject: =?utf-8?b?SmFuZQ==?=\nContent-Type: multipart/mixed; boundary=b"
    b"\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+SmFuZTwvYj4=\n"
    b"--b\nContent-Type: text/csv; name=a.csv\n\na,b\n1,2\n--b--\n"
)


def packed() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"Dear Jane")
        archive.writestr("b.json", json.dumps({"a": ["b", 1]}))
    return out.getvalue()


SAMPLES = {
    "a.txt": "Dear Jane,\r\n\r\nżółw".encode(),
    "a.csv": b'Name;"Note"\nJane;"a ""b"""\n',
    "a.json": b'{"a": [1, "b\\u0041", {"c": "{\\"d\\": 2}"}], "e": 1.5e3}',
    "a.yaml": b"a: &x [1, 'b']\nc: |\n  text\n  more\nd: *x # e\n",
    "a.toml": b"a = \"b\"\n[c.\"d e\"]\nf = '''x\ny''' # g\n",
    "a.xml": b"<?xml version='1.0'?><a b='c'>d<e/>f<!-- g --></a>",
    "a.html": PAGE,
    "a.eml": MAIL,
    "a.mbox": b"From x\n" + MAIL + b"\n",
    "a.zip": packed(),
}

LINEAR = [name for name, data in SAMPLES.items() if not formats.recognise(data, name).in_child]
"""What the parent reads itself; what runs in a child may fail there."""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few flips, a cut, a doubling or a swap."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        place = chance.randrange(len(changed))
        match chance.randrange(5):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed[place] = chance.randrange(256)
            case 2:
                del changed[place : place + chance.randrange(1, 20)]
            case 3:
                changed[place:place] = changed[place : place + chance.randrange(1, 20)]
            case _:
                changed = changed[: max(place, 1)]
        if not changed:
            return b"\0"
    return bytes(changed)


def survives(data: bytes, name: str) -> None:
    """Read and write in this process, where a crash of the format's code would show."""
    try:
        document = formats.read(data, Source(name, Budget()))
        output = document.rewritten({})
        for _ in formats.inspect(output, Source(name, Budget())):
            pass
    except InputError:
        pass


@pytest.mark.sec
@pytest.mark.parametrize("name", LINEAR)
def test_fuzz_r32_the_linear_readers_take_any_bytes(name):
    chance = random.Random(name)

    for _ in range(300):
        survives(mutated(SAMPLES[name], chance), name)


@pytest.mark.sec
@pytest.mark.parametrize("name", SAMPLES)
def test_fuzz_r32_a_damaged_file_is_read_or_refused(name):
    chance = random.Random(name)

    for _ in range(3):
        data = mutated(SAMPLES[name], chance)
        try:
            document = open_document(data, name)
        except InputError:
            continue
        assert isinstance(document.rewritten({}), bytes)


@pytest.mark.full
@pytest.mark.sec
@pytest.mark.parametrize("name", [*SAMPLES, "a.docx", "a.xlsx", "a.pptx"])
def test_fuzz_r32_many_damaged_files_release_nothing_unverified(name):
    office = {"a.docx": word_file, "a.xlsx": sheet_file, "a.pptx": slide_file}
    data = office[name]() if name in office else SAMPLES[name]
    chance = random.Random(name)

    for _ in range(200):
        try:
            safe = sanitise(
                mutated(data, chance),
                name,
                protect=lambda texts: [[] for _ in texts],
                known_values=lambda: ["Jane Q. Doeberry"],
            )
        except InputError:
            continue
        assert b"Jane Q. Doeberry" not in safe.data
