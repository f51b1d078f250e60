"""Fit the guard's linear model: two logistic regressions over hashed features.

    python scripts/train/guard/fit.py --data FOLDER [--out assets/guard/orders.npz]

FOLDER holds `ner/ewt_train.iob2`, `ner/gum_open.jsonl`, `ner/wnut17_train.conll`,
`ner/btc_train.conll` and `ner/sec_train.conll`. Sentences of our own (`texts/`) are planted
into ordinary text; the model learns to tell the planted stretches from the others. Head 0
("orders") learns what steers a model's answer, head 1 ("tasks") what a stranger would ask an
assistant to do. A minute or two on one core.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "app"), str(Path(__file__).parent)]

import corpora  # noqa: E402  # found through the line above
from expand import Sentences  # noqa: E402  # likewise

from maskwell.guard.features import BITS, features_of, flat, stretches_of  # noqa: E402  # likewise

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADS = {"answer": 0, "code": 0, "override": 0, "task": 1}
KINDS = ("answer", "answer", "code", "override", "task", "task", "task")
SNIPPET = ("import os", "x = load(path)", "for row in rows:", "    send(row)", "print(total)")


@dataclass
class Rows:
    """Training rows: buckets of every row one after another, and a label and weight a head."""

    buckets: list[np.ndarray] = field(default_factory=list)
    owners: list[np.ndarray] = field(default_factory=list)
    labels: list[np.ndarray] = field(default_factory=list)
    weights: list[np.ndarray] = field(default_factory=list)
    count: int = 0

    def add(self, text: str, planted: list[tuple[int, int, int]]) -> None:
        """Add every stretch of `text`; `planted` has (start, end, head) of what was put in."""
        stretches = stretches_of(text)
        if not len(stretches):
            return
        buckets, owner = flat(features_of(stretches))
        label = np.zeros((len(stretches), 2), dtype=np.float32)
        weight = np.ones((len(stretches), 2), dtype=np.float32)
        seen: set[int] = set()
        for number, (start, end) in enumerate(stretches.spans):
            for plant in planted:
                if start < plant[1] and plant[0] < end:
                    if text.count(" ", start, end) < 2:
                        weight[number] = 0
                        continue
                    self._label(label[number], weight[number], plant, seen)
        self.buckets.append(buckets)
        self.owners.append(owner + self.count)
        self.labels.append(label)
        self.weights.append(weight)
        self.count += len(stretches)

    @staticmethod
    def _label(
        label: np.ndarray, weight: np.ndarray, plant: tuple[int, int, int], seen: set[int]
    ) -> None:
        """The first stretch of a plant is an order; what follows it may be anything.

        A task by itself steers no answer, so it counts against head 0; an order may hold a
        task, so it says nothing to head 1.
        """
        weight[:] = 0
        weight[0] = plant[2] == 1 and plant[0] not in seen
        if plant[0] not in seen:
            label[plant[2]] = weight[plant[2]] = 1
            seen.add(plant[0])


def ordinary(data: Path, rng: random.Random) -> Iterator[list[str]]:
    """Yield pieces of ordinary documents, none of them from a half that is held back."""
    documents = list(corpora.web(data / "ner/ewt_train.iob2"))
    for text in corpora.articles(data / "ner/gum_open.jsonl", held_back=False):
        documents += [corpora.sentences(text)] * 2
    for name, size in (("wnut17_train", 4), ("btc_train", 4), ("sec_train", 8)):
        documents += corpora.columns(data / f"ner/{name}.conll", size)
    for _, source in corpora.modules(held_back=False):
        documents += [corpora.sentences(text) for text in corpora.docstrings(source)]
        documents.append(source.splitlines()[:300])
    plain = Sentences("plain", rng)
    documents += [[plain.draw() for _ in range(rng.randint(3, 12))] for _ in range(6000)]
    rng.shuffle(documents)
    for document in documents:
        at = 0
        while at < len(document):
            size = rng.choice((3, 5, 8, 12, 20, 40))
            yield document[at : at + size]
            at += size


def planted(
    piece: list[str], makers: dict[str, Sentences], rng: random.Random
) -> tuple[str, list[tuple[int, int, int]]]:
    """Put one sentence somewhere into a piece; return the text and where it stands."""
    kind = rng.choice(KINDS)
    sentence = makers[kind].dressed()
    if kind == "code":
        body = "\n".join(rng.choices(SNIPPET, k=rng.randint(1, 5)))
        sentence += rng.choice((f"\n```\n{body}\n```", f"\n{body}", ""))
    glue = rng.choice(("\n", "\n", " "))
    at = rng.choice((0, len(piece), rng.randint(0, len(piece))))
    before = " ".join(piece[:at]) if rng.random() < 0.5 else "\n".join(piece[:at])
    after = " ".join(piece[at:]) if rng.random() < 0.5 else "\n".join(piece[at:])
    if glue == " " and before and before[-1] not in ".!?":
        glue = "\n"
    start = len(before) + len(glue) if before else 0
    text = (before + glue if before else "") + sentence + (glue + after if after else "")
    return text, [(start, start + len(sentence), HEADS[kind])]


def gather(data: Path, seed: int) -> Rows:
    """Return the training rows."""
    rng = random.Random(seed)
    makers = {kind: Sentences(kind, rng) for kind in HEADS}
    rows = Rows()
    for piece in ordinary(data, rng):
        rows.add(rng.choice((" ", "\n")).join(piece), [])
        for _ in range(2):
            if rng.random() < 0.8:
                rows.add(*planted(piece, makers, rng))
    return rows


def fit(rows: Rows, seed: int, *, epochs: int, decay: float) -> tuple[np.ndarray, np.ndarray]:
    """Return weights `(2, 2**BITS)` and biases `(2,)`, by Adagrad on small batches."""
    buckets, owners = np.concatenate(rows.buckets), np.concatenate(rows.owners)
    order = np.argsort(owners, kind="stable")
    buckets, owners = buckets[order], owners[order]
    starts = np.searchsorted(owners, np.arange(rows.count + 1))
    labels, importance = np.concatenate(rows.labels), np.concatenate(rows.weights)
    size = 1 << BITS
    weights, squares = np.zeros((2, size)), np.full((2, size), 1e-6)
    bias = np.full(2, -4.0)
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(rows.count), max(1, rows.count // 512)):
            lengths = starts[batch + 1] - starts[batch]
            index = np.repeat(starts[batch], lengths) + _ramp(lengths)
            mine, owner = buckets[index], np.repeat(np.arange(len(batch)), lengths)
            scale = 1 / np.sqrt(np.maximum(lengths, 8))
            for head in (0, 1):
                total = np.bincount(owner, weights[head][mine], len(batch)) * scale + bias[head]
                error = (1 / (1 + np.exp(-total)) - labels[batch, head]) * importance[batch, head]
                slope = np.bincount(mine, (error * scale)[owner], size) / len(batch)
                slope += decay * weights[head] * (slope != 0)
                squares[head] += slope * slope
                weights[head] -= 0.3 * slope / np.sqrt(squares[head])
                bias[head] -= 0.05 * error.mean()
    return weights, bias


def _ramp(lengths: np.ndarray) -> np.ndarray:
    ends = np.cumsum(lengths)
    return np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)


def ship(weights: np.ndarray, bias: np.ndarray, out: Path) -> None:
    """Write the model with weights as 8-bit steps."""
    step = np.abs(weights).max(axis=1) / 127
    small = np.round(weights / step[:, None]).astype(np.int8)
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out, weights=small, step=step.astype(np.float32), bias=bias.astype(np.float32)
    )


def main() -> None:
    """Fit and ship."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "assets/guard/orders.npz")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--decay", type=float, default=1e-6)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    rows = gather(options.data, options.seed)
    positive = np.concatenate(rows.labels).sum(axis=0)
    print(f"{rows.count} stretches, {positive[0]:.0f} orders, {positive[1]:.0f} tasks")
    weights, bias = fit(rows, options.seed, epochs=options.epochs, decay=options.decay)
    ship(weights, bias, options.out)
    print(f"{options.out.name}: {options.out.stat().st_size} bytes, bias {bias.round(2)}")


if __name__ == "__main__":
    main()
