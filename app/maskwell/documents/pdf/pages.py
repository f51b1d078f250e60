"""One page as it was read: its glyphs in lines, its lines in passages, and why to distrust it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maskwell.documents.paragraphs import Block, Row, blocks
from maskwell.documents.pdf.annotations import Drawing, appearances, full_matrix
from maskwell.documents.pdf.matrices import IDENTITY, Matrix
from maskwell.documents.pdf.placing import Line, Placed, lines_of, placed
from maskwell.documents.pdf.shown import Content, Glyph, Picture, Use

if TYPE_CHECKING:
    from maskwell.documents.pdf.sources import PdfFile
    from maskwell.documents.pictures.seeing import SeenLine

__all__ = ["PageText", "letter_counts", "page_text"]

_MANY_CURVES = 80
_DEEPEST = 20


@dataclass(slots=True, eq=False)
class PageText:
    """What one page shows."""

    number: int
    page: Any
    content: Content
    drawings: list[Drawing]
    lines: list[Line]
    blocks: list[Block]
    pictures: list[tuple[Picture, Matrix]]
    all_letters: Counter[str]
    """Letters and digits of the page's own streams, hidden ones too."""
    visible_letters: Counter[str]
    distrust: set[str] = field(default_factory=set)
    """Why what the page's text says may not be what it shows; empty when it is."""
    wants_look: bool = False
    """Whether it draws what may be words and is not text."""
    has_outlines: bool = False
    """Whether it draws as many curves as outlined words would."""
    seen: list[SeenLine] = field(default_factory=list)
    """What was read by looking."""
    seen_blocks: list[Block] = field(default_factory=list)


def page_text(file: PdfFile, number: int, page: Any) -> PageText:
    """Read a page and what its annotations draw."""
    content = file.page(page)
    drawings = list(appearances(page.obj))
    contents = [(content, IDENTITY)]
    contents += [(file.stream(one.form), full_matrix(one)) for one in drawings]
    glyphs: list[Placed] = []
    pictures: list[tuple[Picture, Matrix]] = []
    own = 0
    for one, matrix in contents:
        for thing in placed(one, matrix, file.form):
            if isinstance(thing, Placed):
                glyphs.append(thing)
            else:
                pictures.append(thing)
        own = own or len(glyphs)
    visible = letter_counts("".join([one.glyph.text or "" for one in glyphs[:own]]))
    lines = lines_of([one for one in glyphs if one.glyph.text is not None])
    made = PageText(
        number, page.obj, content, drawings, lines, list(blocks(map(_row, lines))), pictures,
        _all_letters(content, file), visible,
    )  # fmt: skip
    if any(one.glyph.text is None for one in glyphs):
        made.distrust.add("a font that cannot be read")
    everything = _everything(contents, file)
    if any(one.trouble for one in everything):
        made.distrust.add("text drawn in a way that is not followed")
    if any(one.paints_patterns for one in everything):
        made.wants_look = True
    curves = sum(one.curves for one in everything)
    made.has_outlines = made.wants_look or curves > _MANY_CURVES
    made.wants_look = made.has_outlines or bool(pictures)
    return made


def letter_counts(text: str) -> Counter[str]:
    """Count the letters and digits of a text."""
    return Counter({sign: count for sign, count in Counter(text).items() if sign.isalnum()})


def _everything(contents: list[tuple[Content, Matrix]], file: PdfFile) -> list[Content]:
    """Return the contents with all forms inside them, each once."""
    found: dict[int, Content] = {}
    waiting = [content for content, _ in contents]
    while waiting:
        content = waiting.pop()
        if id(content) not in found:
            found[id(content)] = content
            waiting += [file.form(one) for one in content.order if isinstance(one, Use)]
    return list(found.values())


def _all_letters(content: Content, file: PdfFile, depth: int = 0) -> Counter[str]:
    found = letter_counts("".join([
        part.text or ""
        for show in content.shows.values() for part in show.parts if isinstance(part, Glyph)
    ]))  # fmt: skip
    for one in content.order:
        if isinstance(one, Use) and depth < _DEEPEST:
            found += _all_letters(file.form(one), file, depth + 1)
    return found


def _row(line: Line) -> Row:
    text: list[str] = []
    owners: list[tuple[Any, ...]] = []
    for item in line.items:
        shown = (item.glyph.text or "") if item else " "
        shown = shown.replace("\n", " ").replace("\r", " ")
        text.append(shown)
        owners += [(item,) if item else ()] * len(shown)
    turn = (round(line.along[0], 2), round(line.along[1], 2))
    return Row("".join(text), owners, line.start, line.end, line.base, line.size, turn)
