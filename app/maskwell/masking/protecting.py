"""Applying the decided actions to a text: what may leave, and what is stored of it.

Invariant: what is stored holds a token for every finding, whatever its action was, so no real
value is stored twice; with the actions beside it `render` gives back exactly what was sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from maskwell.entity_types import EntityType
from maskwell.errors import BlockedByPolicy
from maskwell.masking.composing import Kind, Segment, lay_out
from maskwell.masking.linking import tokens_for
from maskwell.masking.surrogates.cache import stand_ins_of
from maskwell.masking.treating import IRREVERSIBLE, KINDS, Treatment, treat
from maskwell.policy import Action
from maskwell.vault import Applied, Kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maskwell.detection import Finding
    from maskwell.masking.linking import Surface
    from maskwell.masking.tokens import Token
    from maskwell.vault import Scope, Vault

    _Full = tuple[Finding, Action, str]
    Decided = tuple[Finding, Action] | _Full

__all__ = ["Marked", "Protected", "literals_named", "protect"]

_ACTIONS = {
    Kind.KEPT: Action.KEEP,
    Kind.TOKEN: Action.TOKEN,
    Kind.LITERAL: Action.TOKEN,
    Kind.SURROGATE: Action.SURROGATE,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """One decided finding."""

    finding: Finding
    action: Action
    token: str
    """What stands for it in the stored text."""
    surface: str
    """The real value: for the screen, never for a log."""
    sent: str = ""
    """What leaves for it: the value, its token, its stand-in, or what does not come back."""


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
    """The types of which a value was masked, generalised, hashed or dropped."""
    changes: tuple[tuple[int, int, str], ...] = ()
    """(start, end, what stands there now) of every change: characters of the original text."""

    @property
    def masked(self) -> tuple[Marked, ...]:
        """What left as `****`, and does not come back."""
        return self.treated(Action.MASK)

    @property
    def generalised(self) -> tuple[Marked, ...]:
        """What left as something less exact, and does not come back."""
        return self.treated(Action.GENERALISE)

    @property
    def hashed(self) -> tuple[Marked, ...]:
        """What left as a keyed hash, and does not come back."""
        return self.treated(Action.HASH)

    @property
    def dropped(self) -> tuple[Marked, ...]:
        """What did not leave at all."""
        return self.treated(Action.DROP)

    @property
    def restorable(self) -> tuple[Marked, ...]:
        """What left as a token or a stand-in, and comes back."""
        return tuple(one for one in self.findings if one.action in _COMING_BACK)

    def treated(self, action: Action) -> tuple[Marked, ...]:
        """Return the findings that had this action, in text order."""
        return tuple(one for one in self.findings if one.action is action)


_COMING_BACK = frozenset({Action.TOKEN, Action.SURROGATE})


def protect(
    vault: Vault,
    scope: Scope,
    text: str,
    decided: Sequence[Decided],
    *,
    policy: str = "",
) -> Protected:
    """Apply the actions to a text, issuing the tokens that are missing.

    Args:
        vault: where the values go.
        scope: within which the tokens stand.
        text: the original text.
        decided: the findings with their actions, not overlapping, and how far to generalise
            where a policy says so; offsets are characters of `text`.
        policy: the policy's name, for the record.

    Raises:
        BlockedByPolicy: an action is `block`; nothing was written.
    """
    ordered = sorted(((*one, "")[:3] for one in decided), key=_start)
    _refuse_blocked(ordered)
    tokens = tokens_for(vault, scope, [_surface_of(text, one[0]) for one in ordered])
    treatments = _treatments(vault, scope, text, ordered, tokens)
    findings = [
        _segment(n, one[0], treatment, tokens[_surface_of(text, one[0])])
        for n, (one, treatment) in enumerate(zip(ordered, treatments, strict=True))
    ]
    laid = lay_out(text, findings, stand_ins=stand_ins_of(vault, scope))
    segments = literals_named(vault, scope, text, laid)
    marked = _marked(text, ordered, treatments, segments)
    return Protected(
        text="".join(segment.sent(text) for segment in segments),
        kept=_kept(text, segments, treatments),
        findings=marked,
        scope=scope.name,
        policy=policy,
        irreversible=tuple(
            dict.fromkeys(
                str(one.finding.entity_type) for one in marked if one.action in IRREVERSIBLE
            )
        ),
        changes=tuple(
            (segment.start, segment.end, segment.sent(text))
            for segment in segments
            if segment.kind not in (Kind.PLAIN, Kind.KEPT)
        ),
    )


def _start(one: Sequence[Any]) -> int:
    finding: Finding = one[0]
    return finding.start


def _treatments(
    vault: Vault,
    scope: Scope,
    text: str,
    decided: Sequence[_Full],
    tokens: Mapping[Surface, Token],
) -> list[Treatment]:
    """Return what is really done with each finding, choosing the stand-ins that are missing."""
    surfaces = [_surface_of(text, one[0]) for one in decided]
    wanted = {
        surface: tokens[surface]
        for surface, one in zip(surfaces, decided, strict=True)
        if one[1] is Action.SURROGATE
    }
    forms = _stand_ins(vault, scope, text, wanted) if wanted else {}
    return [
        _by_stand_in(forms.get(surface))
        if one[1] is Action.SURROGATE
        else treat(vault, scope, one, surface[1], tokens[surface])
        for surface, one in zip(surfaces, decided, strict=True)
    ]


def _stand_ins(
    vault: Vault, scope: Scope, text: str, wanted: Mapping[Surface, Token]
) -> dict[Surface, str]:
    from maskwell.masking.surrogates.desk import stand_ins_for  # noqa: PLC0415  # Faker's lists wait for their use

    with vault.transaction():
        return stand_ins_for(vault, scope, text, wanted)


def _by_stand_in(form: str | None) -> Treatment:
    return Treatment(Action.TOKEN) if form is None else Treatment(Action.SURROGATE, form)


def _refuse_blocked(decided: Sequence[_Full]) -> None:
    blocked = dict.fromkeys(
        str(finding.entity_type) for finding, action, _ in decided if action is Action.BLOCK
    )
    if blocked:
        raise BlockedByPolicy(
            f"The policy does not let {', '.join(blocked)} go there; "
            "take it out of the text, or choose another policy or destination."
        )


def _surface_of(text: str, finding: Finding) -> tuple[EntityType, str]:
    return finding.entity_type, text[finding.start : finding.end]


def _segment(number: int, finding: Finding, treatment: Treatment, token: Token) -> Segment:
    return Segment(
        kind=KINDS[treatment.action],
        start=finding.start,
        end=finding.end,
        token=token.text,
        rendering=treatment.rendering,
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
    text: str,
    decided: Sequence[_Full],
    treatments: Sequence[Treatment],
    segments: list[Segment],
) -> tuple[Marked, ...]:
    """Return the findings as they were really treated: kept ones may have become tokens."""
    return tuple(
        Marked(
            finding=decided[segment.finding][0],
            action=_action_of(segment, treatments),
            token=segment.token,
            surface=text[segment.start : segment.end],
            sent=segment.sent(text),
        )
        for segment in segments
        if segment.finding >= 0
    )


def _action_of(segment: Segment, treatments: Sequence[Treatment]) -> Action:
    if segment.kind is Kind.RENDERED:
        return treatments[segment.finding].action
    return _ACTIONS[segment.kind]


def _kept(text: str, segments: list[Segment], treatments: Sequence[Treatment]) -> Kept:
    pieces: list[str] = []
    applied: list[Applied] = []
    place = 0
    for segment in segments:
        piece = segment.stored(text)
        if segment.kind is not Kind.PLAIN:
            is_rendered = segment.kind in (Kind.RENDERED, Kind.SURROGATE)
            rendering = segment.rendering if is_rendered else None
            action = str(_action_of(segment, treatments))
            applied.append(Applied(place, place + len(piece), action, rendering))
        pieces.append(piece)
        place += len(piece)
    return Kept("".join(pieces), tuple(applied))
