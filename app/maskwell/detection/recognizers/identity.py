"""Identity and tax numbers: one table look-up per shape, then the number's own check.

Every number with digits in the text is looked up once by its shape, so a rule more costs
nothing on text that does not have its shape. A check that one random number in ten would
pass proves little: such rules also need a cue nearby.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.id_checks import passes
from maskwell.detection.recognizers.id_rules import IdRule, rules_from
from maskwell.detection.recognizers.ids_europe import EUROPE
from maskwell.detection.recognizers.ids_world import WORLD
from maskwell.detection.scan import shape_of
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["IdentityRecognizer"]

_CUED: Final = 0.92
_GENERIC: Final = 0.8
_SEPARATORS = re.compile(r"[^0-9A-Z]")
_GENERIC_CUES: Final = (
    "id", "id number", "id no", "national id", "identity number", "identification number",
    "tax id", "tin", "tax number", "personal number", "identity card", "national number",
    "personal id", "citizen id", "taxpayer", "national insurance", "social security",
)  # fmt: skip
_GROUP = re.compile(
    r" (?=[A-Z]{0,3}\d|[A-Z](?![0-9A-Za-z]))[0-9A-Z]+(?:[-/.][0-9A-Za-z]+)*(?![0-9A-Za-z])"
    r"|\([0-9A]\)"
)
_PIECES = re.compile(r"^[^ (]+| [^ (]+|\([^)]*\)")
_GOES_ON: Final = (" ", "(")
_ANY: Final = "id:any"


class IdentityRecognizer(Recognizer):
    """Finds national identity, tax, health and social security numbers by shape and check."""

    name = "identity"
    entity_types = (EntityType.ID,)
    wants_shapes = True

    def __init__(self) -> None:
        rules = [*rules_from(EUROPE), *rules_from(WORLD)]
        cues: dict[str, set[str]] = {"id:generic": set(_GENERIC_CUES), _ANY: set()}
        self._rules: dict[str, list[IdRule]] = {}
        self._beginnings: set[str] = set()
        for rule in rules:
            cues.setdefault(f"id:{rule.subtype}", set()).update(rule.cues)
            cues[_ANY].update(rule.cues)
            for shape in rule.shapes:
                self._rules.setdefault(shape, []).append(rule)
                pieces = _PIECES.findall(shape)
                self._beginnings.update("".join(pieces[:n]) for n in range(1, len(pieces)))
        self._alone = {
            shape: [r for r in some if (r.plain if shape.isdigit() else r.distinct)]
            for shape, some in self._rules.items()
        }
        """The rules that need no cue."""
        self._cues = cues
        self._second = {s.split(" ")[1] for s in self._rules if re.match("A+ ", s)}
        self._complete = {s for s in self._rules if " " not in s} | self._second
        """Shapes that may be a number, or its last part, whatever follows them."""

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The cues of every rule, by its subtype."""
        return self._cues

    def wants(self, shape: str) -> bool:
        """Whether a rule has this shape, or begins with it."""
        return shape in self._complete or shape in self._beginnings

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the numbers a rule accepts."""
        text, rules, beginnings = scan.text, self._rules, self._beginnings
        complete = self._complete
        worth_a_look = [
            atom
            for atom in scan.atoms(self.name)
            if atom[2] in complete or text[atom[1] : atom[1] + 1] in _GOES_ON
        ]
        for start, end, shape in worth_a_look:
            if shape in rules:
                yield from self._judge(scan, start, end, shape)
            if shape in beginnings and text[end : end + 1] in _GOES_ON:
                is_inner = start > 1 and text[start - 1] == " " and text[start - 2].isdigit()
                if not is_inner:
                    yield from self._grouped(scan, start, end, shape)
            if shape in self._second and start > 2 and text[start - 1] == " ":
                begin = _word_before(text, start - 1)
                led = f"{shape_of(text[begin : start - 1])} {shape}"
                if led in rules:
                    yield from self._judge(scan, begin, end, led)
                elif led in beginnings:
                    yield from self._grouped(scan, begin, end, led)

    def _grouped(self, scan: Scan, start: int, end: int, shape: str) -> Iterator[Match]:
        """Try what stands at `start` with the groups that follow it after single spaces."""
        text = scan.text
        while shape in self._beginnings:
            group = _GROUP.match(text, end)
            if not group:
                return
            shape, end = shape + shape_of(group.group()), group.end()
            if shape in self._rules and not _GROUP.match(text, end):
                yield from self._judge(scan, start, end, shape)

    def _judge(self, scan: Scan, start: int, end: int, shape: str) -> Iterator[Match]:
        cues = scan.cues
        is_cued = bool(cues.near(_ANY, start, end))
        is_plain = shape.isdigit()
        compact = ""
        for rule in self._rules[shape] if is_cued else self._alone[shape]:
            alone = rule.plain if is_plain else rule.distinct
            cue = cues.near(f"id:{rule.subtype}", start, end) if is_cued else ""
            if not (alone or cue):
                continue
            compact = compact or _SEPARATORS.sub("", scan.text[start:end].upper())
            if not passes(rule.check, compact, scan.text[start:end]):
                continue
            generic = cues.near("id:generic", start, end, before=32)
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
