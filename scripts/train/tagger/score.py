"""Strict scores of a model on marked texts: a span counts when label, start and end agree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import torch

from tagger.encode import Encoded, Encoder, decode
from tagger.example import UNSURE, Example
from tagger.fit import collate
from tagger.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.model import Tagger

__all__ = ["Tally", "predict", "score", "table"]

Found = tuple[str, int, int]


class Tally:
    """True and false findings of one label."""

    def __init__(self) -> None:
        self.hit: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.true: Counter[str] = Counter()

    def add(self, example: Example, found: Iterable[Found]) -> None:
        """Count one text; findings over an open stretch or of an unmarked label do not count."""
        spans = [(s.label, s.start, s.end) for s in example.spans]
        truth = {s for s in spans if s[0] in LABELS}
        unsure = [(start, end) for label, start, end in spans if label not in LABELS]
        for item in found:
            if item in truth:
                self.hit[item[0]] += 1
            elif any(item[1] < end and start < item[2] for start, end in unsure):
                continue
            if item[0] in example.known:
                self.found[item[0]] += 1
        self.true.update(label for label, _, _ in truth)

    def figures(self, label: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 of a label."""
        precision = self.hit[label] / max(1, self.found[label])
        recall = self.hit[label] / max(1, self.true[label])
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def predict(model: Tagger, data: list[Encoded], pieces: int = 8192) -> list[list[Found]]:
    """Tag windows; return (label, start, end) of each span, per window."""
    order = sorted(range(len(data)), key=lambda i: len(data[i].ids))
    found: list[list[Found]] = [[] for _ in data]
    group: list[int] = []
    for index in [*order, -1]:
        full = index < 0 or (len(group) + 1) * len(data[index].ids) > pieces
        if full and group:
            _predict_group(model, data, group, found)
            group = []
        group.append(index)
    return found


def _predict_group(model: Tagger, data: list, group: list[int], found: list) -> None:
    ids, shapes, allowed = collate([data[i] for i in group])
    device = model.head.weight.device
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
        scores = model(ids.to(device), shapes.to(device)).float().cpu()
    for row, index in enumerate(group):
        window = scores[row][allowed[row] != 0].numpy()
        words = data[index].words
        for label, first, stop in decode.spans_of(decode.best_tags(window)):
            found[index].append((LABELS[label], words[first][0], words[stop - 1][1]))


def score(model: Tagger, encoder: Encoder, examples: list[Example]) -> Tally:
    """Tag marked texts and count."""
    examples = [e for e in examples if e.text.strip()]
    tally = Tally()
    for example, found in zip(examples, predict(model, encoder.many(examples)), strict=True):
        tally.add(example, found)
    return tally


def table(tallies: dict[str, Tally], labels: tuple[str, ...] = ("PERSON", "PLACE", "ORG")) -> str:
    """Write one line per set: P/R/F of each label."""
    lines = []
    for name, tally in tallies.items():
        cells = [
            f"{label} {p:.3f}/{r:.3f}/{f:.3f}"
            for label in labels
            for p, r, f in [tally.figures(label)]
            if tally.true[label]
        ]
        lines.append(f"{name:12} " + "  ".join(cells))
    return "\n".join(lines)


assert UNSURE not in LABELS
