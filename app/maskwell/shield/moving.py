"""What of a chat's earlier turns may go along when the chat goes on somewhere else.

A value that stood as it is in a turn was let through to one place: by a rule for that place or
by the user who reviewed it, or nobody knew then that it is private. Invariant: it goes to another
place as its token, unless the policy keeps values of its kind there too. In the place itself the
turn is replayed as it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.policy import Action, Reach
from maskwell.vault import Applied, Kept
from maskwell.vault.mentions import labelled_token, token_places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from maskwell.policy import Policy
    from maskwell.shield.knowledge import ScopeIndex
    from maskwell.vault.records import Message as StoredMessage

__all__ = ["Place", "as_elsewhere", "place_of"]

Place = tuple[str, str]
"""A destination's name and its reach; one that was configured anew is another place."""


def place_of(message: StoredMessage, sent: Sequence[tuple[datetime, str, str]]) -> Place | None:
    """Return where a stored turn went to first, or where a reply came from; None for nowhere.

    Args:
        message: the turn.
        sent: when its conversation was sent where, oldest first.
    """
    if message.role == "user":
        after = [place for at, *place in sent if at >= message.created_at]
        found = after[:1]
    else:
        found = [place for at, *place in sent if at <= message.created_at][-1:]
    return (found[0][0], found[0][1]) if found else None


def as_elsewhere(kept: Kept, policy: Policy, place: Place, index: ScopeIndex) -> Kept:
    """Return a turn as it may go to a place it was not decided for.

    Args:
        kept: the turn as it is kept.
        policy: the policy of the chat now.
        place: where the chat goes now.
        index: what the chat's scope knows now, which may stand in the turn as plain words.
    """
    applied = tuple(
        one
        if one.action != Action.KEEP or _keeps(policy, kept.text[one.start : one.end], place)
        else replace(one, action=Action.TOKEN.value)
        for one in kept.applied
    )
    taken = [(one.start, one.end) for one in applied] + token_places(kept.text)
    news = [
        (start, end, token)
        for start, end, variant in index.find(kept.text)
        if not any(start < b and a < end for a, b in taken)
        and not _keeps(policy, token := variant.token, place)
    ]
    return _with_tokens(replace(kept, applied=applied), news)


def _with_tokens(kept: Kept, news: Sequence[tuple[int, int, str]]) -> Kept:
    """Put tokens where known values stand as plain words; what is there already moves along."""
    pieces: list[str] = []
    applied: list[Applied] = []
    done = shift = 0
    waiting = list(kept.applied)
    for start, end, token in [*news, (len(kept.text), len(kept.text), "")]:
        while waiting and waiting[0].start < start:
            one = waiting.pop(0)
            applied.append(replace(one, start=one.start + shift, end=one.end + shift))
        pieces += [kept.text[done:start], token]
        if token:
            at = start + shift
            applied.append(Applied(at, at + len(token), Action.TOKEN.value))
        shift += len(token) - (end - start)
        done = end
    return Kept("".join(pieces), tuple(applied))


def _keeps(policy: Policy, token: str, place: Place) -> bool:
    """Say whether the policy keeps all values of a token's kind, whatever their subtype."""
    named = labelled_token(token)
    if named is None:
        return False
    kind, (name, reach) = EntityType(named[0]), place
    if kind is EntityType.LITERAL:
        return True  # what a model wrote in the shape of a token is nobody's value
    for rule in policy.rules:
        if replace(rule, subtypes=frozenset()).matches(kind, "", name, Reach(reach)):
            if rule.action is not Action.KEEP:
                return False
            if not rule.subtypes:
                return True
    return policy.default is Action.KEEP
