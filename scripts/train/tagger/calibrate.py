"""The least score per label, chosen on development sets and on clean text."""

from __future__ import annotations

from tagger.labels import LABELS

__all__ = ["THRESHOLDS"]

THRESHOLDS: dict[str, float] = dict.fromkeys(LABELS, 0.5)
