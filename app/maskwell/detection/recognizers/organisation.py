"""Organisations by their legal form: capitalised words before "Ltd", "GmbH", "& Sons".

The form is the proof, so such a name is one organisation even where a model sees a person in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["OrganisationRecognizer"]

_FORMS: Final = (
    "ltd", "llc", "l.l.c", "inc", "corp", "plc", "llp", "gmbh", "mbh", "pty", "pte", "pvt", "bhd",
    "oyj", "s.r.l", "s.p.a", "s.a.r.l", "sarl", "b.v", "n.v", "aps", "kft", "s.r.o", "d.o.o",
    "sp. z o.o", "and sons", "& sons", "& co", "& associates", "and associates", "& partners",
    "incorporated",
)  # fmt: skip
_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w'’.\-]*"
_BEFORE = re.compile(
    rf"(?<![\w@/.\-])(?:\d{{1,3}} )?(?:{_WORD} (?:(?:&|and|und|et|y|e) )?){{0,3}}{_WORD},? \Z"
)
_NO_NAME: Final = frozenset(
    """the a an in at on of from to for by with and or our my your their this that dear re via both
    if is was as when company companies each any other see under between""".split()
)
_REACH: Final = 72
_MORE_FORMS = re.compile(r"\.?,? (?:Ltd|Limited|LLC|Inc|Co|KG|KGaA|& Co\.? KG)\b")


class OrganisationRecognizer(Recognizer):
    """Finds organisations that carry their legal form."""

    name = "organisation"
    entity_types = (EntityType.ORG,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The legal forms."""
        return {"legal form": _FORMS}

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the names before a legal form, with it."""
        text = scan.text
        for cue in scan.cues.of("legal form"):
            if (
                text[cue.start : cue.end].islower()
                and cue.word[0].isalpha()
                and " " not in cue.word
            ) or text.startswith("\\", cue.end):
                continue
            before = _BEFORE.search(text, max(0, cue.start - _REACH), cue.start)
            start = _without_lead(text, before.start(), before.end()) if before else cue.start
            if start < cue.start:
                end = _with_more(text, cue.end)
                reason = f"capitalised words before the legal form “{cue.word}”"
                yield Match(start, end, EntityType.ORG, 0.8, self.name, reason)


def _without_lead(text: str, start: int, end: int) -> int:
    """Skip the words of a sentence before the name; return `end` when no name is left."""
    while start < end:
        word = re.compile(r"\S+\s*").match(text, start, end)
        if not word or word.group().strip().lower().strip(",.") not in _NO_NAME:
            return start
        start = word.end()
    return end


def _with_more(text: str, end: int) -> int:
    more = _MORE_FORMS.match(text, end)
    end = more.end() if more else end
    is_inside = text[end : end + 1] == "." and re.compile(r"\.(?:,| [a-z(]|\n|\Z)").match(text, end)
    return end + 1 if is_inside else end
