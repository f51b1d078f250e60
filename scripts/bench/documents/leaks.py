"""Plant people into every structure of real files, make the files safe, look for the people.

    python scripts/bench/documents/leaks.py [FOLDER]

FOLDER (default: ../shared/data/documents beside the checkout) is walked. Into each file go
values of our own: into the text, listed attributes, comments and bytes of every part of a
package; into every header, name and body of a mail; between the lines of a text. The safe copy
is then taken apart by readers of this script alone, and searched as UTF-8, UTF-16, base64 and
hexadecimal. One line a file, and the totals: the number left anywhere must be 0.
"""

from __future__ import annotations

import binascii
import email
import html
import itertools
import quopri
import re
import sys
import zipfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from maskwell.documents import Edit, restore, sanitise
from maskwell.errors import MaskwellError

_FIRST = "Ingeborg Casimir Leopold Mirabel Ottokar Philippa Quirin Rosamund Tiberius Wilhelmina"
_LAST = "Abendroth Birkenfeld Castellane Drummond Eisenhart Falkenrath Grosvenor Hollenbeck"
_TEXT_ATTRIBUTES = {"descr", "title", "author", "displayName", "tooltip", "prompt", "alt"}
_MOST_PER_PART = 12


class People:
    """Invented people, each planted once, and the tokens that stand for them."""

    def __init__(self) -> None:
        names = itertools.product(_FIRST.split(), "ABCDEFGHKLMNPRSTW", _LAST.split())
        self._names = (f"{first} {middle}. {last}" for first, middle, last in names)
        self.planted: list[str] = []

    def next(self) -> str:
        """Return a person nobody has met yet."""
        self.planted.append(next(self._names))
        return self.planted[-1]

    def protect(self, texts: list[str]) -> list[list[Edit]]:
        """Give each person who stands in the texts their token."""
        numbers = {name: number for number, name in enumerate(self.planted)}
        pattern = re.compile("|".join(map(re.escape, self.planted)) or r"(?!)")
        return [
            [
                Edit(*found.span(), f"[PERSON_{numbers[found.group()] + 1}QX]")
                for found in pattern.finditer(text)
            ]
            for text in texts
        ]

    def restore(self, texts: list[str]) -> list[list[Edit]]:
        """Give each token in the texts its person."""
        pattern = re.compile(r"[\[{]PERSON_(\d+)QX[\]}]")
        return [
            [Edit(*found.span(), self.planted[int(found[1]) - 1]) for found in pattern.finditer(t)]
            for t in texts
        ]


def plant(data: bytes, name: str, people: People) -> bytes:
    """Return the file with people in it."""
    if data.startswith(b"PK"):
        return _plant_package(data, people)
    if name.endswith((".eml", ".mbox")):
        return _plant_mail(data, people)
    if b"\0" in data[:1000]:
        return data + people.next().encode()
    lines = data.splitlines(keepends=True)
    step = max(len(lines) // _MOST_PER_PART, 1)
    return b"".join(
        line.rstrip(b"\r\n") + b" " + people.next().encode() + b"\n" if n % step == 0 else line
        for n, line in enumerate(lines)
    )


def _plant_package(data: bytes, people: People) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename.endswith((".xml", ".vml")) and "[Content" not in info.filename:
                content = _plant_xml(content, people)
            elif not info.filename.endswith(("/", ".rels", "mimetype", ".xml")):
                content += people.next().encode("utf-16-le") + people.next().encode()
            new.writestr(info.filename, content)
        new.comment = people.next().encode()
    return out.getvalue()


def _plant_xml(content: bytes, people: People) -> bytes:
    """Put a person after some texts, into some attributes and a comment."""
    budget = itertools.count()

    def into_text(found: re.Match[bytes]) -> bytes:
        if next(budget) > _MOST_PER_PART * 3 or len(people.planted) > 1000:
            return found.group()
        return found[1] + b" " + people.next().encode() + b"<"

    def into_attribute(found: re.Match[bytes]) -> bytes:
        if found[1].decode().rpartition(":")[2] in _TEXT_ATTRIBUTES:
            return found[1] + b'="' + people.next().encode() + b'"'
        return found.group()

    planted = re.sub(rb"(>[^<>]*[A-Za-z]{3}[^<>]*)<", into_text, content)
    planted = re.sub(rb'([\w:]+)="[^"<]*"', into_attribute, planted)
    start = planted.rfind(b"</")
    comment = b"<!-- " + people.next().encode() + b" -->"
    return planted[:start] + comment + planted[start:] if start > 0 else planted


def _plant_mail(data: bytes, people: People) -> bytes:
    """Put a person after every header value, and after each line that is plain words."""
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    headers = re.compile(
        rb"^((?:Subject|X-[\w-]+|Received|Comments|Thread-Topic): [^\r\n]*)", re.MULTILINE
    )
    count = itertools.count()
    data = headers.sub(lambda m: m[1] + b" " + people.next().encode(), data)

    def into_line(found: re.Match[bytes]) -> bytes:
        if next(count) % 5:
            return found.group()
        return found[1] + b" " + people.next().encode() + b"."

    data = re.sub(
        rb"^([A-Z][a-z]+(?: [a-z]+){2,}[.,]?)(?=\r?$)", into_line, data, flags=re.MULTILINE
    )
    return data + newline + people.next().encode() + newline


def forms(value: str) -> list[bytes]:
    """Return the byte forms a value could hide in."""
    raw, wide = value.encode(), value.encode("utf-16-le")
    found = [raw, wide, value.encode("utf-16-be"), raw.hex().encode(), quote(value).encode()]
    for data, shift in itertools.product((raw, wide), range(3)):
        packed = b64encode(b"\0" * shift + data)
        found.append(packed[(0, 2, 3)[shift] : (len(data) + shift) * 8 // 6])
    return found


def streams(data: bytes) -> list[bytes]:
    """Return every stream of a file, decoded every way this script knows."""
    found = [data, html.unescape(data.decode("utf-8", "replace")).encode(), unquote_to_bytes(data)]
    found.append(re.sub(rb"<[^>]*>", b"", data))
    found.append(re.sub(rb"\s+", b" ", quopri.decodestring(data)))
    for block in re.findall(rb"(?:[A-Za-z0-9+/]{20,}={0,2}\r?\n?)+", data):
        try:
            found.append(binascii.a2b_base64(block))
        except binascii.Error:
            continue
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            found += [package.comment, *(name.encode() for name in package.namelist())]
            for name in package.namelist():
                found += streams(package.read(name))
    return found


def left_in(data: bytes, planted: list[str]) -> list[str]:
    """Return the people that still stand somewhere."""
    everything = b"\n".join(streams(data))
    if not data.startswith(b"PK"):
        message = email.message_from_bytes(data)
        parts = (part.get_payload(decode=True) for part in message.walk())
        everything += b"\n".join(one for one in parts if isinstance(one, bytes))
    return [value for value in planted if any(form in everything for form in forms(value))]


def main() -> None:
    here = Path(__file__).resolve().parents[3]
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared/data/documents"
    totals = {"files": 0, "safe": 0, "refused": 0, "planted": 0, "left": 0, "restored": 0}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        people = People()
        data = plant(path.read_bytes(), path.name, people)
        totals["files"] += 1
        try:
            safe = sanitise(
                data, path.name, protect=people.protect, known_values=lambda p=people: p.planted
            )
        except MaskwellError as error:
            totals["refused"] += 1
            print(f"{path.name:44} refused: {error}")
            continue
        left = left_in(safe.data, people.planted)
        back = restore(safe.data, safe.name, restore_texts=people.restore)
        totals["safe"] += 1
        totals["planted"] += len(people.planted)
        totals["left"] += len(left)
        totals["restored"] += back.replaced > 0 or safe.replaced == 0
        print(
            f"{path.name:44} {safe.mode:6} planted {len(people.planted):4} "
            f"replaced {safe.replaced:4} left {len(left)} restored {back.replaced}"
        )
    print(" ".join(f"{key} {value}" for key, value in totals.items()))
    sys.exit(totals["left"] > 0)


if __name__ == "__main__":
    main()
