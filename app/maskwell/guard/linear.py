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

    def __init__(self, weights: NDArray[np.float64], bias: NDArray[np.float64]) -> None:
        """Take weights of shape `(2, buckets)` and biases of shape `(2,)`."""
        self._weights = weights
        self._bias = bias

    @classmethod
    def shipped(cls) -> LinearModel:
        """Return the model that comes with Maskwell."""
        data = BytesIO(asset("guard", "orders.npz").read_bytes())
        with np.load(data, allow_pickle=False) as stored:
            weights = stored["weights"].astype(np.float64) * stored["step"][:, None]
            return cls(weights, stored["bias"].astype(np.float64))

    def scores(self, text: str) -> Scores:
        """Return what the heads think of every stretch of `text`, in order."""
        stretches = stretches_of(text)
        count = len(stretches)
        if not count:
            return Scores([], np.zeros(0), np.zeros(0))
        buckets, owner = features_of(stretches)
        scale = 1 / np.sqrt(np.maximum(np.bincount(owner, minlength=count), 8))
        order, task = (
            _sigmoid(np.bincount(owner, self._weights[h][buckets], count) * scale + self._bias[h])
            for h in (0, 1)
        )
        return Scores(stretches.spans, order, task)


def _sigmoid(value: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.maximum(value, -40))))


@cache
def shared_model() -> LinearModel:
    """Return the shipped model, read once per process."""
    return LinearModel.shipped()
