"""Laying tokens into a text so that what comes out reads back as exactly those tokens.

A text is laid out as segments. Whatever the scanner would see in the result that is not a
token put there, and whatever would keep such a token from being restored (a link around it,
the remains of a label behind it), is masked as a literal too; then the result is scanned
again, until nothing is left to mask. So `restore(protect(x)) == x` holds by construction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from maskwell.masking.scanning import scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from maskwell.masking.scanning import Proposal

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
    RENDERED = auto()
    """A finding of which only an anonymous rendering leaves; a token in what is stored."""
    LITERAL = auto()
    """Token-like text, masked as a literal."""


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
        return self.rendering if self.kind is Kind.RENDERED else self.token or _STAND_IN

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
) -> list[Segment]:
    """Return the segments of the whole text, with literals where they are needed.

    Args:
        text: the original text.
        findings: the segments of the findings, in text order, not overlapping, not empty.
        is_welcome: whether token-like text in the original may stay as it is.
    """
    segments = _with_gaps(len(text), findings)
    is_twofold = any(one.kind in (Kind.KEPT, Kind.RENDERED) for one in findings)
    for _ in range(_CAREFUL_ROUNDS):
        marks = _troubles(text, segments, is_welcome, is_sent=True)
        if is_twofold:
            marks += _troubles(text, segments, is_welcome, is_sent=False)
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


def _troubles(
    text: str,
    segments: list[Segment],
    is_welcome: Callable[[Proposal], bool],
    *,
    is_sent: bool,
) -> list[tuple[int, int]]:
    """Return the stretches of the original text that must not stay as they are."""
    pieces = [one.sent(text) if is_sent else one.stored(text) for one in segments]
    placed: dict[int, Segment] = {}
    bounds: list[tuple[int, int]] = []
    place = 0
    for piece, segment in zip(pieces, segments, strict=True):
        bounds.append((place, place + len(piece)))
        if _is_token(segment, is_sent=is_sent):
            placed[place] = segment
        place += len(piece)
    output = "".join(pieces)
    troubles: list[tuple[int, int]] = []
    for proposal in scan(output):
        if proposal.start in placed and _reads_as(proposal, placed[proposal.start]):
            del placed[proposal.start]
        elif proposal.is_sound and not is_welcome(proposal):
            troubles.append(_culprit(proposal, proposal.start in placed))
    loose = [
        (bound, segment)
        for bound, segment in zip(bounds, segments, strict=True)
        if segment.kind is Kind.PLAIN or (is_sent and segment.kind is Kind.KEPT)
    ]
    return [place for stretch in troubles for place in _original(stretch, loose)]


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


def _original(
    stretch: tuple[int, int], loose: list[tuple[tuple[int, int], Segment]]
) -> list[tuple[int, int]]:
    """Return where the changeable part of a stretch of the output stands in the original."""
    return [
        (
            segment.start + max(0, stretch[0] - start),
            segment.end - max(0, end - stretch[1]),
        )
        for (start, end), segment in loose
        if start < stretch[1] and end > stretch[0]
    ]


def _mark(segments: list[Segment], marks: list[tuple[int, int]]) -> list[Segment]:
    """Make literals of the plain text, and tokens of the kept findings, in the marked places."""
    marked: list[Segment] = []
    for segment in segments:
        touching = [
            (max(start, segment.start), min(end, segment.end))
            for start, end in marks
            if start < segment.end and end > segment.start
        ]
        if touching and segment.kind is Kind.PLAIN:
            marked += _split(segment, sorted(touching))
        elif touching and segment.kind is Kind.KEPT:
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
