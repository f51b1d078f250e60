"""What the tagger sees of a word besides its letters: its case and the gap before it.

The base model is uncased and blind to line breaks; these few bits give both back. Training
reads this very file, so the features a model was trained on are the ones it meets later.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SHAPES", "SPECIAL", "case_of", "gap_before", "shape_of"]

_LOWER, _TITLE, _UPPER, _LETTER, _MIXED, _DIGITS, _ALNUM, _MARKS, _CASELESS = range(9)
_GAPS: Final = 4
SPECIAL: Final = 9 * _GAPS
"""The shape of the markers that open and close a window."""
SHAPES: Final = SPECIAL + 1


def case_of(word: str) -> int:
    """Say how a word is written: lower, Title, UPPER, a single capital, mixed, digits, marks."""
    if word.isalpha():
        return _case_of_letters(word)
    if word.isdigit():
        return _DIGITS
    letters = any(c.isalpha() for c in word)
    if letters and any(c.isdigit() for c in word):
        return _ALNUM
    return _case_of_letters(word) if letters else _MARKS


def _case_of_letters(word: str) -> int:
    if word.islower():
        return _LOWER
    if word.isupper():
        return _LETTER if len(word) == 1 else _UPPER
    if word.istitle():
        return _TITLE
    return _CASELESS if word.lower() == word.upper() else _MIXED


def gap_before(text: str, end_before: int, start: int) -> int:
    """Say what stands between two words: nothing, a space, a wide gap or a line break.

    Args:
        text: the whole text.
        end_before: where the word before ends, in characters; 0 for the first word.
        start: where this word starts.
    """
    if start == end_before:
        return 0
    if start == end_before + 1:
        between = text[end_before]
        return 3 if between == "\n" else 2 if between == "\t" else 1
    between = text[end_before:start]
    if "\n" in between or "\r" in between:
        return 3
    return 2 if between.isspace() else 1


def shape_of(text: str, end_before: int, start: int, end: int) -> int:
    """Combine case and gap into the id the model was trained with, below `SPECIAL`."""
    return case_of(text[start:end]) * _GAPS + gap_before(text, end_before, start)
