"""From scores per word to labelled spans: the best tag sequence that is well formed.

Tags are BIOES in a fixed order: O first, then B, I, E, S of each label. A sequence is well
formed when every B or I is followed by I or E of the same label. The decoder finds the most
probable such sequence; where each word's own best tag already forms one, that is it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

__all__ = ["best_tags", "label_probabilities", "spans_of"]

_B, _I, _E, _S = range(4)
_NEVER: Final = np.float32(-1e9)


def best_tags(scores: Floats) -> Ints:
    """Return the best well-formed tag sequence of one window.

    Args:
        scores: log scores (words, tags); only differences within a word matter.
    """
    greedy: Ints = scores.argmax(axis=1)
    return greedy if _well_formed(greedy) else _viterbi(scores)


def _well_formed(tags: Ints) -> bool:
    """Tell whether every span that opens is continued and closed by its own label."""
    edge, label = (tags - 1) % 4, (tags - 1) // 4
    inside = tags > 0
    opens = inside & (edge <= _I)
    continues = inside & ((edge == _I) | (edge == _E))
    if opens[-1] or continues[0]:
        return False
    if not np.array_equal(opens[:-1], continues[1:]):
        return False
    return bool((label[:-1] == label[1:])[opens[:-1]].all())


def _viterbi(scores: Floats) -> Ints:
    """Exact search in O(words x tags): between words only "free" or "inside label" matters."""
    words, tags = scores.shape
    labels = (tags - 1) // 4
    edges = scores[:, 1:].reshape(words, labels, 4)
    free, inside = 0.0, np.full(labels, _NEVER, np.float32)
    freeing = np.zeros(words, np.int64)
    opening = np.zeros((words, labels), np.bool_)
    # Which tag is best for a word alone does not hang on what came before it.
    alone = np.concatenate((scores[:, :1], edges[:, :, _S]), axis=1)
    best_alone = alone.argmax(axis=1).tolist()
    gain_alone = alone.max(axis=1).tolist()
    begins, continues, closes = edges[:, :, _B], edges[:, :, _I], edges[:, :, _E]
    for at, (tag, gain) in enumerate(zip(best_alone, gain_alone, strict=True)):
        close = inside + closes[at]
        e = int(close.argmax())
        begin, go_on = begins[at] + free, inside + continues[at]
        opening[at] = begin >= go_on
        inside = np.maximum(begin, go_on)
        if free + gain >= close[e]:
            freeing[at] = 4 * tag - 3 + _S if tag else 0
            free += gain
        else:
            freeing[at] = 1 + 4 * e + _E
            free = float(close[e])
    return _walk_back(freeing, opening)


def _walk_back(freeing: Ints, opening: NDArray[np.bool_]) -> Ints:
    """Read the best sequence from its end."""
    tags = np.zeros(len(freeing), np.int64)
    at = len(freeing) - 1
    while at >= 0:
        tags[at] = freeing[at]
        if tags[at] == 0 or (tags[at] - 1) % 4 == _S:
            at -= 1
            continue
        label = int(tags[at] - 1) // 4
        at -= 1
        while not opening[at, label]:
            tags[at] = 1 + 4 * label + _I
            at -= 1
        tags[at] = 1 + 4 * label + _B
        at -= 1
    return tags


def label_probabilities(scores: Floats) -> Floats:
    """Return P(label) per word, whatever its edge: (words, labels)."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    shifted /= shifted.sum(axis=1, keepdims=True)
    summed: Floats = shifted[:, 1:].reshape(len(scores), -1, 4).sum(axis=2)
    return summed


def spans_of(tags: Ints) -> list[tuple[int, int, int]]:
    """Return (label index, first word, word after the last) of each span."""
    spans: list[tuple[int, int, int]] = []
    start = 0
    for at in np.flatnonzero(tags).tolist():
        label, edge = divmod(int(tags[at]) - 1, 4)
        if edge in (_B, _S):
            start = at
        if edge in (_E, _S):
            spans.append((label, start, at + 1))
    return spans
