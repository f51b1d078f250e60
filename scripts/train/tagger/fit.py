"""The training loop: partial-label loss, length buckets, averaged weights.

Each scored word has a set of allowed tags; the loss is the negative log of their summed
probability, so an exact annotation gives plain cross-entropy and an open one less.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from tagger.labels import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.encode import Encoded
    from tagger.model import Tagger

__all__ = ["Plan", "batches", "collate", "fit"]

_FOLLOW_EVERY = 5
"""Steps between updates of the running average; each reads all weights."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train."""

    pieces_per_batch: int = 2048
    """Word pieces in a batch, padding included."""
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.95
    """Each layer below the top learns this much slower than the one above it."""
    warmup: float = 0.06
    smoothing: float = 0.99
    """Decay of the running average of the weights, per update; the average is what is kept."""
    save_every: int = 400
    seed: int = 20


def batches(data: list[Encoded], pieces: int, rng: random.Random) -> list[list[Encoded]]:
    """Group windows of like length, in random order."""
    order = sorted(data, key=lambda e: len(e.ids) + rng.random() * 6)
    groups: list[list[Encoded]] = [[]]
    for window in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(window.ids) > pieces:
            groups.append([])
        groups[-1].append(window)
    rng.shuffle(groups)
    return groups


def collate(group: list[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """Pad windows into (ids, shapes, allowed bits as int64)."""
    longest = max(len(e.ids) for e in group)
    ids = np.zeros((len(group), longest), np.int64)
    shapes = np.zeros_like(ids)
    allowed = np.zeros_like(ids)
    for row, window in enumerate(group):
        size = len(window.ids)
        ids[row, :size] = window.ids
        shapes[row, :size] = window.shapes
        allowed[row, :size] = window.allowed.view(np.int64)
    return torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(allowed)


def partial_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Negative log probability of the allowed tags, averaged over scored words."""
    scored = allowed != 0
    scores, allowed = scores[scored].float(), allowed[scored]
    bits = torch.arange(len(TAGS), device=scores.device)
    barred = (allowed[:, None] >> bits) & 1 == 0
    good = scores.masked_fill(barred, -1e9).logsumexp(-1)
    return (scores.logsumexp(-1) - good).mean()


def fit(
    model: Tagger,
    epochs: Iterator[list[Encoded]],
    total_pieces: int,
    plan: Plan,
    folder: Path,
    *,
    check: Callable[[Tagger], str] | None = None,
    device: str = "cpu",
) -> Tagger:
    """Train until the epochs end; return the model with its averaged weights.

    Args:
        model: the tagger to train, changed in place.
        plan: how long and how hard.
        device: where to train, in torch's words.
        epochs: each epoch's windows, made afresh so that augmentation differs.
        total_pieces: word pieces in all epochs together, for the learning-rate schedule.
        check: called after each epoch on the averaged model; its line is printed.
        folder: where the running average is kept every `save_every` steps.
    """
    rng = random.Random(plan.seed)
    model.to(device)
    optimizer = torch.optim.AdamW(_groups(model, plan), weight_decay=0.01, fused=True)
    peaks = [group["lr"] for group in optimizer.param_groups]
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    done, step, started = 0, 0, time.monotonic()
    for number, data in enumerate(epochs, 1):
        recent = 0.0
        model.train()
        for group in batches(data, plan.pieces_per_batch, rng):
            part = done / total_pieces
            scale = min(1.0, part / plan.warmup) * max(0.02, _decay(part, plan.warmup))
            for parameters, peak in zip(optimizer.param_groups, peaks, strict=True):
                parameters["lr"] = peak * scale
            loss = _step(model, optimizer, group, device)
            recent = loss if step == 0 else 0.99 * recent + 0.01 * loss
            done += sum(len(e.ids) for e in group)
            step += 1
            if step % _FOLLOW_EVERY == 0:
                _follow(average, model, min(plan.smoothing, (1 + step) / (10 + step)))
            if step % plan.save_every == 0:
                torch.save(average, folder / "average.pt")
                speed = done / (time.monotonic() - started)
                print(
                    f"step {step} part {part:.3f} loss {recent:.4f} {speed:.0f} pieces/s",
                    flush=True,
                )
        if check is not None:
            print(f"epoch {number}: {_checked(model, average, check)}", flush=True)
    model.load_state_dict(average)
    torch.save(average, folder / "average.pt")
    return model


def _decay(part: float, warmup: float) -> float:
    """Cosine from 1 after the warm-up to 0 at the end."""
    return 0.5 + 0.5 * math.cos(math.pi * min(1.0, max(0.0, (part - warmup) / (1 - warmup))))


def _step(model: Tagger, optimizer: torch.optim.Optimizer, group: list, device: str) -> float:
    ids, shapes, allowed = (t.to(device) for t in collate(group))
    with torch.autocast(device, torch.bfloat16):
        scores = model(ids, shapes)
    loss = partial_loss(scores, allowed)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def _follow(average: dict[str, Tensor], model: Tagger, decay: float) -> None:
    """Move the average a little towards the weights."""
    kept = list(average.values())
    torch._foreach_lerp_(
        kept, [v.detach() for v in model.state_dict().values()], 1 - decay
    )  # the fused form has no public name


def _checked(model: Tagger, average: dict[str, Tensor], check: Callable[[Tagger], str]) -> str:
    """Run the check on the averaged weights, then put the training weights back."""
    current = {k: v.detach().clone() for k, v in model.state_dict().items()}
    model.load_state_dict(average)
    model.eval()
    line = check(model)
    model.load_state_dict(current)
    return line


def _groups(model: Tagger, plan: Plan) -> list[dict]:
    """Give lower layers a lower rate; the new parts learn fastest."""
    depth = len(model.layers)
    groups = [
        {"params": [*model.head.parameters(), *model.shapes.parameters()], "lr": plan.head_rate}
    ]
    for index, layer in enumerate(model.layers):
        rate = plan.rate * plan.layer_decay ** (depth - 1 - index)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    low = [*model.words.parameters(), *model.positions.parameters(), *model.norm.parameters()]
    groups.append({"params": [*low, model.kind], "lr": plan.rate * plan.layer_decay**depth})
    return groups
