"""Readers for the public corpora: every format becomes `Example`, every convention ours.

What a corpus marks differently from us is left open (`UNSURE`) rather than taught wrong:
nationalities under MISC, "person" roles in contracts, streets under LOC.
"""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING

from tagger.example import UNSURE, Example, Span
from tagger.labels import GOLD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["held_out", "read_corpus"]

_NAMES = {
    "PER": "PERSON", "LOC": "PLACE", "ORG": "ORG", "MISC": UNSURE, "OTH": UNSURE,
    "person": "PERSON", "location": "PLACE", "group": "ORG", "corporation": "ORG",
    "product": "O", "creative-work": "O", "O": "O",
}  # fmt: skip
_NO_SPACE_BEFORE = re.compile(r"^(?:[,.;:!?%)\]}…]+|n't|'(?:s|m|re|ve|ll|d|S|M)|[’'])$")
_NO_SPACE_AFTER = frozenset("([{#@$£€")
_ROLES = re.compile(
    r"(?i)^(the )?(borrowers?|lenders?|bank|board|terminal|company|corporation|guarantor)$"
)

Word = tuple[str, str]


def held_out(examples: list[Example]) -> frozenset[str]:
    """Return the documents of GUM that no training sees: every sixth, in order of name."""
    return frozenset(sorted({e.document for e in examples if e.source == "gum"})[::6])


def read_corpus(folder: Path, name: str) -> list[Example]:
    """Read one corpus file by its name; documents keep their order."""
    path = folder / name
    if name.startswith("ewt"):
        return list(_read_ewt(path))
    if name.startswith("gum"):
        return list(_read_gum(path))
    rng = random.Random(f"spacing of {name}")
    return [e for e in _read_columns(path, rng) if e.text.strip()]


def _read_ewt(path: Path) -> Iterator[Example]:
    document, text, words = "", "", list[Word]()
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc id = "):
            document = line[14:]
        elif line.startswith("# text = "):
            text = line[9:]
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            words.append((columns[1], columns[2]))
        elif not line and words:
            yield _place(text, words, document, "ewt")
            words = []


def _read_columns(path: Path, rng: random.Random) -> Iterator[Example]:
    source = path.name.split("_")[0].split(".")[0]
    words: list[Word] = []
    document = 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        columns = line.split()
        if columns and columns[0] == "-DOCSTART-":
            document += 1
        elif len(columns) >= 2:
            words.append((columns[0], columns[-1]))
        elif words:
            text = _write_out([w for w, _ in words], tight=rng.random() < 0.6)
            yield _place(text, words, f"{source}{document}", source)
            words = []


def _write_out(words: list[str], *, tight: bool) -> str:
    """Join words; `tight` puts punctuation where a writer would."""
    if not tight:
        return " ".join(words)
    text, glue, open_quote = "", True, False
    for word in words:
        quote = word == '"'
        closing = quote and open_quote
        space = "" if glue or closing or _NO_SPACE_BEFORE.match(word) else " "
        text += space + word
        open_quote ^= quote
        glue = word in _NO_SPACE_AFTER or (quote and not closing)
    return text


def _place(text: str, words: list[Word], document: str, source: str) -> Example:
    """Find the words in the text and turn their tags into spans."""
    spans: list[Span] = []
    at, open_label, before = 0, "", ""
    for word, tag in words:
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        edge, _, name = tag.partition("-")
        label = _NAMES.get(name or "O", "O")
        if before == "@" or word.startswith("@"):
            label, edge = ("USERNAME", "B") if re.match(r"@?\w{2,}$", word) else ("O", "O")
            start -= before == "@" and text[start - 1 : start] == "@"
        if label not in ("O", "") and edge == "I" and open_label == label and spans:
            spans[-1] = Span(spans[-1].start, at, label)
        elif label not in ("O", ""):
            spans.append(Span(start, at, label))
        open_label, before = label, word
    return Example(text, _adjust(text, spans, source), GOLD, source, document)


def _adjust(text: str, spans: list[Span], source: str) -> tuple[Span, ...]:
    """Bring one corpus's habits to ours."""
    kept: list[Span] = []
    for span in spans:
        value = text[span.start : span.end]
        if source == "sec" and _ROLES.match(value.strip('("“')):
            if span.label == "ORG":
                kept.append(Span(span.start, span.end, UNSURE))
        elif span.label == "PLACE" and re.search(r"\d", value):
            kept.append(Span(span.start, span.end, "PLACE|ADDRESS"))
        else:
            kept.append(span)
    return tuple(kept)


def _read_gum(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = [Span(s, e, _NAMES[label]) for s, e, label in row["spans"]]
        for start, end in _lines(row["text"]):
            inside = [
                Span(s.start - start, s.end - start, s.label)
                for s in spans
                if s.start >= start and s.end <= end
            ]
            text = row["text"][start:end]
            yield Example(text, _adjust(text, inside, "gum"), GOLD, "gum", row["id"])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Cut a document at line breaks and sentence ends."""
    start = 0
    for match in re.finditer(r"\n+|(?<=[a-z)\"”][.!?])\s+(?=[A-Z\"“])", text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)
