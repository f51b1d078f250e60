"""Prints what stand-ins cost and how true they are: 10,000 values, collisions, replies restored.

Usage: python scripts/bench/surrogates/figures.py [--entities N] [--scopes N]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from maskwell.detection import Finding
from maskwell.entity_types import EntityType as T
from maskwell.masking import Restorer, StreamRestorer, protect
from maskwell.masking.surrogates.figures import luhn_digit
from maskwell.paths import Home
from maskwell.policy import Action
from maskwell.vault import FLOOR_KDF, Vault

if TYPE_CHECKING:
    from maskwell.vault import Scope

SYLLABLES = "ba be bo da de do fa fe ga go ha he ka ke ko la le lo ma me mo na ne no".split()


def word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=3)).capitalize() + rng.choice("nrlmt")


def card(rng: random.Random) -> str:
    body = "4" + "".join(rng.choices("0123456789", k=14))
    digits = body + luhn_digit(body)
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def values(count: int) -> list[tuple[T, str]]:
    rng = random.Random(11)
    first = [word(rng) for _ in range(600)]
    last = [word(rng) for _ in range(2000)]
    made: dict[tuple[T, str], None] = {}
    while len(made) < count:
        name = f"{rng.choice(first)} {rng.choice(last)}"
        year, month, day = rng.randint(1950, 2020), rng.randint(1, 12), rng.randint(1, 28)
        kinds = {
            T.PERSON: name,
            T.EMAIL: f"{name.lower().replace(' ', '.')}@{word(rng).lower()}.com",
            T.PHONE: f"+1 {rng.randint(201, 989)} {rng.randint(2000000, 9999999)}",
            T.ORG: f"{word(rng)} {rng.choice(('Ltd', 'Inc', 'GmbH'))}",
            T.CARD: card(rng),
            T.ID: f"{rng.randint(100, 899)}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}",
            T.DATE: f"{year}-{month:02}-{day:02}",
            T.IP: f"10.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}",
        }
        for kind, value in kinds.items():
            made[kind, value] = None
    return list(made)[:count]


def sent_for(vault: Vault, scope: Scope, chosen: list[tuple[T, str]]) -> tuple[str, str, int]:
    """Protect all values in one text; return it, what leaves, and how many left as tokens."""
    pieces, decided, place = [], [], 0
    for kind, value in chosen:
        finding = Finding(
            entity_type=kind, start=place, end=place + len(value), score=1.0, recognizer="bench"
        )
        decided.append((finding, Action.SURROGATE))
        pieces.append(value)
        place += len(value) + 3
    text = " ; ".join(pieces)
    protected = protect(vault, scope, text, decided)
    tokens = sum(one.action is Action.TOKEN for one in protected.findings)
    return text, protected.text, tokens


def bench_many(table: Table, vault: Vault, count: int) -> None:
    scope = vault.scopes.ensure("many")
    chosen = values(count)
    begin = time.process_time()
    text, sent, tokens = sent_for(vault, scope, chosen)
    seconds = time.process_time() - begin
    forms = {one.form.casefold() for one in vault.stand_ins.all(scope)}
    real = {value.casefold() for _, value in chosen}
    table.add_row(f"choose and keep stand-ins for {count:,} values", f"{seconds:.1f} s", "")
    table.add_row("values that have none and leave as tokens", f"{tokens:,}", "")
    table.add_row("stand-ins that are real values", f"{len(forms & real)}", "0")
    begin = time.process_time()
    restored = Restorer(vault, scope).restore(sent)
    seconds = time.process_time() - begin
    table.add_row("all restored exactly", str(restored.text == text), "True")
    table.add_row("  first time, the search made ready", f"{seconds * 1e3:.0f} ms", "")
    prose = prose_with(vault, scope, 4_000_000)
    Restorer(vault, scope).restore(prose[:1000])
    begin = time.process_time()
    Restorer(vault, scope).restore(prose)
    seconds = time.process_time() - begin
    speed = f"{len(prose) / seconds / 1e6:.1f} MB/s"
    table.add_row("restore prose, a stand-in every 40 words", speed, "")
    stream = StreamRestorer(vault, scope)
    chunks = [prose[at : at + 5] for at in range(0, 50_000, 5)]
    begin = time.process_time()
    for chunk in chunks:
        stream.feed(chunk)
    stream.close()
    seconds = (time.process_time() - begin) / len(chunks)
    table.add_row("stream, per chunk of 5 characters", f"{seconds * 1e6:.0f} µs", "≤ 50 µs")


def prose_with(vault: Vault, scope: Scope, size: int) -> str:
    rng = random.Random(12)
    forms = [one.form for one in vault.stand_ins.all(scope)]
    words = "the of and to in that it was for on with as at by from this have are not but".split()
    made: list[str] = []
    length = 0
    while length < size:
        made.append(rng.choice(forms) if len(made) % 40 == 0 else rng.choice(words))
        length += len(made[-1]) + 1
    return " ".join(made)


def bench_replies(table: Table, vault: Vault, scopes: int) -> None:
    sys.path.insert(0, str(Path(__file__).parents[3] / "tests"))
    from masking.replies import REPLIES  # the corpus of the tests
    from masking.test_replies import STAYING, filled, sent_words

    right = total = 0
    for number in range(scopes):
        scope = vault.scopes.ensure(f"replies {number}")
        words = sent_words(vault, scope)
        for name, reply in REPLIES:
            came = filled(reply, words, 1)
            wanted = came if name in STAYING else filled(reply, words, 0)
            right += Restorer(vault, scope).restore(came).text == wanted
            total += 1
    what = f"{len(REPLIES)} replies as models write them, {scopes} scopes: exact"
    table.add_row(what, f"{right:,} of {total:,}", "all")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--scopes", type=int, default=20)
    given = parser.parse_args()
    table = Table("what", "measured", "aim", title="Stand-ins")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        with Vault.create(home, "bench bench bench", kdf=FLOOR_KDF) as vault:
            bench_many(table, vault, given.entities)
            bench_replies(table, vault, given.scopes)
    Console().print(table)


if __name__ == "__main__":
    main()
