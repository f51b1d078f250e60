"""Looking for people in a file the way a suspicious stranger does, with readers of our own.

Everything a file decodes to is taken apart, again and again: parts of packages, streams and
strings of PDFs, parts of mails, escaped and encoded text, what is inside a picture's file, and
what can be read in it. Each piece is searched for each person in every form this knows.
"""

from __future__ import annotations

import binascii
import codecs
import email
import html
import itertools
import json
import quopri
import re
import zipfile
import zlib
from base64 import b64encode
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

import ahocorasick_rs
import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["forms", "hunted", "left_in", "pieces"]

_DEEPEST = 6
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{20,}\r?\n)+[A-Za-z0-9+/]+={0,2}|[A-Za-z0-9+/]{20,}={0,2}")
_ESCAPED = re.compile(rb'"(?:[^"\\]|\\.)*\\.(?:[^"\\]|\\.)*"')
_LETTERS = re.compile(r"[\W_]+")


def forms(value: str) -> list[tuple[str, bytes]]:
    """Return the byte forms a value could hide in, each with its name."""
    raw, little, big = (value.encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be"))
    found = [("utf-8", raw), ("utf-16-le", little), ("utf-16-be", big)]
    found += [("url", quote(value).encode()), ("url", quote(value, safe="").encode())]
    for data in (raw, little, big):
        found += [("hex", data.hex().encode()), ("hex", data.hex().upper().encode())]
        for shift in range(3):
            packed = b64encode(b"\0" * shift + data)
            found.append(("base64", packed[(0, 2, 3)[shift] : (len(data) + shift) * 8 // 6]))
    return list(dict.fromkeys(found))


def left_in(data: bytes, people: Sequence[str], *, is_seen: bool = False) -> list[str]:
    """Return the people that still stand somewhere in a file.

    Args:
        data: the whole file.
        people: whom to look for.
        is_seen: whether to read the pixels too, of pictures and of each page.
    """
    return list(dict.fromkeys(person for person, _, _ in hunted(data, people, is_seen=is_seen)))


def hunted(
    data: bytes, people: Sequence[str], *, is_seen: bool = False
) -> list[tuple[str, str, str]]:
    """Return (person, where, form) for each find."""
    finder, meanings = _finder(tuple(people))
    found: dict[tuple[str, str, str], None] = {}
    for where, piece in pieces(data):
        for which, _, _ in finder.find_matches_as_indexes(piece):
            person, form = meanings[which]
            found[person, where, form] = None
    for where, text in _seen(data) if is_seen else ():
        shown = _LETTERS.sub("", text).casefold()
        for person in people:
            if _LETTERS.sub("", person).casefold() in shown:
                found[person, where, "pixels"] = None
    return list(found)


@lru_cache(maxsize=4)
def _finder(
    people: tuple[str, ...],
) -> tuple[ahocorasick_rs.BytesAhoCorasick, list[tuple[str, str]]]:
    wanted = [(person, form, needle) for person in people for form, needle in forms(person)]
    finder = ahocorasick_rs.BytesAhoCorasick([needle for _, _, needle in wanted])
    return finder, [(person, form) for person, form, _ in wanted]


def pieces(data: bytes, where: str = "", deep: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield (where, bytes) of everything a file decodes to, itself first."""
    yield where, data
    if deep > _DEEPEST:
        return
    for kind, inner in _inside(data):
        yield from pieces(inner, f"{where}/{kind}", deep + 1)
    yield from ((f"{where}/{kind}", one) for kind, one in _written(data))


def _inside(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files and streams inside a file."""
    if data.startswith(b"PK"):
        yield from _packed(data)
    elif data[:1024].lstrip().startswith(b"%PDF-"):
        yield from _pdf_streams(data)
    elif data.startswith(_PICTURES):
        yield from _picture_notes(data)
    elif b"\0" not in data[:1000]:
        yield from _mail_parts(data)
        for found in _BASE64.finditer(data):
            try:
                yield "base64", binascii.a2b_base64(found.group())
            except binascii.Error:
                continue
    if data[:1] == b"\x78":
        try:
            yield "zlib", zlib.decompressobj().decompress(data, 1 << 24)
        except zlib.error:
            return


def _written(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the same bytes as readers of marked-up and escaped text see them."""
    if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        yield "text", data.decode("utf-16", "replace").encode()
    if b"\0" in data[:1000]:
        return
    bare = re.sub(rb"<[^>]*>", b"", data)
    yield "untagged", bare
    yield "unescaped", html.unescape(bare.decode("utf-8", "replace")).encode()
    yield "attributes", html.unescape(data.decode("utf-8", "replace")).encode()
    yield "unquoted", unquote_to_bytes(data)
    yield "quoted-printable", re.sub(rb"\s+", b" ", quopri.decodestring(data))
    for text in _json_strings(data):
        yield "json", text.encode("utf-8", "surrogatepass")


def _json_strings(data: bytes, deep: int = 0) -> Iterator[str]:
    """Yield strings that are written with escapes, and those inside them."""
    for found in _ESCAPED.finditer(data):
        try:
            text = str(json.loads(found.group().decode("utf-8", "replace")))
        except ValueError:
            continue
        yield text
        if deep < _DEEPEST:
            yield from _json_strings(text.encode("utf-8", "surrogatepass"), deep + 1)


def _packed(data: bytes) -> Iterator[tuple[str, bytes]]:
    if not zipfile.is_zipfile(BytesIO(data)):
        return
    with zipfile.ZipFile(BytesIO(data)) as package:
        yield "comment", package.comment
        for info in package.infolist():
            yield "entry", info.filename.encode() + b"\0" + info.comment + info.extra
            yield info.filename, package.read(info)


def _mail_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    message = email.message_from_bytes(data)
    if not message.keys():
        return
    for part in message.walk():
        for name, value in part.items():
            decoded = email.header.decode_header(value)
            yield f"header {name}", b"".join(itertools.starmap(_word, decoded))
        if isinstance(payload := part.get_payload(decode=True), bytes) and part is not message:
            yield "part", payload


def _word(word: bytes | str, charset: str | None) -> bytes:
    """Return a word of a header in UTF-8, whatever it says it is written in."""
    if isinstance(word, str):
        return word.encode("utf-8", "surrogatepass")
    try:
        return word.decode(charset or "latin-1", "replace").encode("utf-8", "surrogatepass")
    except LookupError:
        return word


def _pdf_streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each object's text and each stream decoded, of the last revision."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for one in itertools.chain(pdf.objects, [pdf.trailer]):
            yield "object", one.unparse(resolved=True)
            if isinstance(one, pikepdf.Stream):
                try:
                    yield "stream", one.read_bytes()
                except pikepdf.PdfError:
                    yield "raw stream", one.read_raw_bytes()
    for start in (found.end() for found in re.finditer(rb"stream\r?\n", data)):
        try:
            yield "revision", zlib.decompressobj().decompress(data[start:], 1 << 24)
        except zlib.error:
            continue
    yield "text", "\n".join(_page_texts(data)).encode("utf-8", "surrogatepass")


def _page_texts(data: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            yield re.sub(r"\s+", " ", pdf[number].get_textpage().get_text_bounded())


def _picture_notes(data: bytes) -> Iterator[tuple[str, bytes]]:
    with Image.open(BytesIO(data)) as picture:
        for key, value in picture.info.items():
            yield str(key), value if isinstance(value, bytes) else str(value).encode()
        for tag, value in picture.getexif().items():
            yield f"exif {tag}", value if isinstance(value, bytes) else str(value).encode()


def _seen(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield what can be read in the pixels of a picture's frames or a PDF's pages."""
    if data.startswith(_PICTURES):
        with Image.open(BytesIO(data)) as picture:
            for number in range(getattr(picture, "n_frames", 1)):
                picture.seek(number)
                yield from _read(picture.copy(), f"frame {number}")
    elif data.startswith(b"%PDF-"):
        with pypdfium2.PdfDocument(data) as pdf:
            for number in range(len(pdf)):
                page = pdf[number].render(scale=1.2).to_pil()
                yield f"page {number}", "\n".join(_ocr(page))


def _read(picture: Image.Image, where: str) -> Iterator[tuple[str, str]]:
    """Yield the writing in a picture held each way round, see-through or not, and its codes."""
    opaque = picture.convert("RGB")
    yield where, "\n".join(code.text for code in zxingcpp.read_barcodes(opaque))
    for turn in (0, 90, 180, 270):
        turned = ImageOps.exif_transpose(opaque).rotate(turn, expand=True)
        yield f"{where} turned {turn}", "\n".join(_ocr(turned))


def _ocr(picture: Image.Image) -> list[str]:
    import numpy as np  # only where pixels are read

    result, _ = _eyes()(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    return [line[1] for line in result or ()]


@lru_cache(maxsize=1)
def _eyes():  # the reader has no types
    from rapidocr_onnxruntime import RapidOCR  # loads its models

    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
