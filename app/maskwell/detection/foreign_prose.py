"""Ordinary words of other languages in small letters, which a model of English takes for names.

Short words of grammar tell the language: four of them around a word in small letters make it
likelier a word of that language than a name. Invariant: where the sentence itself begins in small
letters somebody types carelessly, and nothing is taken for a word.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_foreign_prose", "is_foreign_word"]

_GRAMMAR = re.compile(
    r"(?<!\w)(?:der|die|das|dem|den|und|oder|nicht|ist|sind|wird|mit|für|auf|wenn|dass|eine|einen|zu"
    r"|le|la|les|des|du|et|est|une|dans|pour|sur|avec|qui|que|pas|el|los|las|del|una|por|para|con"
    r"|como|más|il|lo|gli|della|delle|dei|che|nella|per|sono|het|een|van|niet|voor|met|zijn|wordt"
    r"|op|aan|naar|w|na|jest|się|nie|oraz|lub|och|att|det|som|är|och|ikke|og|på|til|o|os|as|um|uma"
    r"|não|em|ao|ve|bir|bu|için|ile)(?!\w)",
)
_ARTICLE = re.compile(
    r"(?:La|Le|Les|El|Los|Las|Il|Lo|Gli|Der|Die|Das|Het|De|O|Os|As)[ ](?=[a-zà-ÿ])"
)
_AROUND: Final = 60
_ENOUGH: Final = 4
_SOME: Final = 3
_SURE: Final = 0.9
_SENTENCE = re.compile(r"(?:\A|[.!?]\s+|\n)[^\w\n]*(?P<first>\w)[^.!?\n]*\Z")
_LONGEST_SENTENCE: Final = 240


def is_foreign_word(text: str, start: int, end: int, score: float) -> bool:
    """Tell whether an unsure word in small letters stands in prose that is not English.

    More words than one after the article, as in "jan de vries", are a name.

    Args:
        text: the whole text.
        start: first character of the name.
        end: one past its last character.
        score: how sure the model is, 0 to 1; from .9 on it is believed.
    """
    value = text[start:end]
    article = _ARTICLE.match(value)
    word = value[article.end() if article else 0 :]
    if score >= _SURE or not word.islower() or " " in word.strip():
        return False
    around = text[max(0, start - _AROUND) : end + _AROUND]
    if not _opens_with_capital(text, start):
        return False
    return _grammar(around) >= _ENOUGH


def is_foreign_prose(text: str, at: int) -> bool:
    """Tell whether the words around a place (characters) are of another language."""
    return _grammar(text[max(0, at - _AROUND) : at + _AROUND]) >= _SOME


def _grammar(around: str) -> int:
    """Count the different words of other languages' grammar."""
    return len({word.group() for word in _GRAMMAR.finditer(around)})


def _opens_with_capital(text: str, at: int) -> bool:
    """Tell whether the sentence around a place begins with a capital."""
    low = max(0, at - _LONGEST_SENTENCE)
    opening = _SENTENCE.search(text[low:at])
    first = opening["first"] if opening else ""
    return first.isupper()
