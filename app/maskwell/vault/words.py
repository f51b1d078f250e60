"""What the full-text index sees of a kept text, and how a search is put to it.

The index is word by word. A token ("PERSON_7QX") is one word, and a search for the word
"person" does not find every text with a person in it. Scripts written without spaces are
indexed character by character and searched as phrases. Rows leave the index with the same
words they came in with: changing `indexed` needs a migration that rebuilds the index.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["indexed", "match_choices", "match_expression"]

_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f])"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\w")
_TYPE_WORDS = tuple(str(one).casefold() for one in EntityType)


def indexed(text: str) -> str:
    """Return the text whose words stand for `text` in the index."""
    return _UNSPACED.sub(r" \1 ", _SURROGATE.sub(" ", text)).replace("\0", " ")


def match_expression(words: Iterable[str]) -> str:
    """Return the FTS5 query for texts that hold all of `words`; "" when nothing can match.

    Each of them is a word, a phrase or a token. The last word of each may be the beginning of
    a longer one, except in a token and where it begins the name of an entity type.
    """
    return match_choices([word] for word in words)


def match_choices(choices: Iterable[Iterable[str]]) -> str:
    """Return the FTS5 query for texts that hold one of each group of words; "" when none can.

    What is in every group is asked for once, since each phrase costs a look-up in the index.
    """
    phrased = ([_phrase(word) for word in group if _WORD.search(word)] for group in choices)
    groups = [dict.fromkeys(group) for group in phrased if group]
    if not groups:
        return ""
    common = [phrase for phrase in groups[0] if all(phrase in group for group in groups)]
    rests = [[phrase for phrase in group if phrase not in common] for group in groups]
    rest = " AND ".join(map(_one_of, rests)) if all(rests) else ""
    if not common:
        return rest
    return f"{_one_of(common)} OR ({rest})" if rest else _one_of(common)


def _one_of(phrases: Iterable[str]) -> str:
    return f"({' OR '.join(phrases)})"


def _phrase(word: str) -> str:
    phrase = indexed(word).strip().replace('"', " ")
    if (word.startswith("[") and word.endswith("]")) or _UNSPACED.search(word):
        return f'"{phrase}"'
    last = re.split(r"\W+", phrase.casefold())[-1]
    if not any(name.startswith(last) for name in _TYPE_WORDS):
        return f'"{phrase}" *'
    # As a beginning it would find every token of that type, in most of all texts.
    return f'"{phrase}"' if last in _TYPE_WORDS else f'("{phrase}" OR "{phrase}_" *)'
