"""Check the hand-written training templates before anything is generated from them.

A misspelt slot would otherwise surface as literal braces in the training text, and a copied
sentence would silently narrow the set, so every file must parse against the one slot vocabulary
and no two templates may say nearly the same thing. Prints counts per file and per slot; exits
with 1 when a template is malformed or nearly repeats another.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
NEAR = 0.6  # Jaccard overlap of word triples from which two templates count as the same
SMALLEST_COMPARED = 8  # triples; shorter templates agree by chance


def _words(text: str) -> frozenset[str]:
    """Return the set of space-separated words."""
    return frozenset(text.split())


LABELS = _words(
    "PERSON PLACE ADDRESS ORG USERNAME DOB DATE AGE ID VEHICLE BANK SECRET GROUP HEALTH"
)
_PRIVATE_PEOPLE = _words(
    "full first last last_first initial_last first_initial middle nick initials informal any "
    "user handle word_first word_last word_full low low_last low_full up_last up_full letter"
)
_OPEN_PEOPLE = _words("title email mail phone")
_ORGS = _words("name short hospital school gov bank law shop any")
_ADDRESSES = _words("line street block partial postcode")
_PRIVATE = _words(
    "city country state region city_state landmark nationality_place dob date age age.words "
    "id.mrn id.passport id.licence id.employee id.insurance id.tax id.national id.member "
    "id.student id.plate id.vin id.spoken id.bank_account id.sort_code secret.password "
    "secret.pin secret.passphrase secret.spoken secret.answer nationality nationality_plural "
    "religion religion_plural politics ethnicity orientation condition medication procedure "
    "news_agency newspaper band firm_like_name town_like_name"
)
_OPEN = _words(
    "phone email url ip mac card iban uuid hash path amount time product brand_word month "
    "weekday version order_no ticket_no invoice_no sku count percent measure code_ident "
    "class_name function_name file_name heading job_title department language_name book_title "
    "law_name chess method_name colour animal food pantry common_name_word "
    "pet_name storm_name ship_name ticker car_make song exclamation sky_name chart_word unix_word "
    "team_word greeting eponym"
)
_SLOT = re.compile(r"\{\{([^{}\n]*)\}\}")
_LITERAL = re.compile(r"\[\[([A-Z]+)\|([^\[\]|]+)\]\]")
_NUMBERED = re.compile(r"([poa])([1-9])\.(\w+)")
_HANDLES = {"p": 6, "o": 4, "a": 3}


@dataclass(frozen=True, slots=True)
class Template:
    """One template: where it starts (1-based line) and its text."""

    file: str
    line: int
    text: str


def read(path: Path) -> list[Template]:
    """Split one UTF-8 template file at its ``%%`` lines, leaving out the comments at its top."""
    lines = path.read_text(encoding="utf-8").split("\n")
    top = next((i for i, line in enumerate(lines) if not line.startswith("# ")), len(lines))
    found: list[Template] = []
    start = top
    for number in range(top, len(lines) + 1):
        if number < len(lines) and lines[number] != "%%":
            continue
        text = "\n".join(lines[start:number]).strip("\n")
        if text or number < len(lines):
            found.append(Template(path.name, start + 1, text))
        start = number + 1
    return found


def is_private(slot: str) -> bool | None:
    """Whether a slot is filled with a labelled value; None when no such slot exists."""
    numbered = _NUMBERED.fullmatch(slot)
    if numbered is None:
        return True if slot in _PRIVATE else False if slot in _OPEN else None
    kind, number, part = numbered.groups()
    private, open_parts = {
        "p": (_PRIVATE_PEOPLE, _OPEN_PEOPLE),
        "o": (_ORGS, frozenset()),
        "a": (_ADDRESSES, frozenset()),
    }[kind]
    if int(number) > _HANDLES[kind] or part not in private | open_parts:
        return None
    return part in private


def faults(template: Template) -> list[str]:
    """Say, one sentence each, what keeps a template from being filled."""
    text = template.text
    if not text.strip():
        return ["is empty"]
    said = [f"unknown slot {s!r}" for s in _SLOT.findall(text) if is_private(s) is None]
    said += [f"unknown label {n!r}" for n, _ in _LITERAL.findall(text) if n not in LABELS]
    rest = _LITERAL.sub("", _SLOT.sub("", text))
    said += [f"stray {mark!r}" for mark in ("{{", "[[") if mark in rest]
    return said


def is_clean(template: Template) -> bool:
    """Whether nothing in the template is private: a hard negative."""
    return not _LITERAL.search(template.text) and not any(
        is_private(slot) for slot in _SLOT.findall(template.text)
    )


def triples(template: Template) -> frozenset[tuple[str, ...]]:
    """Word triples of the template, with every slot and literal standing for one word."""
    text = _LITERAL.sub(" _ ", _SLOT.sub(" _ ", template.text))
    words = re.findall(r"\w+", text.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def near_duplicates(templates: list[Template]) -> list[tuple[Template, Template, float]]:
    """Pairs whose word triples overlap by ``NEAR`` or more."""
    shapes = [triples(template) for template in templates]
    pairs = []
    for i, left in enumerate(shapes):
        for j in range(i):
            small, large = sorted((len(left), len(shapes[j])))
            if small < SMALLEST_COMPARED or small < NEAR * large:
                continue
            shared = len(left & shapes[j])
            overlap = shared / (small + large - shared)
            if overlap >= NEAR:
                pairs.append((templates[j], templates[i], overlap))
    return pairs


def _print_counts(templates: list[Template], *, slots: bool) -> None:
    """Print templates and hard negatives per file and, when asked, uses per slot."""
    total, clean = Counter(t.file for t in templates), Counter()
    clean.update(t.file for t in templates if is_clean(t))
    for file, count in sorted(total.items()):
        print(f"{file:32} {count:4} templates, {clean[file]:4} hold nothing private")
    print(f"{'all':32} {total.total():4} templates, {clean.total():4} hold nothing private")
    if slots:
        used = Counter(s for t in templates for s in _SLOT.findall(t.text))
        used.update(f"[[{name}]]" for t in templates for name, _ in _LITERAL.findall(t.text))
        print(*(f"{count:5}  {slot}" for slot, count in used.most_common()), sep="\n")


def main() -> int:
    """Check every template file and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--slots", action="store_true", help="also count the uses of every slot")
    options = parser.parse_args()
    templates = [t for path in sorted(TEMPLATES.glob("*.txt")) for t in read(path)]
    _print_counts(templates, slots=options.slots)
    wrong = [f"{t.file}:{t.line} {said}" for t in templates for said in faults(t)]
    wrong += [
        f"{b.file}:{b.line} nearly repeats {a.file}:{a.line} ({overlap:.2f})"
        for a, b, overlap in near_duplicates(templates)
    ]
    print(*wrong, sep="\n")
    return 1 if wrong or not templates else 0


if __name__ == "__main__":
    sys.exit(main())
