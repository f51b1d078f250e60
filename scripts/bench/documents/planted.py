"""Plant a different person into every corner of every format, make the files safe, look for them.

    python scripts/bench/documents/planted.py

The files are built here, so the same corners are tried everywhere: templates of text formats,
mails, cards and notebooks, Office files in which each mention of a person, wherever it stands
in the package, becomes a person of its own, PDFs and pictures. The safe copies are taken apart
by readers that no copy is made with; every piece is searched as UTF-8, UTF-16 in both orders,
base64 at three alignments, hexadecimal and for URLs, and the pixels of pages and pictures are
read. Prints one line a file, and the totals; the number left anywhere must be 0.
"""

# ruff: noqa: E501  # a template reads best on one line
from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

_ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(Path(__file__).parent), str(_ROOT / "tests")]

from leaks import People  # noqa: E402  # beside this script

from maskwell.documents import restore, sanitise  # noqa: E402  # after the path is set
from maskwell.errors import MaskwellError  # noqa: E402  # likewise
from support import office_files, outlook_files, planted_pages  # noqa: E402  # the tests' own
from support.hunting import left_in  # noqa: E402  # likewise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MENTION = re.compile(rb"Jane Q\. Doeberry|jane\.doeberry(?:@|%40)example\.com")
_HERE = re.compile(r"\u00a7")
"""Where a template wants a person."""


@dataclass
class Planted:
    """A file with people in it."""

    name: str
    data: bytes
    structures: set[str] = field(default_factory=set)
    """The corners in which they stand."""


TEXTS: dict[str, tuple[str, str]] = {
    "txt body": ("a.txt", "Dear §,\nthis is about §.\n§ said: §\n"),
    "txt joined by signs": ("b.txt", "(§)/[§];<§>|'§'"),
    "markdown link and heading": ("a.md", "# §\n[§](https://example.com)\n> §\n\n| § | x |\n"),
    "source comment and literal": ("a.py", "# by §\nNAME = '§'  # §\n'''§'''\n"),
    "log line": ("a.log", '2026-01-01 INFO user=§ agent="§"\n' * 2),
    "csv quoted": ("a.csv", 'name,note\n"§","said ""§"""\n§,x\n'),
    "csv with semicolons": ("b.csv", "name;note\n§;§\n§;§\n"),
    "tsv": ("a.tsv", "name\tnote\n§\t§\n§\tx\n"),
    "json value": ("a.json", '{"a": "§", "b": ["§", {"c": "§"}]}'),
    "json key": ("b.json", '{"§": 1, "x": {"§": 2}}'),
    "json duplicate keys": ("c.json", '{"a": "§", "a": "§", "a": "§"}'),
    "json in a string": ("d.json", '{"a": "{\\"b\\": \\"§\\", \\"c\\": [\\"§\\"]}"}'),
    "json twice in a string": (
        "e.json",
        '{"a": "{\\"b\\": \\"{\\\\\\"c\\\\\\": \\\\\\"§\\\\\\"}\\"}"}',
    ),
    "jsonl chat": (
        "a.jsonl",
        (
            '{"messages": [{"role": "user", "content": "I am §"}, {"role": "assistant", "tool_calls": '
            '[{"function": {"arguments": "{\\"name\\": \\"§\\"}"}}]}]}\n{"messages": ["§"]}\n'
        ),
    ),
    "yaml scalars": ("a.yaml", "a: §\nb: '§'\nc: \"§\"\nd: [§, x]\n"),
    "yaml blocks": ("b.yaml", "a: |\n  one §\n  two §\nb: >\n  three §\n  four\n"),
    "yaml comments": ("c.yaml", "# §\na: 1  # §\nb: &x 2\n"),
    "yaml keys": ("d.yaml", "§: 1\nx:\n  §: 2\n"),
    "toml": ("a.toml", '# §\na = "§"\nb = \'§\'\n[c]\n"§" = 1\nd = """\n§\n"""\n'),
    "xml text and attribute": ("a.xml", '<a b="§">§<c>§</c>§</a>'),
    "xml comment, section and order": ("b.xml", "<a><!-- § --><![CDATA[§]]><?x §?>t</a>"),
    "html text and attributes": (
        "a.html",
        '<p title="§">§</p><img alt="§" src="x"><a href="#">§</a>',
    ),
    "html hidden": (
        "b.html",
        '<!-- § --><p hidden>§</p><p style="display:none">§</p><title>§</title>',
    ),
    "html scripts": (
        "c.html",
        (
            '<script>var a="§"</script><script type="application/ld+json">{"name":"§"}</script>'
            '<noscript>§</noscript><iframe srcdoc="§"></iframe><p data-x="§" onclick="§">t</p>'
        ),
    ),
    "html split by tags": ("d.html", "<p>§ and §</p><table><tr><td>§<td>§</table>"),
    "html meta and form": (
        "e.html",
        '<meta name="author" content="§"><input value="§" placeholder="§"><textarea>§</textarea>',
    ),
    "svg and styles in html": (
        "f.html",
        "<style>/* § */ p::after{content:'§'}</style><svg><text>§</text></svg><p>§</p>",
    ),
    "mail headers": (
        "a.eml",
        (
            "From: § <a@example.com>\nTo: § <b@example.com>\nSubject: §\nX-Note: §\nMessage-ID: <§>\n"
            "Received: from §\nComments: §\nThread-Topic: §\n\nbody §\n"
        ),
    ),
    "mail boundary, preamble, epilogue": (
        "b.eml",
        'From: a@example.com\nContent-Type: multipart/mixed; boundary="§"\n\n§\n--§1\n'.replace(
            "--§1", "--BOUND"
        )
        + "Content-Type: text/plain\n\nHello §\n--BOUND--\n§\n",
    ),
    "mail folder": (
        "a.mbox",
        "From § Thu Jan  1 00:00:00 1970\nFrom: § <a@example.com>\nSubject: §\n\nHi §\n\n" * 2,
    ),
    "calendar": (
        "a.ics",
        (
            "BEGIN:VCALENDAR\nPRODID:§\nVERSION:2.0\nX-WR-CALNAME:§\nBEGIN:VEVENT\nUID:§\n"
            'ATTENDEE;CN="§":mailto:x@example.com\nSUMMARY:§\nDESCRIPTION:§\nCOMMENT:§\nEND:VEVENT\n'
            "END:VCALENDAR\n"
        ),
    ),
    "contact card": (
        "a.vcf",
        "BEGIN:VCARD\nVERSION:3.0\nFN:§\nN:§;;;;\nNOTE:with §\\, and §\nX-AB:§\nUID:§\nEND:VCARD\n",
    ),
    "rtf text": ("a.rtf", r"{\rtf1\ansi §\par {\b §}\par{\footnote §}{\header §}{\v §}}"),
    "rtf properties and groups": (
        "b.rtf",
        (
            r"{\rtf1\ansi{\info{\author §}{\title §}}{\*\generator §;}{\stylesheet{\s1 §;}}"
            r"{\field{\*\fldinst HYPERLINK §}{\fldrslt §}}{\*\unheard §}{\deleted §}x}"
        ),
    ),
    "notebook": (
        "a.ipynb",
        (
            '{"cells": [{"cell_type": "code", "source": ["a = \'§\'\\n", "# §"], "metadata": '
            '{"x": "§"}, "execution_count": 1, "outputs": [{"output_type": "stream", "name": "stdout", '
            '"text": "§"}]}, {"cell_type": "markdown", "source": "§", "metadata": {}}], "metadata": '
            '{"authors": ["§"], "kernelspec": {"name": "§"}}, "nbformat": 4, "nbformat_minor": 4}'
        ),
    ),
}


def texts(people: People) -> Iterator[Planted]:
    """Yield the text formats, each in UTF-8, and the plain ones in other encodings too."""
    for structure, (name, template) in TEXTS.items():
        for end in ("\n", "\r\n"):
            text = _HERE.sub(lambda _: people.next(), template.replace("\n", end))
            yield Planted(name, text.encode(), {structure})
    for codec in ("utf-16", "utf-8-sig", "cp1252"):
        text = _HERE.sub(lambda _: people.next(), TEXTS["txt body"][1] + "café\n")
        yield Planted(f"{codec}.txt", text.encode(codec), {f"txt in {codec}"})
    escaped = ["".join(f"\\u{ord(c):04x}" for c in people.next()) for _ in range(4)]
    yield Planted(
        "escaped.json",
        _filled('{"a": "§", "§": 1, "b": "{\\"c\\": \\"§\\"}", "d": ["§"]}', escaped).encode(),
        {"json escapes", "json escaped key", "json escapes in a string"},
    )
    payload = b64encode(people.next().encode() * 20).decode()
    yield Planted(
        "payload.json",
        json.dumps({"a": payload, "b": f"data:text/plain;base64,{payload}"}).encode(),
        {"json payload", "json data uri"},
    )
    numeric = "".join(f"&#{ord(c)};" for c in people.next())
    yield Planted("entities.html", f"<p>{numeric}</p>".encode(), {"html character references"})
    word = "".join(f"\\u{ord(c)}?" for c in people.next())
    yield Planted("escapes.rtf", f"{{\\rtf1 {word}}}".encode(), {"rtf escapes"})
    first, rest = people.next().split(" ", 1)
    runs = f"{{\\rtf1 {{\\b {first}}}{{\\i  {rest}}}}}"
    yield Planted("runs.rtf", runs.encode(), {"rtf runs"})


def _filled(template: str, values: list[str]) -> str:
    waiting = iter(values)
    return _HERE.sub(lambda _: next(waiting), template)


def mails(people: People) -> Iterator[Planted]:
    """Yield mails whose parts are encoded, differ, nest, and carry other formats."""
    word = b64encode(people.next().encode()).decode()
    html = b64encode(f"<p>{people.next()}</p><!-- {people.next()} -->".encode()).decode()
    body = (
        f"From: =?utf-8?b?{word}?= <a@example.com>\nSubject: =?utf-8?q?About_"
        f"{people.next().replace(' ', '_')}?=\nMIME-Version: 1.0\n"
        "Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n"
        f"Content-Transfer-Encoding: quoted-printable\n\n{people.next().replace(' ', '=20')} is "
        "other.\n--B\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
        f"{html}\n--B--\n"
    )
    kinds = {"mail encoded words", "mail base64 html other than plain", "mail quoted-printable"}
    yield Planted("encoded.eml", body.encode(), kinds)
    for name, template in (("a.ics", TEXTS["calendar"][1]), ("a.vcf", TEXTS["contact card"][1])):
        inner = b64encode(_HERE.sub(lambda _: people.next(), template).encode()).decode()
        mail = (
            "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
            f"--B\nContent-Type: application/octet-stream\nContent-Disposition: attachment; "
            f'filename="{people.next()}{name[1:]}"\nContent-Transfer-Encoding: base64\n\n{inner}\n'
            f"--B\nContent-Type: message/rfc822\n\nFrom: {people.next()} <x@example.com>\n"
            f"Subject: {people.next()}\n\n{people.next()}\n--B\nContent-Type: application/ms-tnef\n"
            f"Content-Disposition: attachment; filename=winmail.dat\n\n{people.next()}\n--B--\n"
        )
        yield Planted(
            f"with{name}.eml",
            mail.encode(),
            {f"mail with {name[2:]}", "mail in a mail", "winmail.dat", "attachment name"},
        )


def replanted(data: bytes, people: People, kind: str, seen: set[str]) -> bytes:
    """Return a package in which each mention of the one person is a person of its own."""

    def into(found: re.Match[bytes], part: str, content: bytes) -> bytes:
        before = content[: found.start()]
        tag = re.findall(rb"<([\w:]+)", before)[-1:] or [b"bytes"]
        seen.add(f"{kind} {part} {tag[0].decode()}")
        return people.next().encode()

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename != "docProps/app.xml":
                content = _MENTION.sub(lambda m, c=content, p=info.filename: into(m, p, c), content)
            new.writestr(info.filename, content)
    return out.getvalue()


def offices(people: People) -> Iterator[Planted]:
    """Yield a Word file, a workbook and a presentation with someone in every corner."""
    people.planted += [office_files.NAME, office_files.MAIL]
    made: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("docx", office_files.word_file),
        ("pptx", office_files.slide_file),
        ("xlsx", office_files.sheet_file),
    )
    for kind, make in made:
        seen: set[str] = set()
        data = replanted(make(), people, kind, seen) if kind != "xlsx" else _sheet(people, seen)
        yield Planted(f"{people.next()}.{kind}", data, seen | {f"{kind} file name", f"{kind} runs"})


def _sheet(people: People, seen: set[str]) -> bytes:
    """Return the workbook; the one person stays in the sheet's name and the formulas with it."""
    data = office_files.sheet_file()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
    seen.update(f"xlsx {name}" for name in names if name.endswith((".xml", ".vml", ".rels")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename.startswith(
                ("xl/sharedStrings", "xl/pivot", "docProps/core", "xl/comments")
            ):
                content = _MENTION.sub(lambda _: people.next().encode(), content)
            new.writestr(info.filename, content)
    return out.getvalue()


def nests(people: People) -> Iterator[Planted]:
    """Yield containers in containers, and one person in every name a file can have."""
    one = people.next()
    seen: set[str] = set()
    word = replanted(office_files.word_file(), people, "nested docx", seen)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.comment = one.encode()
        info = zipfile.ZipInfo(f"{one}/{people.next()}.docx")
        info.comment = people.next().encode()
        archive.writestr(info, word)
        archive.writestr(f"{one}.txt", f"{one} and {people.next()}")
        archive.writestr("photo.bin", b"\0\1" + people.next().encode("utf-16-le"))
    names = {"zip comment", "zip entry name", "zip entry comment", "zip unknown file"}
    yield Planted(f"{one}.zip", packed.getvalue(), names | seen)
    inner = outlook_files.message(
        f"Re: {people.next()}", people.next(), (people.next(), "a@example.com"), [],
        {f"{one}.zip": packed.getvalue()}, is_inside=True,
    )  # fmt: skip
    outer = outlook_files.message(
        people.next(), f"{people.next()}\n", (people.next(), "b@example.com"),
        [(people.next(), "c@example.com")],
        {f"{people.next()}.csv": f"a,b\n{people.next()},1\n".encode()}, inner=inner,
        html=f"<p>{people.next()}</p>".encode(),
    )  # fmt: skip
    corners = {"subject", "body", "sender", "recipient", "attachment", "html", "message inside"}
    data = outlook_files.compound(outer)
    yield Planted(f"{one}.msg", data, {f"msg {corner}" for corner in corners} | {"msg, zip, docx"})


def pages(people: People) -> Iterator[Planted]:
    """Yield PDFs and pictures, each corner with somebody of its own."""
    for make in (planted_pages.pdfs, planted_pages.pictures):
        for name, data, structures in make(people.next):
            yield Planted(name, data, structures)


def corpus(people: People, *, with_pages: bool = True) -> Iterator[Planted]:
    """Yield every planted file; those whose pixels are read take long."""
    for make in (texts, mails, offices, nests, *([pages] if with_pages else [])):
        yield from make(people)


@dataclass
class Totals:
    """What came of it."""

    files: int = 0
    refused: int = 0
    planted: int = 0
    structures: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    """Where someone was found: the file's place in the corpus and how many."""


def tried(one: Planted, people: People, totals: Totals) -> str:
    """Make one file safe and look for everyone; return the line to print."""
    totals.files += 1
    totals.structures |= one.structures
    totals.planted = len(people.planted)
    try:
        safe = sanitise(
            one.data, one.name, protect=people.protect, known_values=lambda: people.planted
        )
    except MaskwellError as error:
        totals.refused += 1
        return f"refused: {error}"
    left = left_in(safe.data, people.planted, is_seen=True) + [
        n for n in people.planted if n in safe.name
    ]
    if left:
        totals.left.append(f"{totals.files}: {len(left)}")
    back = restore(safe.data, safe.name, restore_texts=people.restore)
    return f"{safe.mode:6} replaced {safe.replaced:3} left {len(left)} restored {back.replaced:3}"


def main() -> None:
    people, totals = People(), Totals()
    for one in corpus(people):
        corners = "; ".join(sorted(one.structures))[:60]
        print(f"{Path(one.name).suffix:7} {corners:60} {tried(one, people, totals)}")
    print(
        f"files {totals.files} structures {len(totals.structures)} planted {totals.planted} "
        f"refused {totals.refused} left {len(totals.left)}"
    )
    sys.exit(bool(totals.left))


if __name__ == "__main__":
    main()
