"""Prints what masking costs in processor time: restoring, streaming, protecting, searching.

Usage: python scripts/bench/masking/speed.py [--entities N]
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from maskwell.detection import Finding
from maskwell.entity_types import EntityType
from maskwell.masking import KnownValues, Restorer, StreamRestorer, protect
from maskwell.masking.linking import tokens_for
from maskwell.paths import Home
from maskwell.policy import Action
from maskwell.vault import FLOOR_KDF, Vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.vault import Scope

WORDS = (
    "the of and to in that it was for on with as at by from this have are not but all were when "
    "there can more if out other some what time up go about than into could state only new year "
    "take come these know see use get like then first any work now may such give over think most "
    "even find day also after way many must look before great back through long where much"
).split()
TYPES = (EntityType.PERSON, EntityType.EMAIL, EntityType.PHONE, EntityType.ORG, EntityType.ID)


def sentence(rng: random.Random, size: int = 12) -> str:
    return " ".join(rng.choices(WORDS, k=size)).capitalize() + "."


def prose(rng: random.Random, size: int, link_every: int = 0) -> str:
    parts: list[str] = []
    total = 0
    while total < size:
        piece = sentence(rng) + ("\n\n" if rng.random() < 0.1 else " ")
        if link_every and rng.randrange(link_every) == 0:
            piece += "See [the page](https://example.com/a?b=c) and `x[0] = y & z`. "
        parts.append(piece)
        total += len(piece)
    return "".join(parts)


def with_tokens(rng: random.Random, text: str, tokens: list[str], every: int) -> str:
    words = text.split(" ")
    for place in range(0, len(words), every):
        words[place] = rng.choice(tokens)
    return " ".join(words)


def cost_s(job: Callable[[], object], at_least_s: float = 0.4) -> float:
    """Return the processor time of one run, which other work on the machine changes least."""
    job()
    runs, begin = 0, time.process_time()
    while (spent := time.process_time() - begin) < at_least_s:
        job()
        runs += 1
    return spent / runs


def surfaces(count: int) -> list[tuple[EntityType, str]]:
    made = []
    for n in range(count):
        entity_type = TYPES[n % len(TYPES)]
        forms = {
            EntityType.PERSON: f"First{n} Last{n}",
            EntityType.EMAIL: f"user{n}@example.com",
            EntityType.PHONE: f"+1 202 555 {n:06d}",
            EntityType.ORG: f"Company {n} Ltd",
        }
        made.append((entity_type, forms.get(entity_type, f"QX{n:08d}")))
    return made


def bench_restoring(table: Table, vault: Vault, scope: Scope, tokens: list[str]) -> None:
    rng = random.Random(7)
    size = 4_000_000
    plain = prose(rng, size)
    linked = prose(rng, size, link_every=8)
    restorer = Restorer(vault, scope)
    texts = {
        "prose without tokens": plain,
        "prose with links and code": linked,
        "a token every 50 words": with_tokens(rng, plain, tokens, 50),
        "a token every 10 words": with_tokens(rng, plain, tokens, 10),
        "a token every 10 words, links and code": with_tokens(rng, linked, tokens, 10),
        "a token every 3 words": with_tokens(rng, plain, tokens, 3),
        "a bare lower-case token every 10 words": with_tokens(
            rng, plain, [token[1:-1].lower() for token in tokens], 10
        ),
    }
    for name, text in texts.items():
        seconds = cost_s(lambda text=text: restorer.restore(text))
        table.add_row(f"restore, {name}", f"{len(text) / seconds / 1e6:.0f} MB/s", "≥ 20 MB/s")
    short = with_tokens(rng, prose(rng, 2000), tokens, 10)
    table.add_row(
        "restore a 2 KB reply", f"{cost_s(lambda: restorer.restore(short)) * 1e3:.2f} ms", ""
    )


def bench_stream(table: Table, vault: Vault, scope: Scope, tokens: list[str]) -> None:
    rng = random.Random(8)
    reply = with_tokens(rng, prose(rng, 20_000, link_every=10), tokens, 15)
    chunks = [reply[place : place + 5] for place in range(0, len(reply), 5)]

    def run() -> None:
        stream = StreamRestorer(vault, scope)
        for chunk in chunks:
            stream.feed(chunk)
        stream.close()

    seconds = cost_s(run) / len(chunks)
    table.add_row("stream, per chunk of 5 characters", f"{seconds * 1e6:.0f} µs", "≤ 50 µs")


def bench_protecting(table: Table, vault: Vault, scope: Scope) -> None:
    rng = random.Random(9)
    values = surfaces(40)
    words = prose(rng, 1400).split(" ")
    for place, (_, surface) in zip(range(3, len(words), 6), values, strict=False):
        words[place] = surface
    text = " ".join(words)
    decided = []
    for entity_type, surface in values:
        start = text.find(surface)
        if start >= 0:
            finding = Finding(
                entity_type=entity_type,
                start=start,
                end=start + len(surface),
                score=1.0,
                recognizer="bench",
            )
            decided.append((finding, Action.TOKEN))
    protect(vault, scope, text, decided)
    table.add_row(
        f"protect {len(text)} characters, {len(decided)} known findings",
        f"{cost_s(lambda: protect(vault, scope, text, decided)) * 1e3:.2f} ms",
        "≤ 1 ms",
    )


def bench_issuing(table: Table, vault: Vault) -> None:
    times = []
    for round_number in range(5):
        scope = vault.scopes.ensure(f"issuing {round_number}")
        begin = time.process_time()
        with vault.transaction():
            tokens_for(vault, scope, surfaces(1000))
        times.append(time.process_time() - begin)
    table.add_row(
        "issue 1,000 tokens in one transaction",
        f"{statistics.median(times) * 1e3:.0f} ms",
        "≤ 150 ms",
    )


def bench_known(table: Table, vault: Vault, scope: Scope) -> None:
    rng = random.Random(10)
    variants = vault.entities.surfaces(scope)
    known = KnownValues(variants)
    text = with_tokens(rng, prose(rng, 100_000), [one.surface for one in variants], 40)[:100_000]
    table.add_row(
        f"find known values in 100 KB, {len(variants)} variants",
        f"{cost_s(lambda: known.find(text)) * 1e3:.1f} ms",
        "≤ 25 ms",
    )
    built = cost_s(lambda: KnownValues(variants))
    table.add_row("  prepare that search", f"{built * 1e3:.0f} ms", "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=10_000)
    count = parser.parse_args().entities
    table = Table("what", "measured", "aim", title=f"Masking, {count:,} entities in the scope")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        with Vault.create(home, "bench bench bench", kdf=FLOOR_KDF) as vault:
            scope = vault.scopes.ensure("bench")
            with vault.transaction():
                issued = tokens_for(vault, scope, surfaces(count))
            tokens = [token.text for token in issued.values()]
            bench_restoring(table, vault, scope, tokens)
            bench_stream(table, vault, scope, tokens)
            bench_protecting(table, vault, scope)
            bench_issuing(table, vault)
            bench_known(table, vault, scope)
    Console().print(table)


if __name__ == "__main__":
    main()
