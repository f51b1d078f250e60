"""Ages: a number beside a word that says how old someone is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["AgeRecognizer"]

_NUMBER: Final = r"(?P<age>1[01]\d|[1-9]?\d)"
_AFTER_WORD = re.compile(
    rf"[ \t]*(?:is|was|of|[:=])?[ \t]*[\"']?{_NUMBER}(?![0-9A-Za-z%]|[.,:/]\d)"
)
_BEFORE_UNIT = re.compile(rf"(?<![0-9A-Za-z.,:/$€£]){_NUMBER}[ \-]?\Z")
_OLD_AFTER = re.compile(r"[ \-](?:old|of age)\b", re.IGNORECASE)
_WORDS: Final = ("age", "aged", "ages")
_VERBS: Final = (
    "turned", "turning", "turns", "turn", "i'm", "i am", "he is", "she is", "he's", "she's",
    "they are", "who is", "i was", "he was", "she was",
)  # fmt: skip
_UNITS: Final = (
    "years", "year", "yrs", "yr", "months", "month", "weeks", "week", "days", "day",
)  # fmt: skip
_OLD_UNITS: Final = ("yo", "y/o", "y.o", "jahre alt", "ans", "años", "anni", "jaar oud", "yrs old")
_UNIT_AFTER = re.compile(r"[ \t]*(?:%|years of|days|hours|minutes|weeks|months|km|miles|kg)")


class AgeRecognizer(Recognizer):
    """Finds a person's age: the number alone, so that "years old" stays readable."""

    name = "age"
    entity_types = (EntityType.AGE,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The words before an age, and the units after one."""
        return {
            "age:word": _WORDS, "age:verb": _VERBS, "age:unit": _UNITS, "age:old": _OLD_UNITS,
        }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the numbers said as an age."""
        text = scan.text
        for kind, score in (("age:word", 0.85), ("age:verb", 0.6)):
            for cue in scan.cues.of(kind):
                match = _AFTER_WORD.match(text, cue.end, cue.end + 16)
                if not match or _UNIT_AFTER.match(text, match.end()):
                    continue
                if kind == "age:word" or 13 <= int(match["age"]) <= 110:
                    yield self._found(match, score, cue.word)
        for kind in ("age:unit", "age:old"):
            for cue in scan.cues.of(kind):
                match = _BEFORE_UNIT.search(text, max(0, cue.start - 5), cue.start)
                if match and (kind == "age:old" or _OLD_AFTER.match(text, cue.end)):
                    yield self._found(match, 0.85, cue.word)

    def _found(self, match: re.Match[str], score: float, cue: str) -> Match:
        reason = f"a number said as an age, cue “{cue}”"
        return Match(*match.span("age"), EntityType.AGE, score, self.name, reason)
