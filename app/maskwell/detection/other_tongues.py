"""Prose that a model of English cannot read, where what it takes for names is mostly words.

In a script without capitals amid its own kind the model finds nobody who is there (names there
are told by their cues), and in languages with capitals a word in small letters is no name where
the prose around is well written. Invariant: a word amid English stays what the model says, and
so does one whose sentence is typed without capitals.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_unreadable", "is_word_of_a_tongue", "stands_in"]

_CASELESS: Final = (
    r"\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1100-\u139f\u1780-\u18af"
    r"\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
)
"""Hebrew, Arabic, the scripts of India and beyond, Burmese, Ethiopic, Khmer, Chinese, Japanese,
Korean: scripts without capitals."""
_HAS_CASELESS = re.compile(f"[{_CASELESS}]")
_CASELESS_WORD = re.compile(f"[{_CASELESS}]+")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_PROSE_WORDS: Final = 3
_PROSE_RUN: Final = 9
"""Letters in a row that are a sentence, in scripts without spaces."""
_ON_THE_LINE: Final = 80

_GRAMMAR: Final = frozenset(
    """
    der die das dem den und oder nicht ist sind wird werden mit für auf wenn dass eine einen einer
    zu zur durch bei kann
    le la les des du et est une dans pour sur avec qui que pas ce cette sont ou par au aux peut
    el los las del una por para con como más es se un si en al puede este esta
    il lo gli della delle dei del di che nella per sono non è più questo
    het een van niet voor met zijn wordt op aan naar dit deze kan bij uit
    w na jest się nie oraz lub do z że dla jako tylko być przez może po i od
    att det som är och ikke og på til av en den ett för inte om kan med från eller til
    o os as um uma não em ao dos das com são ser pode mais
    ve bir bu için ile olarak veya bağlı değil daha gibi kadar her eğer ise
    a az és hogy nem egy vagy ha csak meg ez akkor lehet kell
    je se v na že pro nebo která jsou pokud není aby být jako může sa alebo ktoré
    și sau nu pentru este din cu la care un mai sunt fi dacă poate
    ja tai on ei ole se joka kun jos myös että voi ovat
    dan yang di untuk dengan tidak ini dari pada atau akan ke adalah jika dapat
    i u na je za se da su ili koji ako nije od kao
    и в на не что с для это по как или если из от при к быть может
    і у на не що з для це та або якщо від до бути може є
    је се на да или који која које као из за са од ће су није
    цей ця ці якщо що щоб коли лише після
    jos tai kun sekä mutta että siitä tämä
    och som kan ska vid den det denna inte eller
    και το του να με για από είναι της στο δεν που την
    và của không là được có trong cho với các một này
    """.split()
)
"""The small words of two dozen languages."""
_FIRST_NAMES: Final = frozenset(
    """
    ako al an bir can care cho da dan dari de della den der des di din do du el em ez fi ha han
    het in ja je jos kad kan ke kun la le les lo los mai mais meg mit mot na nella nu ole om on os
    par per po qui sau se si sin som su tai trong tu un una van vid wen yang za zu
    """.split()
)
"""Small words that people are called somewhere too: they tell a language, but are no proof."""
_NO_NAMES: Final = _GRAMMAR - _FIRST_NAMES
_ENGLISH: Final = frozenset(
    """the of to and is that for it with as be this are by or not you if will which has have when
    from they we he she was were but all can your my so what there do""".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_AROUND: Final = 240
_ENOUGH: Final = 4
"""Different small words of a language around a word that make it prose of it."""
_PLENTY: Final = 6
_LONGEST_SMALL: Final = 5
_NEAR: Final = 2000
_LEAST_AROUND: Final = 280
"""Less text than this is a message, in which a telephone writes the first capital."""
_SURE: Final = 0.97
_SURE_OF_CAPITALS: Final = 0.9
"""From here on a capitalised word is believed to be a name, whatever stands around."""
_SURE_OF_A_HEADING: Final = 0.95
_SENTENCE_OPENS = re.compile(r"(?:[.!?]\)?\s+|\n\s*\n\s*)[^\W\d_]")
_OPENS_HERE = re.compile(r"(?:[.!?:]|\n[ \t]*\n)\s*\Z")
_SHARE_OF_CAPITALS: Final = 0.5
_HEADING_BEFORE = re.compile(r"(?:\A|\n[ \t]*\n)\Z")
_HEADING_AFTER = re.compile(r"[ \t]*\n{1,2}[ \t]{3,}\S")


def is_unreadable(text: str, start: int, end: int) -> bool:
    """Tell whether a span is of a script without capitals, amid prose of such a script.

    Args:
        text: the whole text.
        start: first character of the span.
        end: one past its last character.
    """
    if not _HAS_CASELESS.search(text, start, end):
        return False
    low = max(text.rfind("\n", 0, start) + 1, start - _ON_THE_LINE)
    stop = text.find("\n", end, end + _ON_THE_LINE)
    high = stop if stop >= 0 else end + _ON_THE_LINE
    before, after = text[low:start], text[end:high]
    run = _run_around(before, after)
    if run and run + end - start >= _PROSE_RUN:
        return True
    around = before + " " + after
    others = _CASELESS_WORD.findall(around)
    latin = sum(map(len, _LATIN_WORD.findall(around)))
    return len(others) >= _PROSE_WORDS and sum(map(len, others)) > latin


def is_word_of_a_tongue(text: str, start: int, end: int, score: float) -> bool:
    """Tell whether a span is a word, or words, of a foreign language's well-written prose.

    Args:
        text: the whole text.
        start: first character of the span.
        end: one past its last character.
        score: how sure the model is, 0 to 1; small letters are believed from .97 on, words with
            a capital above .9 and one alone on its line in capitals from .95 on.
    """
    words = _WORD.findall(text[start:end])
    if score < _SURE_OF_A_HEADING and _is_heading(text, start, end):
        return True
    is_grammar = all(word.lower() in _NO_NAMES for word in words)
    if not words or _is_believed(words[-1], score, is_grammar=is_grammar):
        return False
    around = text[max(0, start - _AROUND) : start] + " " + text[end : end + _AROUND]
    if len(around) < _LEAST_AROUND:
        return is_grammar and _is_foreign(around, _PLENTY)
    if not (_is_foreign(around, _ENOUGH) and _is_well_written(around)):
        return False
    return words[-1].islower() or _is_small_elsewhere(text, start, words)


def _is_believed(last: str, score: float, *, is_grammar: bool) -> bool:
    """Whether the model is so sure of a name that the prose around says nothing against it."""
    if last.islower():
        return score >= _SURE and not is_grammar
    return score > _SURE_OF_CAPITALS


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether it is one word in capitals, alone on its line above a paragraph set in from it."""
    if not text[start:end].isupper() or len(text[start:end].split()) > 1:
        return False
    has_room = _HEADING_BEFORE.search(text, max(0, start - 8), start) is not None
    return has_room and _HEADING_AFTER.match(text, end) is not None


def _is_small_elsewhere(text: str, start: int, words: list[str]) -> bool:
    """Whether one word that opens a sentence is of grammar, or stands in small letters, too."""
    if len(words) > 1 or not _OPENS_HERE.search(text, max(0, start - _ON_THE_LINE), start):
        return False
    small = words[0].lower()
    if small in _FIRST_NAMES:
        return False
    return small in _GRAMMAR or stands_in(text[max(0, start - _NEAR) : start + _NEAR], small)


def stands_in(text: str, word: str) -> bool:
    """Whether a word stands alone in a text.

    No pattern is made of it: those are kept by `re`, and a name may not stay in memory.
    """
    at = text.find(word)
    while at >= 0:
        beside = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not any(c.isalnum() or c == "_" for c in beside):
            return True
        at = text.find(word, at + 1)
    return False


def _run_around(before: str, after: str) -> int:
    """Count the letters of such scripts that touch a span."""
    first = re.search(f"[{_CASELESS}]*\\Z", before)
    last = re.match(f"[{_CASELESS}]*", after)
    return sum(len(run.group()) for run in (first, last) if run)


def _is_foreign(around: str, enough: int) -> bool:
    small = {word for word in _WORD.findall(around.lower()) if len(word) <= _LONGEST_SMALL}
    return len(small & _GRAMMAR) >= max(enough, 2 * len(small & _ENGLISH))


def _is_well_written(around: str) -> bool:
    """Whether what opens a sentence or a paragraph does so with a capital."""
    openings = [match.group()[-1] for match in _SENTENCE_OPENS.finditer(around)]
    capitals = sum(letter.isupper() for letter in openings)
    return capitals > 0 and capitals >= _SHARE_OF_CAPITALS * len(openings)
