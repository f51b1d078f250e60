"""How much of a PDF's first page changes outside what was covered.

    python scripts/bench/documents/pages.py [FOLDER]

FOLDER (default: ../shared/data/documents beside the checkout) is walked for PDFs. In each one a
word of the first page is taken for a name, the file is made safe, and the first page before and
after is drawn and compared: a pixel counts as changed when a channel differs by more than 64 of
255; pixels within the boxes of the replaced words do not count.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from maskwell.documents import Edit, sanitise
from maskwell.errors import MaskwellError

_DOTS_PER_INCH = 100
_NOTICEABLE = 64
_MOST_CHANGED = 0.05


def first_page(data: bytes) -> tuple[Image.Image, str]:
    """Return the first page drawn, and its text."""
    pdf = pypdfium2.PdfDocument(data)
    pdf.init_forms()
    page = pdf[0]
    picture = page.render(scale=_DOTS_PER_INCH / 72).to_pil().convert("RGB")
    text = page.get_textpage().get_text_range()
    pdf.close()
    return picture, text


def boxes_of(data: bytes, word: str) -> list[tuple[float, float, float, float]]:
    """Return where a word stands on the first page, in pixels."""
    pdf = pypdfium2.PdfDocument(data)
    page = pdf[0]
    words, found, height = page.get_textpage(), [], page.get_height()
    search, scale = words.search(word), _DOTS_PER_INCH / 72
    while (place := search.get_next()) is not None:
        start, count = place
        chars = [words.get_charbox(start + n) for n in range(count)]
        left, low = min(c[0] for c in chars), min(c[1] for c in chars)
        right, high = max(c[2] for c in chars), max(c[3] for c in chars)
        found.append((left * scale - 3, (height - high) * scale - 6,
                      right * scale + 3, (height - low) * scale + 6))  # fmt: skip
    return found


def changed(before: Image.Image, after: Image.Image, boxes: list[tuple[float, ...]]) -> float:
    """Return the share of pixels outside the boxes that changed."""
    if after.size != before.size:
        after = after.resize(before.size)
    difference = ImageChops.difference(before, after)
    draw = ImageDraw.Draw(difference)
    for box in boxes:
        draw.rectangle(box, fill=(0, 0, 0))
    channels = [one.point(lambda v: 255 if v > _NOTICEABLE else 0) for one in difference.split()]
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return most.histogram()[255] / (before.width * before.height)


def compare(path: Path) -> float | None:
    """Print what became of one file; return the changed share, None when it was refused."""
    data = path.read_bytes()
    try:
        before, text = first_page(data)
        word = next(iter(re.findall(r"[A-Za-z]{5,}", text)), "")
        pattern = re.compile(re.escape(word) if word else r"(?!)")
        safe = sanitise(
            data, path.name,
            protect=lambda texts: [
                [Edit(*m.span(), "[PERSON_1QX]") for m in pattern.finditer(t)] for t in texts
            ],
            known_values=lambda: [word] if word else [],
        )  # fmt: skip
    except (MaskwellError, pypdfium2.PdfiumError) as error:
        print(f"{path.name:44} refused: {error}")
        return None
    if safe.mode == "text":
        print(f"{path.name:44} text")
        return None
    share = changed(before, first_page(safe.data)[0], boxes_of(data, word))
    print(f"{path.name:44} {safe.mode:8} changed {share:7.2%}  {', '.join(safe.dropped)}")
    return share


def main() -> None:
    here = Path(__file__).resolve().parents[3]
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared/data/documents"
    files = sorted(folder.rglob("*.pdf"))
    shares = [compare(path) for path in files]
    kept = sum(share is not None and share <= _MOST_CHANGED for share in shares)
    print(f"files {len(files)} with at most {_MOST_CHANGED:.0%} changed {kept}")


if __name__ == "__main__":
    main()
