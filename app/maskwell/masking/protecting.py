"""Applying the decided actions to a text: what may leave, and what is stored of it.

Invariant: what is stored holds a token for every finding, whatever its action was, so no real
value is stored twice; with the actions beside it `render` gives back exactly what was sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.errors import BlockedByPolicy
from maskwell.masking.composing import Kind, Segment, lay_out
from maskwell.masking.linking import tokens_for
from maskwell.policy import Action
from maskwell.vault import Applied, Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.detection import Finding
    from maskwell.masking.tokens import Token
    from maskwell.vault import Scope, Vault

__all__ = ["Marked", "Protected", "literals_named", "protect"]

_MASK = "****"
_KINDS = {
    Action.KEEP: Kind.KEPT,
    Action.TOKEN: Kind.TOKEN,
    Action.MASK: Kind.RENDERED,
    Action.DROP: Kind.RENDERED,
}
_RENDERINGS = {Action.MASK: _MASK, Action.DROP: ""}
_ACTIONS = {Kind.KEPT: Action.KEEP, Kind.TOKEN: Action.TOKEN, Kind.LITERAL: Action.TOKEN}


@dataclass(frozen=True, slots=True)
class Marked:
    """One decided finding."""

    finding: Finding
    action: Action
    token: str
    """What stands for it in the stored text."""
    surface: str
    """The real value: for the screen, never for a log."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A text whose findings have all had their action."""

    text: str
    """What may leave."""
    kept: Kept
    """What may be stored."""
    findings: tuple[Marked, ...]
    """In text order."""
    scope: str
    policy: str
    irreversible: tuple[str, ...]
    """The types of which a value was masked or dropped: these do not come back."""
    changes: tuple[tuple[int, int, str], ...] = ()
    """(start, end, what stands there now) of every change: characters of the original text."""


def protect(
    vault: Vault,
    scope: Scope,
    text: str,
    decided: Sequence[tuple[Finding, Action]],
    *,
    policy: str = "",
) -> Protected:
    """Apply the actions to a text, issuing the tokens that are missing.

    Args:
        vault: where the values go.
        scope: within which the tokens stand.
        text: the original text.
        decided: the findings with their actions, not overlapping; offsets are characters of
            `text`.
        policy: the policy's name, for the record.

    Raises:
        BlockedByPolicy: an action is `block`; nothing was written.
    """
    ordered = sorted(decided, key=lambda pair: pair[0].start)
    _refuse_blocked(ordered)
    tokens = tokens_for(vault, scope, [_surface_of(text, finding) for finding, _ in ordered])
    findings = [
        _segment(n, finding, action, tokens[_surface_of(text, finding)])
        for n, (finding, action) in enumerate(ordered)
    ]
    segments = literals_named(vault, scope, text, lay_out(text, findings))
    marked = _marked(text, ordered, segments)
    return Protected(
        text="".join(segment.sent(text) for segment in segments),
        kept=_kept(text, segments, ordered),
        findings=marked,
        scope=scope.name,
        policy=policy,
        irreversible=tuple(
            dict.fromkeys(
                str(one.finding.entity_type)
                for one in marked
                if _KINDS[one.action] is Kind.RENDERED
            )
        ),
        changes=tuple(
            (segment.start, segment.end, segment.sent(text))
            for segment in segments
            if segment.kind not in (Kind.PLAIN, Kind.KEPT)
        ),
    )


def _refuse_blocked(decided: Sequence[tuple[Finding, Action]]) -> None:
    blocked = dict.fromkeys(
        str(finding.entity_type) for finding, action in decided if action is Action.BLOCK
    )
    if blocked:
        raise BlockedByPolicy(
            f"The policy does not let {', '.join(blocked)} go there; "
            "take it out of the text, or choose another policy or destination."
        )


def _surface_of(text: str, finding: Finding) -> tuple[EntityType, str]:
    return finding.entity_type, text[finding.start : finding.end]


def _segment(number: int, finding: Finding, action: Action, token: Token) -> Segment:
    return Segment(
        kind=_KINDS[action],
        start=finding.start,
        end=finding.end,
        token=token.text,
        rendering=_RENDERINGS.get(action, ""),
        finding=number,
    )


def literals_named(vault: Vault, scope: Scope, text: str, segments: list[Segment]) -> list[Segment]:
    """Give the literals their tokens."""
    wanted = {
        segment: (EntityType.LITERAL, text[segment.start : segment.end])
        for segment in segments
        if segment.kind is Kind.LITERAL
    }
    if not wanted:
        return segments
    tokens = tokens_for(vault, scope, wanted.values())
    return [
        replace(segment, token=tokens[wanted[segment]].text) if segment in wanted else segment
        for segment in segments
    ]


def _marked(
    text: str, decided: Sequence[tuple[Finding, Action]], segments: list[Segment]
) -> tuple[Marked, ...]:
    """Return the findings as they were really treated: kept ones may have become tokens."""
    return tuple(
        Marked(
            finding=decided[segment.finding][0],
            action=_ACTIONS.get(segment.kind, decided[segment.finding][1]),
            token=segment.token,
            surface=text[segment.start : segment.end],
        )
        for segment in segments
        if segment.finding >= 0
    )


def _kept(text: str, segments: list[Segment], decided: Sequence[tuple[Finding, Action]]) -> Kept:
    pieces: list[str] = []
    applied: list[Applied] = []
    place = 0
    for segment in segments:
        piece = segment.stored(text)
        if segment.kind is not Kind.PLAIN:
            is_rendered = segment.kind is Kind.RENDERED
            action = decided[segment.finding][1] if is_rendered else _ACTIONS[segment.kind]
            rendering = segment.rendering if is_rendered else None
            applied.append(Applied(place, place + len(piece), str(action), rendering))
        pieces.append(piece)
        place += len(piece)
    return Kept("".join(pieces), tuple(applied))
