"""Identity and tax numbers: one table look-up per shape, then the number's own check.

Every number with digits in the text is looked up once by its shape, so a rule more costs
nothing on text that does not have its shape. A check that one random number in ten would
pass proves little: such rules also need a cue nearby.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.id_checks import passes
from maskwell.detection.recognizers.id_rules import IdRule, rules_from
from maskwell.detection.recognizers.ids_europe import EUROPE
from maskwell.detection.recognizers.ids_world import WORLD
from maskwell.detection.scan import shape_of
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maskwell.detection.scan import Atom, Scan

__all__ = ["IdentityRecognizer"]

_CUED: Final = 0.92
_GENERIC: Final = 0.8
_SEPARATORS = re.compile(r"[^0-9A-Z]")
_GENERIC_CUES: Final = (
    "id", "id number", "id no", "national id", "identity number", "identification number",
    "tax id", "tin", "tax number", "personal number", "identity card", "national number",
    "personal id", "citizen id", "taxpayer", "national insurance", "social security",
)  # fmt: skip
_ANY: Final = "id:any"


class IdentityRecognizer(Recognizer):
    """Finds national identity, tax, health and social security numbers by shape and check."""

    name = "identity"
    entity_types = (EntityType.ID,)
    cues: ClassVar[Mapping[str, Iterable[str]]] = {}

    def __init__(self) -> None:
        rules = [*rules_from(EUROPE), *rules_from(WORLD)]
        cues: dict[str, set[str]] = {"id:generic": set(_GENERIC_CUES), _ANY: set(_GENERIC_CUES)}
        self._rules: dict[str, list[IdRule]] = {}
        self._beginnings: set[str] = set()
        for rule in rules:
            cues.setdefault(f"id:{rule.subtype}", set()).update(rule.cues)
            cues[_ANY].update(rule.cues)
            for shape in rule.shapes:
                self._rules.setdefault(shape, []).append(rule)
                words = shape.split(" ")
                self._beginnings.update(" ".join(words[:n]) for n in range(1, len(words)))
        self.cues = cues  # type: ignore[misc]  # the vocabulary comes from the tables
        self._longest = max(map(len, self._rules))

    def find(self, scan: Scan) -> Iterator[Match]:
        atoms = scan.atoms
        rules, beginnings = self._rules, self._beginnings
        for index, (start, end, shape) in enumerate(atoms):
            if shape in rules:
                yield from self._judge(scan, start, end, shape)
            if shape in beginnings:
                yield from self._grouped(scan, atoms, index, start, shape)
            if start > 2 and scan.text[start - 1] == " " and scan.text[start - 2].isupper():
                begin = _word_before(scan.text, start - 1)
                led = f"{shape_of(scan.text[begin : start - 1])} {shape}"
                if led in rules:
                    yield from self._judge(scan, begin, end, led)
                elif led in beginnings:
                    yield from self._grouped(scan, atoms, index, begin, led)

    def _grouped(
        self, scan: Scan, atoms: list[Atom], index: int, start: int, shape: str
    ) -> Iterator[Match]:
        """Try what begins at `start` with the atoms that follow it after single spaces."""
        text = scan.text
        end = atoms[index].end
        while shape in self._beginnings:
            index += 1
            if text[end : end + 1] != " ":
                return
            if index < len(atoms) and atoms[index].start == end + 1:
                shape = f"{shape} {atoms[index].shape}"
                end = atoms[index].end
            elif text[end + 1 : end + 2].isupper() and not text[end + 2 : end + 3].isalpha():
                # A group that is one letter ("QQ 12 34 56 C") is no atom.
                shape, end, index = f"{shape} A", end + 2, index - 1
            else:
                return
            if shape in self._rules:
                yield from self._judge(scan, start, end, shape)

    def _judge(self, scan: Scan, start: int, end: int, shape: str) -> Iterator[Match]:
        cues = scan.cues
        is_cued = bool(cues.near(_ANY, start, end))
        is_plain = shape.isdigit()
        compact = ""
        for rule in self._rules[shape]:
            alone = rule.plain if is_plain else rule.distinct
            if not alone and not is_cued:
                continue
            cue = cues.near(f"id:{rule.subtype}", start, end) if is_cued else ""
            generic = cues.near("id:generic", start, end, before=32) if is_cued and not cue else ""
            if not (alone or cue or generic):
                continue
            compact = compact or _SEPARATORS.sub("", scan.text[start:end].upper())
            if not passes(rule.check, compact, scan.text[start:end]):
                continue
            score = _CUED if cue else max(alone, _GENERIC if generic else 0.0)
            reason = f"the shape of {rule.what}, its check passed"
            if cue or generic:
                reason += f", cue “{cue or generic}”"
            yield Match(start, end, rule.entity_type, score, self.name, reason, rule.subtype)


def _word_before(text: str, end: int) -> int:
    """Return where the word of capitals that ends at `end` begins, looking back four letters."""
    start = end
    while start > max(0, end - 4) and text[start - 1].isupper():
        start -= 1
    return end if start and text[start - 1].isalnum() else start
