"""Laying tokens into a text so that what comes out reads back as exactly those tokens.

A text is laid out as segments. Whatever the scanner would see in the result that is not a
token put there, and whatever would keep such a token from being restored (a link around it,
the remains of a label behind it), is masked as a literal too; then the result is scanned
again, until nothing is left to mask. A stand-in is read the same way: where it would not come
back as its value, its token takes its place, and a word of the text that reads as one is masked.
So `restore(protect(x)) == x` holds by construction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from maskwell.masking.json_strings import JsonWalk
from maskwell.masking.scanning import scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from maskwell.masking.scanning import Proposal
    from maskwell.masking.surrogates.matching import StandIns

__all__ = ["Kind", "Segment", "lay_out"]

_STAND_IN = "[LITERAL_1CC]"
_CAREFUL_ROUNDS = 8


class Kind(Enum):
    """What a segment of the text becomes."""

    PLAIN = auto()
    """Stays as it is."""
    KEPT = auto()
    """A finding that may leave as it is; a token in what is stored."""
    TOKEN = auto()
    """A finding that leaves as its token."""
    SURROGATE = auto()
    """A finding that leaves as its stand-in; a token in what is stored."""
    RENDERED = auto()
    """A finding of which only an anonymous rendering leaves; a token in what is stored."""
    LITERAL = auto()
    """Token-like text, masked as a literal."""


_LOOSE = (Kind.KEPT, Kind.SURROGATE)
"""Findings whose token takes their place where they would be read wrongly."""
_TWOFOLD = (*_LOOSE, Kind.RENDERED)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the original text and what it becomes."""

    kind: Kind
    start: int
    end: int
    """Characters of the original text, end exclusive."""
    token: str = ""
    """The token's text; "" for plain text and for literals whose token is not chosen yet."""
    rendering: str = ""
    finding: int = -1
    """Which finding it is, in text order; -1 for none."""

    def sent(self, text: str) -> str:
        """Return what leaves for this segment of `text`."""
        if self.kind in (Kind.PLAIN, Kind.KEPT):
            return text[self.start : self.end]
        if self.kind in (Kind.RENDERED, Kind.SURROGATE):
            return self.rendering
        return self.token or _STAND_IN

    def stored(self, text: str) -> str:
        """Return what is stored for this segment of `text`."""
        if self.kind is Kind.PLAIN:
            return text[self.start : self.end]
        return self.token or _STAND_IN


def lay_out(
    text: str,
    findings: Sequence[Segment],
    *,
    is_welcome: Callable[[Proposal], bool] = lambda _: False,
    stand_ins: StandIns | None = None,
) -> list[Segment]:
    """Return the segments of the whole text, with literals where they are needed.

    Args:
        text: the original text.
        findings: the segments of the findings, in text order, not overlapping, not empty.
        is_welcome: whether token-like text in the original may stay as it is.
        stand_ins: the scope's, those of `findings` included; None where it has none.
    """
    segments = _with_gaps(len(text), findings)
    is_twofold = any(one.kind in _TWOFOLD for one in findings)
    reader = _Reader(text, is_welcome, stand_ins)
    for _ in range(_CAREFUL_ROUNDS):
        marks = reader.troubles(segments, is_sent=True)
        if is_twofold:
            marks += reader.troubles(segments, is_sent=False)
        if not marks:
            return segments
        marked = _mark(segments, marks)
        if marked == segments:
            break
        segments = marked
    return _mark(segments, [(0, len(text))])


def _with_gaps(size: int, findings: Iterable[Segment]) -> list[Segment]:
    segments: list[Segment] = []
    place = 0
    for finding in findings:
        if finding.start > place:
            segments.append(Segment(Kind.PLAIN, place, finding.start))
        segments.append(finding)
        place = finding.end
    if size > place:
        segments.append(Segment(Kind.PLAIN, place, size))
    return segments


class _Reader:
    """Reads a laid-out text as restoring will, and says what it would get wrong."""

    def __init__(
        self, text: str, is_welcome: Callable[[Proposal], bool], stand_ins: StandIns | None
    ) -> None:
        self._text = text
        self._is_welcome = is_welcome
        self._stand_ins = stand_ins

    def troubles(self, segments: list[Segment], *, is_sent: bool) -> list[tuple[int, int]]:
        """Return the stretches of the original text that must not stay as they are."""
        laid = _Laid.of(self._text, segments, is_sent=is_sent)
        proposals = scan(laid.output)
        troubles = self._of_tokens(laid, proposals)
        marks = [place for stretch in troubles for place in laid.original(stretch)]
        marks += self._of_json(laid)
        return marks + (self._of_stand_ins(laid, proposals) if self._stand_ins else [])

    def _of_json(self, laid: _Laid) -> list[tuple[int, int]]:
        """Return what opens a JSON text in which a value would be escaped that was not."""
        walk, at = JsonWalk(), 0
        for place, segment in sorted({**laid.tokens, **laid.stand_ins}.items()):
            walk.advance(laid.output[at:place])
            at = place
            value = self._text[segment.start : segment.end]
            if walk.fit(value) != value:
                return laid.original(walk.opener)
        return []

    def _of_tokens(self, laid: _Laid, proposals: list[Proposal]) -> list[tuple[int, int]]:
        troubles = []
        placed = dict(laid.tokens)
        for proposal in proposals:
            if proposal.start in placed and _reads_as(proposal, placed[proposal.start]):
                del placed[proposal.start]
            elif proposal.is_sound and not self._is_welcome(proposal):
                troubles.append(_culprit(proposal, proposal.start in placed))
        return troubles

    def _of_stand_ins(self, laid: _Laid, proposals: list[Proposal]) -> list[tuple[int, int]]:
        from maskwell.masking.surrogates.matching import Hit, StandInScanner  # noqa: PLC0415  # only where there are stand-ins

        if self._stand_ins is None:
            return []
        hits = StandInScanner(self._stand_ins).close(laid.output, proposals)[1]
        marks: list[tuple[int, int]] = []
        unread = dict(laid.stand_ins)
        for hit in hits:
            if not isinstance(hit, Hit) or hit.is_stranger or hit.is_linked:
                continue
            segment = unread.get(hit.start)
            is_ours = segment is not None and (hit.end, hit.value) == (
                hit.start + len(segment.rendering),
                self._text[segment.start : segment.end],
            )
            if is_ours:
                del unread[hit.start]
            else:
                marks += laid.original((hit.start, hit.end))
        return marks + [(one.start, one.end) for one in unread.values()]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A laid-out text and where in it what was put there stands."""

    output: str
    tokens: dict[int, Segment]
    stand_ins: dict[int, Segment]
    loose: list[tuple[tuple[int, int], Segment]]
    """What may still be masked, with where it stands in the output."""

    @classmethod
    def of(cls, text: str, segments: list[Segment], *, is_sent: bool) -> _Laid:
        pieces = [one.sent(text) if is_sent else one.stored(text) for one in segments]
        laid = cls("".join(pieces), {}, {}, [])
        place = 0
        for piece, segment in zip(pieces, segments, strict=True):
            if _is_token(segment, is_sent=is_sent):
                laid.tokens[place] = segment
            elif segment.kind is Kind.SURROGATE:
                laid.stand_ins[place] = segment
            if segment.kind is Kind.PLAIN or (is_sent and segment.kind in _LOOSE):
                laid.loose.append(((place, place + len(piece)), segment))
            place += len(piece)
        return laid

    def original(self, stretch: tuple[int, int]) -> list[tuple[int, int]]:
        """Return where the changeable part of a stretch of the output stands in the original."""
        return [
            _within(stretch, bound, segment)
            for bound, segment in self.loose
            if bound[0] < stretch[1] and bound[1] > stretch[0]
        ]


def _within(stretch: tuple[int, int], bound: tuple[int, int], segment: Segment) -> tuple[int, int]:
    if segment.kind is Kind.SURROGATE:
        return segment.start, segment.end
    return (
        segment.start + max(0, stretch[0] - bound[0]),
        segment.end - max(0, bound[1] - stretch[1]),
    )


def _is_token(segment: Segment, *, is_sent: bool) -> bool:
    if is_sent:
        return segment.kind in (Kind.TOKEN, Kind.LITERAL)
    return segment.kind is not Kind.PLAIN


def _reads_as(proposal: Proposal, segment: Segment) -> bool:
    """Say whether the token put there is read as itself and may be restored there."""
    return (
        f"[{proposal.code}]" == (segment.token or _STAND_IN)
        and not proposal.altered
        and not proposal.refused_until
        and proposal.opening is None
    )


def _culprit(proposal: Proposal, is_ours: bool) -> tuple[int, int]:
    """Return the stretch of the output that must change for this proposal to go away."""
    if is_ours and not proposal.altered:
        if proposal.refused_until:
            return proposal.end, proposal.refused_until
        if proposal.opening is not None:
            return proposal.opening
    return proposal.start, proposal.end


def _mark(segments: list[Segment], marks: list[tuple[int, int]]) -> list[Segment]:
    """Make literals of plain text, and tokens of findings, in the marked places."""
    marked: list[Segment] = []
    for segment in segments:
        touching = [
            (max(start, segment.start), min(end, segment.end))
            for start, end in marks
            if start < segment.end and end > segment.start
        ]
        if touching and segment.kind is Kind.PLAIN:
            marked += _split(segment, sorted(touching))
        elif touching and segment.kind in _LOOSE:
            marked.append(replace(segment, kind=Kind.TOKEN))
        else:
            marked.append(segment)
    return _joined(marked)


def _split(segment: Segment, touching: list[tuple[int, int]]) -> list[Segment]:
    parts: list[Segment] = []
    place = segment.start
    for start, end in touching:
        if start > place:
            parts.append(Segment(Kind.PLAIN, place, start))
        if end > place:
            parts.append(Segment(Kind.LITERAL, max(start, place), end))
        place = max(place, end)
    if segment.end > place:
        parts.append(Segment(Kind.PLAIN, place, segment.end))
    return parts


def _joined(segments: list[Segment]) -> list[Segment]:
    """Make one literal of neighbouring ones."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and segment.kind is Kind.LITERAL and joined[-1].kind is Kind.LITERAL:
            joined[-1] = replace(joined[-1], end=segment.end)
        else:
            joined.append(segment)
    return joined
