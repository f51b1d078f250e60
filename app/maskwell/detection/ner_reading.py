"""Reading windows with the model: word pieces in, labelled stretches of characters out."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maskwell.detection import ner_windows
from maskwell.detection.edges import trimmed
from maskwell.detection.ner_decode import best_tags, label_probabilities, spans_of
from maskwell.detection.ner_features import SPECIAL, shape_of
from maskwell.detection.ner_windows import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from maskwell.detection.ner_model import Model

__all__ = ["Found", "read_short", "read_windows"]

_MOST_PIECES: Final = 256
"""Word pieces in one window, beyond which it is split."""
_SHORT_PIECES: Final = range(14, 41)
_SHORT_AT_ONCE: Final = 4
"""Short windows of one length read as one: more would share one scale too coarsely."""
_MOST_THREADS: Final = min(4, os.cpu_count() or 1)

_NAMES: Final = frozenset({"PERSON", "PLACE", "ORG", "ADDRESS"})

Found = tuple[str, int, int, float]
"""Label, start and end in characters of the whole text, mean probability."""


@dataclass(frozen=True, slots=True)
class _Piecewise:
    """One window as the model reads it; positions are characters of the whole text."""

    window: Window
    ids: list[int]
    shapes: list[int]
    first: NDArray[np.int64]
    """The piece with which each word starts, counted with the opening marker."""
    starts: list[int]
    ends: list[int]


def read_windows(model: Model, text: str, batch: list[Window]) -> list[Found]:
    """Tag some windows of one text; what is found comes sorted by its start."""
    read = [piecewise for window in batch for piecewise in _read(model, text, window)]
    found = [
        span
        for piecewise, scores in zip(read, _all_scores(model, read), strict=True)
        for span in _spans(model, text, piecewise, scores)
    ]
    return sorted(found, key=_by_start)


def read_short(model: Model, texts: Mapping[int, str]) -> dict[int, list[Found]]:
    """Tag those of many texts that are one short window; what is found comes sorted.

    A short window costs nearly as much as one twice as long, so a few of one length are read
    as one.

    Returns:
        What was found, by the numbers that `texts` has; longer and very short texts are left out.
    """
    by_length: dict[int, list[tuple[int, _Piecewise]]] = defaultdict(list)
    for number, text in texts.items():
        read = list(_read(model, text, Window(0, 0, len(text), len(text))))
        if len(read) == 1 and len(read[0].ids) in _SHORT_PIECES:
            by_length[len(read[0].ids)].append((number, read[0]))
    found: dict[int, list[Found]] = {}
    for alike in by_length.values():
        for at in range(0, len(alike), _SHORT_AT_ONCE):
            some = alike[at : at + _SHORT_AT_ONCE]
            for (number, piecewise), scores in zip(some, _scores_of(model, some), strict=True):
                spans = _spans(model, texts[number], piecewise, scores)
                found[number] = sorted(spans, key=_by_start)
    return found


def _scores_of(model: Model, some: list[tuple[int, _Piecewise]]) -> NDArray[np.float32]:
    ids = np.asarray([piecewise.ids for _, piecewise in some])
    return model.scores(ids, np.asarray([piecewise.shapes for _, piecewise in some]))


def _by_start(found: Found) -> tuple[int, int]:
    return found[1], -found[2]


def _read(model: Model, text: str, window: Window) -> Iterator[_Piecewise]:
    """Cut a window into word pieces, in two where it holds too many."""
    encoding = model.tokenizer.encode(text[window.start : window.end], add_special_tokens=False)
    if len(encoding.ids) > _MOST_PIECES and window.core_end - window.core_start > 1:
        for half in ner_windows.halves(text, window):
            yield from _read(model, text, half)
    elif encoding.ids:
        yield _piecewise(model, text, window, encoding)


def _piecewise(model: Model, text: str, window: Window, encoding: Any) -> _Piecewise:
    """Gather what the model needs of a tokenised window."""
    first, starts, ends = _words(encoding, window.start)
    pieces = min(len(encoding.ids), _MOST_PIECES)
    shapes, before = [SPECIAL], window.start
    following = [*first[1:], pieces + 1]
    for start, end, piece, stop in zip(starts, ends, first, following, strict=True):
        shapes += [shape_of(text, before, start, end)] * (stop - piece)
        before = end
    shapes.append(SPECIAL)
    ids = [model.opening, *encoding.ids[:pieces], model.closing]
    return _Piecewise(window, ids, shapes, np.asarray(first, np.int64), starts, ends)


def _words(encoding: Any, shift: int) -> tuple[list[int], list[int], list[int]]:
    """Return each word's first piece (counted with the opening marker), start and end."""
    first, starts, ends = list[int](), list[int](), list[int]()
    last = -1
    offsets, word_ids = encoding.offsets, encoding.word_ids
    for piece, word in enumerate(word_ids[:_MOST_PIECES]):
        start, end = offsets[piece]
        if word != last:
            first.append(piece + 1)
            starts.append(shift + start)
            ends.append(shift + end)
            last = word
        else:
            ends[-1] = shift + end
    return first, starts, ends


def _all_scores(model: Model, read: list[_Piecewise]) -> Iterable[NDArray[np.float32]]:
    """Score windows beside each other; the model lets go of the interpreter while it runs."""
    if len(read) < 2:
        return [_scores(model, piecewise) for piecewise in read]
    with ThreadPoolExecutor(min(_MOST_THREADS, len(read))) as pool:
        return list(pool.map(partial(_scores, model), read))


def _scores(model: Model, piecewise: _Piecewise) -> NDArray[np.float32]:
    """Score one window by itself: activations share one scale, and nobody else's words set it."""
    scores: NDArray[np.float32] = model.scores(
        np.asarray([piecewise.ids]), np.asarray([piecewise.shapes])
    )[0]
    return scores


def _spans(
    model: Model, text: str, piecewise: _Piecewise, scores: NDArray[np.float32]
) -> Iterator[Found]:
    """Decode one window; only spans that begin in its core are its own."""
    words = scores[piecewise.first]
    spans = spans_of(best_tags(words))
    if not spans:
        return
    probabilities = label_probabilities(words)
    for label, first, stop in spans:
        start, end = piecewise.starts[first], piecewise.ends[stop - 1]
        if piecewise.window.core_start <= start < piecewise.window.core_end:
            score = float(probabilities[first:stop, label].mean())
            name = model.labels[label]
            end = _whole_cluster(text, end)
            if name in _NAMES:
                start, end = trimmed(text, start, end)
            if start < end:
                yield name, start, end, score


def _whole_cluster(text: str, end: int) -> int:
    """Move an end past the marks that belong to its last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
