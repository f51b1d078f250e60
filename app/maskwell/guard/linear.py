"""The guard's own model: how much each stretch of a text reads like an order to a machine.

Two logistic regressions over hashed features (`features`), made by `scripts/train/guard`.
Head 0 knows what steers an answer, head 1 what people ask assistants to do. Nothing of the
text is kept between calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from maskwell.guard.features import features_of, stretches_of
from maskwell.paths import asset

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maskwell.guard.features import Features

__all__ = ["LinearModel", "Scores", "shared_model"]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the two heads think of every stretch of a text; all three have one length."""

    spans: list[tuple[int, int]]
    """Characters of each stretch."""
    order: NDArray[np.float64]
    """How sure that it steers a model's answer, 0 to 1."""
    task: NDArray[np.float64]
    """How sure that it is a task somebody would give an assistant, 0 to 1."""


class LinearModel:
    """Scores the stretches of a text in time linear in its length."""

    def __init__(self, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        """Take weights of shape `(2, buckets)` and biases of shape `(2,)`."""
        # Both heads of a bucket lie side by side: one look fetches both.
        self._weights = np.ascontiguousarray(weights.T)
        self._bias = bias

    @classmethod
    def shipped(cls) -> LinearModel:
        """Return the model that comes with Maskwell."""
        data = BytesIO(asset("guard", "orders.npz").read_bytes())
        with np.load(data, allow_pickle=False) as stored:
            weights = stored["weights"] * stored["step"][:, None]
            return cls(weights, stored["bias"])

    def scores(self, text: str) -> Scores:
        """Return what the heads think of every stretch of `text`, in order."""
        stretches = stretches_of(text)
        count = len(stretches)
        if not count:
            return Scores([], np.zeros(0), np.zeros(0))
        features = features_of(stretches)
        total = self._totals(features, stretches.first)
        lengths = np.diff(np.append(stretches.first, len(stretches.words)))
        order, task = _sigmoid(total / np.sqrt(_sizes(lengths, features))[:, None] + self._bias).T
        return Scores(stretches.spans, order, task)

    def _totals(self, features: Features, first: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the sum of both heads' weights for every stretch, shape `(stretches, 2)`."""
        words = np.zeros((len(features.place), 2), dtype=np.float64)
        for hashed, least in features.by_word:
            weighed = self._weights[hashed]
            weighed[features.place < least] = 0
            words += weighed
        total = np.add.reduceat(words, first, axis=0)
        for hashed in features.by_stretch:
            total += self._weights[hashed]
        return np.asarray(total)


def _sizes(lengths: NDArray[np.int64], features: Features) -> NDArray[np.int64]:
    """Return how many features each stretch has, at least eight."""
    counted = [np.maximum(lengths - least, 0) for _, least in features.by_word]
    return np.asarray(np.maximum(np.sum(counted, axis=0) + len(features.by_stretch), 8))


def _sigmoid(value: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.maximum(value, -40))))


@cache
def shared_model() -> LinearModel:
    """Return the shipped model, read once per process."""
    return LinearModel.shipped()
