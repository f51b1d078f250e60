"""What happens to text on its way: typing, scanning, quoting, wrapping, folding of case.

Every change keeps the spans on the characters they mark.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from tagger.example import Example, Span, upper_or_lower

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

__all__ = ["Edit", "edited", "roughened"]

_CURLY = {"'": ("’", "‘"), '"': ("”", "“"), "-": ("–", "–")}
Edit = tuple[int, int, str]
"""Replace the characters from start to end by a text."""
_NEXT_KEY = {
    "a": "sq",
    "b": "vn",
    "c": "xv",
    "d": "sf",
    "e": "wr",
    "f": "dg",
    "g": "fh",
    "h": "gj",
    "i": "uo",
    "j": "hk",
    "k": "jl",
    "l": "ko",
    "m": "n",
    "n": "bm",
    "o": "ip",
    "p": "o",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "u": "yi",
    "v": "cb",
    "w": "qe",
    "y": "tu",
    "z": "x",
}
_MISREAD = {
    "l": "1I|",
    "I": "l1",
    "O": "0Q",
    "o": "0c",
    "S": "5",
    "s": "5",
    "B": "8",
    "e": "c",
    "c": "e",
    "h": "b",
    "u": "v",
    "n": "ri",
    "m": "rn",
    "g": "9q",
    "t": "f",
    "a": "o",
    "i": "l",
    ".": ",",
    ",": ".",
}


def edited(example: Example, edits: list[Edit]) -> Example:
    """Apply edits that are sorted and do not overlap; spans that vanish are dropped."""
    if not edits:
        return example
    text, at = "", 0
    shifts: list[tuple[int, int, int, int]] = []
    for start, end, new in edits:
        text += example.text[at:start]
        shifts.append((start, end, len(text), len(text) + len(new)))
        text += new
        at = end
    text += example.text[at:]

    def moved(place: int, *, is_end: bool) -> int:
        delta = 0
        for start, end, new_start, new_end in shifts:
            if place < start or (place == start and (is_end or start != end)):
                break
            if place < end:
                return new_end if is_end else new_start
            delta = new_end - end
        return place + delta

    spans = (
        Span(moved(s.start, is_end=False), moved(s.end, is_end=True), s.label)
        for s in example.spans
    )
    return replace(example, text=text, spans=tuple(s for s in spans if s.end > s.start))


def roughened(example: Example, rng: random.Random) -> Example:
    """Write a text as it may really arrive; about half come through unchanged."""
    if rng.random() < 0.35:
        example = rng.choice(_LAYOUTS)(example, rng)
    if rng.random() < 0.3:
        example = rng.choice(_HANDS)(example, rng)
    dice = rng.random()
    if dice < 0.13:
        return upper_or_lower(example, upper=False)
    if dice < 0.19:
        return upper_or_lower(example, upper=True)
    return _lower_names(example, rng) if dice < 0.24 else example


def _inside(example: Example, place: int, labels: str) -> bool:
    return any(s.start <= place < s.end and s.label in labels.split() for s in example.spans)


def _curly(example: Example, rng: random.Random) -> Example:
    """Use the marks that word processors put; sometimes read in the wrong encoding."""
    open_quote = re.compile(r"(?:^|(?<=[\s(\[]))[\"']")
    opening = {m.start() for m in open_quote.finditer(example.text)}
    wrong = rng.random() < 0.25
    edits: list[Edit] = []
    for match in re.finditer(r"[\"']|(?<= )-(?= )", example.text):
        at, mark = match.start(), match.group()
        new = _CURLY[mark][at in opening]
        edits.append((at, at + 1, _misdecoded(new) if wrong else new))
    return edited(example, edits)


def _wrong_encoding(example: Example, _rng: random.Random) -> Example:
    """Read UTF-8 as if it were Windows-1252."""
    marks = [(at, c) for at, c in enumerate(example.text) if 0x7F < ord(c) < 0x2100]
    return edited(example, [(at, at + 1, _misdecoded(c)) for at, c in marks])


def _misdecoded(text: str) -> str:
    return text.encode().decode("cp1252", errors="replace")


def _typos(example: Example, rng: random.Random) -> Example:
    edits: list[Edit] = []
    rate = rng.choice((0.01, 0.015, 0.02))
    for at, letter in enumerate(example.text[:-1]):
        if not letter.isalpha() or rng.random() > rate or (edits and edits[-1][1] > at):
            continue
        after = example.text[at + 1]
        near = rng.choice(_NEXT_KEY.get(letter.lower(), letter))
        options = [(at, at + 1, ""), (at, at + 1, letter * 2), (at, at + 1, near)]
        if after.isalpha():
            options.append((at, at + 2, after + letter))
        edits.append(rng.choice(options))
    return edited(example, edits)


def _misread(example: Example, rng: random.Random) -> Example:
    rate = rng.choice((0.01, 0.03, 0.05))
    edits = [
        (at, at + 1, rng.choice(_MISREAD[c]))
        for at, c in enumerate(example.text)
        if c in _MISREAD and rng.random() < rate
    ]
    return _wrapped(edited(example, edits), rng)


def _wrapped(example: Example, rng: random.Random) -> Example:
    """Break lines at a width, inside names and addresses too."""
    width, start, edits = rng.randint(28, 76), 0, list[Edit]()
    for match in re.finditer(r"[ \n]", example.text):
        if match.group() == "\n":
            start = match.end()
        elif match.start() - start >= width:
            edits.append((match.start(), match.end(), "\n"))
            start = match.end()
    return edited(example, edits)


def _quoted(example: Example, rng: random.Random) -> Example:
    """Put a quote mark before each line, as replies do."""
    mark = rng.choice(("> ", ">", ">> ", "| ", "- ", "* ", "    ", "\t", "# ", "// ", "-- "))
    starts = [0, *(m.end() for m in re.finditer("\n", example.text))]
    return edited(example, [(at, at, mark) for at in starts])


def _joined(example: Example, _rng: random.Random) -> Example:
    """Lose the line breaks."""
    breaks = list(re.finditer(r" *\n+ *", example.text))
    return edited(example, [(m.start(), m.end(), " ") for m in breaks])


def _broken_addresses(example: Example, rng: random.Random) -> Example:
    """Put each part of an address on its own line."""
    gap = rng.choice(("\n", "\n", ",\n", " / "))
    commas = [m for m in re.finditer(r", ", example.text) if _inside(example, m.start(), "ADDRESS")]
    return edited(example, [(m.start(), m.end(), gap) for m in commas])


def _unspaced(example: Example, rng: random.Random) -> Example:
    """Lose or double spaces around punctuation."""
    edits = [
        (match.start(), match.end(), rng.choice(("", "  ", "\t")))
        for match in re.finditer(r"(?<=[,:;]) ", example.text)
        if rng.random() < 0.5
    ]
    return edited(example, edits)


def _unpunctuated(example: Example, _rng: random.Random) -> Example:
    marks = list(re.finditer(r"[,.!?;:](?=\s|$)", example.text))
    return edited(example, [(m.start(), m.end(), "") for m in marks])


def _plain_letters(example: Example, _rng: random.Random) -> Example:
    """Write without accents."""
    text = "".join(
        unicodedata.normalize("NFD", c)[0] if ord(c) < 0x250 else c for c in example.text
    )
    return replace(example, text=text)


def _lower_names(example: Example, rng: random.Random) -> Example:
    """Lower the names alone (or capitalise all words), as hasty writers do."""
    if rng.random() < 0.4:
        text = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", _capitalised, example.text)
        return replace(example, text=text) if len(text) == len(example.text) else example
    edits = [
        (s.start, s.end, example.text[s.start : s.end].lower())
        for s in example.spans
        if s.label in ("PERSON", "PLACE", "ORG")
    ]
    return edited(example, edits)


def _capitalised(word: re.Match[str]) -> str:
    """Return a word with one capital at its start: "Don't", where `str.title` says "Don'T"."""
    return word[0][0].upper() + word[0][1:].lower()


def _cropped(example: Example, rng: random.Random) -> Example:
    """Keep little or nothing around one span."""
    if not example.spans:
        return example
    span = rng.choice(example.spans)
    before = max(0, span.start - rng.choice((0, 0, 5, 15, 30)))
    after = min(len(example.text), span.end + rng.choice((0, 0, 5, 15, 30)))
    while before > 0 and example.text[before - 1].isalnum():
        before -= 1
    while after < len(example.text) and example.text[after].isalnum():
        after += 1
    for other in example.spans:
        if other.start < before < other.end:
            before = other.start
        if other.start < after < other.end:
            after = other.end
    kept = edited(example, [(0, before, ""), (after, len(example.text), "")])
    return replace(kept, spans=tuple(s for s in kept.spans if s.end > s.start))


_LAYOUTS: tuple[Callable[[Example, random.Random], Example], ...] = (
    _wrapped,
    _quoted,
    _joined,
    _joined,
    _broken_addresses,
    _broken_addresses,
    _cropped,
    _cropped,
)
_HANDS: tuple[Callable[[Example, random.Random], Example], ...] = (
    _typos,
    _typos,
    _misread,
    _unspaced,
    _unpunctuated,
    _plain_letters,
    _curly,
    _curly,
    _wrong_encoding,
)
