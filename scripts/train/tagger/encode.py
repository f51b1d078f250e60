"""Texts to arrays: word pieces, word shapes, and the tags each word may have.

The shape features are read from the application's own file, so that training and use agree.
"""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from tagger.example import UNSURE, Example
from tagger.labels import ANY, GOLD, LABELS, outside_bits, span_bits
from tagger.open_words import open_words

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["LONGEST", "Encoded", "Encoder", "decode", "features"]

LONGEST = 208
"""Word pieces a training window may have, markers included."""
_RUNTIME = Path(__file__).resolve().parents[3] / "app" / "maskwell" / "detection"


def _load(name: str) -> ModuleType:
    """Load one of the application's modules by its file, without its package."""
    spec = importlib.util.spec_from_file_location(name, _RUNTIME / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


features = _load("ner_features")
decode = _load("ner_decode")


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window ready for the model; arrays are per word piece, markers included."""

    ids: np.ndarray
    shapes: np.ndarray
    allowed: np.ndarray
    """Bit set of allowed tags at each word's first piece; 0 elsewhere (not scored)."""
    words: list[tuple[int, int]]
    """Where each scored word stands in the text, in characters."""


class Encoder:
    """Turns examples into windows with one tokenizer."""

    def __init__(self, tokenizer: Path) -> None:
        self.tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.open = self.tokenizer.token_to_id("[CLS]")
        self.close = self.tokenizer.token_to_id("[SEP]")

    def many(self, examples: list[Example]) -> list[Encoded]:
        """Encode examples, cut at `LONGEST`; empty ones are left out."""
        texts = [e.text for e in examples]
        raw = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        encoded = (self._one(e, r) for e, r in zip(examples, raw, strict=True))
        return [e for e in encoded if e is not None]

    def _one(self, example: Example, raw: Any) -> Encoded | None:
        words, first = _words(raw.word_ids, raw.offsets)
        if not words:
            return None
        allowed = _allowed(example, words)
        keep = LONGEST - 2
        ids = [self.open, *raw.ids[:keep], self.close]
        shapes = np.full(len(ids), features.SPECIAL, np.int64)
        bits = np.zeros(len(ids), np.uint64)
        before = 0
        piece_shape = []
        for (start, end), mask, piece in zip(words, allowed, first, strict=True):
            piece_shape.append(features.shape_of(example.text, before, start, end))
            before = end
            if piece < keep:
                bits[1 + piece] = mask
        order = np.cumsum(np.bincount(first, minlength=len(raw.ids))) - 1
        shapes[1:-1] = np.asarray(piece_shape)[order][:keep]
        kept = [w for w, piece in zip(words, first, strict=True) if piece < keep]
        return Encoded(np.asarray(ids, np.int64), shapes, bits, kept)


def _words(word_ids: list[int], offsets: list[tuple[int, int]]) -> tuple[list, list]:
    """Return each word's characters and the index of its first piece."""
    words: list[tuple[int, int]] = []
    first: list[int] = []
    last = -1
    for piece, (word, (start, end)) in enumerate(zip(word_ids, offsets, strict=True)):
        if word != last:
            words.append((start, end))
            first.append(piece)
            last = word
        else:
            words[-1] = (words[-1][0], end)
    return words, first


def _outside(example: Example, words: list[tuple[int, int]]) -> list[int]:
    """Return what each word may be if no span covers it."""
    if example.known != GOLD:
        return [outside_bits(example.known)] * len(words)
    closed, open_ = outside_bits(LABELS), outside_bits(GOLD)
    lower = [example.text[start:end].lower() for start, end in words]
    return [open_ if possible else closed for possible in open_words(lower)]


def _allowed(example: Example, words: list[tuple[int, int]]) -> list[int]:
    """Return the bit set of tags each word may have."""
    allowed = _outside(example, words)
    at = 0
    for span in example.spans:
        while at < len(words) and words[at][1] <= span.start:
            at += 1
        stop = at
        while stop < len(words) and words[stop][0] < span.end:
            stop += 1
        if stop == at:
            continue
        if span.label == UNSURE:
            allowed[at:stop] = [ANY] * (stop - at)
        else:
            labels = span.label.split("|")
            assert all(label in LABELS for label in labels), span.label
            allowed[at:stop] = span_bits(labels, stop - at)
        at = stop
    return allowed
