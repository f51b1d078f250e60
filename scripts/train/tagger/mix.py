"""What an epoch is made of: the corpora, seen a little differently each time.

Sentences stand alone or together as in their document; a part is written in lower or upper
case; contractions that a corpus tore apart are put together again.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from synth.clean import clean_text
from synth.code_lines import code_text
from synth.fill import fill, read_templates
from synth.noise import Edit, edited, roughened
from synth.people import Person
from synth.places import city
from synth.wordlists import words

from tagger.example import Example, join, upper_or_lower

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["corpus_epoch", "silent_epoch", "synthetic_epoch"]

_RENAMED = frozenset({"PERSON", "PLACE"})
_TORN = re.compile(r"(?<=\w) (?=(?:n't|'(?:s|m|re|ve|ll|d|S|M))\b)")


def corpus_epoch(
    corpus: list[Example], rng: random.Random, *, again: float, renamed_part: float
) -> Iterator[Example]:
    """Yield the corpora once, part of their web text again, and people under other names.

    Args:
        corpus: the sentences of all corpora, documents together.
        rng: decides everything that varies.
        again: the part of the web documents that comes a second time.
        renamed_part: the part of the sentences with people that comes with other names.
    """
    yield from gold_epoch(corpus, rng)
    documents = sorted({e.document for e in corpus if e.source == "ewt"})
    web = {name for name in documents if rng.random() < again}
    yield from gold_epoch([e for e in corpus if e.document in web], rng)
    for example in gold_epoch(corpus, rng):
        if rng.random() < renamed_part and _RENAMED.intersection(s.label for s in example.spans):
            yield renamed(example, rng)


def gold_epoch(corpus: list[Example], rng: random.Random) -> Iterator[Example]:
    """Yield every sentence of the corpora once, alone or with its neighbours."""
    for document, sentences in groupby(corpus, key=lambda e: (e.source, e.document)):
        source = document[0]
        parts = list(sentences)
        if source in ("ewt", "gum", "wikigold"):
            together = _together(parts, rng)
        elif source in ("btc", "wnut17") and rng.random() < 0.3:
            together = _together(rng.sample(parts, len(parts)), rng)
        else:
            together = iter(parts)
        for example in together:
            yield _written(example, rng)


def _together(parts: list[Example], rng: random.Random) -> Iterator[Example]:
    at = 0
    while at < len(parts):
        count = 1 if rng.random() < 0.55 else rng.randint(2, 8)
        group, size = [], 0
        for part in parts[at : at + count]:
            if group and size + len(part.text) > 720:
                break
            group.append(part)
            size += len(part.text)
        at += len(group)
        yield join(group, rng.choice((" ", " ", "\n", "\n\n")))


def _written(example: Example, rng: random.Random) -> Example:
    """Vary how a text is written, never what it says."""
    if rng.random() < 0.7:
        example = edited(example, [(*m.span(), "") for m in _TORN.finditer(example.text)])
    dice = rng.random()
    if dice < 0.12:
        return upper_or_lower(example, upper=False)
    return upper_or_lower(example, upper=True) if dice < 0.16 else example


def renamed(example: Example, rng: random.Random) -> Example:
    """Give the people of a real sentence other names, of any country, and towns other towns."""
    edits: list[Edit] = []
    cast: dict[str, Person] = {}
    for span in example.spans:
        value = example.text[span.start : span.end]
        if span.label == "PLACE" and (place := _elsewhere(value, rng)):
            edits.append((span.start, span.end, place))
        if span.label != "PERSON" or not value[0].isalpha():
            continue
        person = cast.setdefault(value.split()[-1], Person(rng))
        parts = len(value.split())
        form = rng.choice(("first", "last")) if parts == 1 else "full" if parts == 2 else "middle"
        name = str(getattr(person, form))
        name = name.lower() if value.islower() else name.upper() if value.isupper() else name
        edits.append((span.start, span.end, name))
    return edited(example, edits)


def _elsewhere(place: str, rng: random.Random) -> str:
    """Return another town for a town and another country for a country; "" for what is neither."""
    for kind, draw in (("city", city), ("country", _country)):
        if place in words(kind):
            return draw(rng)
    return ""


def _country(rng: random.Random) -> str:
    return rng.choice(words("country"))


def synthetic_epoch(folder: Path, per_template: int, rng: random.Random) -> Iterator[Example]:
    """Fill every template some times, roughen the texts, and let some run together."""
    waiting: list[Example] = []
    for kind, templates in read_templates(folder):
        for template in templates:
            short = len(template) < 80
            for _ in range(per_template if short or len(template) < 500 else per_template * 2 // 3):
                example = roughened(fill(template, rng, kind), rng)
                if short and rng.random() < 0.3:
                    waiting.append(example)
                else:
                    yield example
    rng.shuffle(waiting)
    while waiting:
        count = rng.randint(2, 4)
        group, waiting = waiting[:count], waiting[count:]
        yield join(group, rng.choice(("\n", "\n\n", " ", "\n---\n")))


def silent_epoch(size: int, rng: random.Random) -> Iterator[Example]:
    """Yield texts with nobody in them, code most of all."""
    for _ in range(size):
        text = clean_text(rng) if rng.random() < 0.6 else code_text(rng)
        yield upper_or_lower(text, upper=rng.random() < 0.5) if rng.random() < 0.08 else text
