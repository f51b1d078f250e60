"""Plant people into every structure of real files, make the files safe, look for the people.

    python scripts/bench/documents/leaks.py [FOLDER]

FOLDER (default: ../shared/data/documents beside the checkout) is walked. Into each file go
values of our own: into the text, listed attributes, comments and bytes of every part of a
package; into every header, name and body of a mail; between the lines of a text; on the
first pages, into notes, properties, attachments and private keys of a PDF; into the pixels of a
picture and beside them. The safe copy is then taken apart by readers that no copy is made with,
and every piece is searched as UTF-8, UTF-16 in both orders, base64 at three alignments,
hexadecimal and for URLs; pixels are read, too. One line a file, and the totals: the number left
anywhere must be 0.
"""

from __future__ import annotations

import itertools
import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests"))

from maskwell.documents import Edit, restore, sanitise  # after the path is set
from maskwell.errors import MaskwellError  # likewise
from support.hunting import left_in  # likewise

_FIRST = "Ingeborg Casimir Leopold Mirabel Ottokar Philippa Quirin Rosamund Tiberius Wilhelmina"
_LAST = "Abendroth Birkenfeld Castellane Drummond Eisenhart Falkenrath Grosvenor Hollenbeck"
_TEXT_ATTRIBUTES = {"descr", "title", "author", "displayName", "tooltip", "prompt", "alt"}
_MOST_PER_PART = 12
_MOST_PAGES = 3
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")


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
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _plant_pdf(data, people)
    if data.startswith(_PICTURES):
        return _plant_picture(data, people)
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


def _plant_pdf(data: bytes, people: People) -> bytes:
    """Put people on the first pages and everywhere beside them."""
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PdfError:
        return data
    with pdf:
        for page in pdf.pages[:_MOST_PAGES]:
            _plant_page(pdf, page, people)
        pdf.docinfo[Name.Author] = people.next()
        pdf.docinfo[Name("/Matter")] = people.next()
        with pdf.open_metadata() as metadata:
            metadata["dc:description"] = people.next()
        pdf.attachments["note.txt"] = people.next().encode()
        pdf.Root[Name("/Private")] = pdf.make_stream(people.next().encode("utf-16"))
        out = BytesIO()
        pdf.save(out)
    return out.getvalue() + f"% {people.next()}\n".encode()


def _plant_page(pdf: pikepdf.Pdf, page: pikepdf.Page, people: People) -> None:
    """Put people into a page's text, its marked content, a note, and keys of its own."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    name = page.add_resource(pdf.make_indirect(font), Name.Font)
    lines = (
        f"q BT {name} 11 Tf 40 40 Td ({people.next()}) Tj 0 14 Td ({people.next()}) Tj ET Q\n"
        f"/Span <</ActualText ({people.next()}) /Alt ({people.next()})>> BDC EMC\n"
        f"q BT {name} 11 Tf 3 Tr 40 70 Td ({people.next()}) Tj ET Q\n% {people.next()}\n"
    )
    page.contents_add(lines.encode())
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=people.next(),
        T=people.next(), RC=f"<p>{people.next()}</p>",
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", ()), pdf.make_indirect(note)])
    page.obj.PieceInfo = Dictionary(Demo=Dictionary(Private=people.next()))


def _plant_picture(data: bytes, people: People) -> bytes:
    """Write people below a picture, and into what its file holds beside its pixels."""
    with Image.open(BytesIO(data)) as old:
        kind = str(old.format)
        font = ImageFont.load_default(26)
        wide = max(old.width, 560)
        picture = Image.new("RGB", (wide, old.height + 60), "white")
        picture.paste(old.convert("RGB"))
    ImageDraw.Draw(picture).text((20, picture.height - 48), people.next(), "black", font)
    exif, out = Image.Exif(), BytesIO()
    exif[0x010E], exif[0x013B] = people.next(), people.next()
    more = {"comment": people.next().encode()} if kind == "JPEG" else {}
    picture.save(out, kind, exif=exif, **more)
    return out.getvalue() + people.next().encode()


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
        left = left_in(safe.data, people.planted, is_seen=True)
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
