"""Instructions inside a text that is data: what steers a model, and tasks from nowhere.

Two witnesses: phrases that give themselves away (`cues`) and the linear model (`linear`).
Invariant: spans are those of the text as given, whatever folding did to it.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import numpy as np

from maskwell.guard.cues import find_cues
from maskwell.guard.linear import shared_model
from maskwell.guard.spans import Spans
from maskwell.guard.warning import SUSPICIOUS_FROM, GuardWarning, Kind
from maskwell.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.guard.linear import Scores

__all__ = ["find_orders", "order_score"]

ORDER_FROM: Final = 0.33
"""The model's first head is believed from here on; set on documents it did not learn from."""
TASK_FROM: Final = 0.60
"""Likewise for the second head, in a text of up to `_USUAL_STRETCHES`."""
_USUAL_STRETCHES: Final = 20
"""Nineteen in twenty of the documents the threshold was set on are no longer than this."""
_LEAST_WORDS: Final = 3
_LEAST_AROUND: Final = 60
"""A task is foreign only where at least so many characters of other text stand around it."""

_ANSWER: Final = re.compile(
    r"\b(?:answer|repl(?:y|ies)|respon[ds]\w*|output|completion)\b", re.IGNORECASE
)
_CODE: Final = re.compile(
    r"\b(?:code|snippet|codebase|implementation|algorithm|script)\b", re.IGNORECASE
)


def find_orders(untrusted_text: str) -> Iterator[GuardWarning]:
    """Yield the instructions and foreign tasks in a text that should hold none."""
    folded = fold(untrusted_text)
    hits = list(find_cues(folded.text))
    cued = Spans((hit.start, hit.end) for hit in hits)
    for hit in hits:
        start, end = folded.original_span(hit.start, hit.end)
        yield GuardWarning(Kind.INSTRUCTION, start, end, hit.score, hit.reason)
    scores = shared_model().scores(folded.text)
    task_from = _task_from(len(scores.spans))
    suspects = np.flatnonzero((scores.order >= ORDER_FROM) | (scores.task >= task_from))
    for index in suspects.tolist():
        start, end = scores.spans[index]
        if cued.touch(start, end):
            continue
        if warned := _judged(scores, index, folded.text, task_from):
            kind, score, reason = warned
            yield GuardWarning(kind, *folded.original_span(start, end), score, reason)


def order_score(untrusted_text: str) -> float:
    """Return how much a short text by itself is an instruction or a task, from 0 to 1."""
    text = fold(untrusted_text).text
    cue = max((hit.score for hit in find_cues(text)), default=0.0)
    scores = shared_model().scores(text)
    order = _scaled(float(scores.order.max(initial=0.0)), ORDER_FROM)
    task = _scaled(float(scores.task.max(initial=0.0)), TASK_FROM)
    return max(cue, order, task)


def _task_from(stretches: int) -> float:
    """Return the second head's threshold: a long text has more chances to look odd once."""
    usual = math.log(TASK_FROM / (1 - TASK_FROM))
    raised = usual + math.log(max(1.0, stretches / _USUAL_STRETCHES))
    return 1 / (1 + math.exp(-raised))


def _judged(
    scores: Scores, index: int, text: str, task_from: float
) -> tuple[Kind, float, str] | None:
    start, end = scores.spans[index]
    order, task = float(scores.order[index]), float(scores.task[index])
    if text.count(" ", start, end) < _LEAST_WORDS - 1:
        return None
    if order >= ORDER_FROM:
        return Kind.INSTRUCTION, _scaled(order, ORDER_FROM), _why(text[start:end])
    if task >= task_from and len(text) - (end - start) >= _LEAST_AROUND:
        reason = "a task for an assistant that the text around it does not lead to"
        return Kind.FOREIGN_TASK, _scaled(task, task_from), reason
    return None


def _scaled(probability: float, threshold: float) -> float:
    """Map a head's probability so that its threshold becomes `SUSPICIOUS_FROM`."""
    if probability < threshold:
        return SUSPICIOUS_FROM * probability / threshold
    rest = (probability - threshold) / (1 - threshold)
    return SUSPICIOUS_FROM + (1 - SUSPICIOUS_FROM) * rest


def _why(said: str) -> str:
    if _ANSWER.search(said):
        return "it tells a model what its answer must be like"
    if _CODE.search(said):
        return "it wants a piece of code to be part of the answer"
    return "it reads like an order to a model"
