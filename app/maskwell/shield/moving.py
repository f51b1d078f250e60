"""What of a chat's earlier turns may go along when the chat goes on somewhere else.

A value that stood as it is in a turn was let through to one place: by a rule for that place or
by the user who reviewed it, or nobody knew then that it is private. Invariant: it goes to another
place as its token, unless the policy keeps values of its kind there too. In the place itself the
turn is replayed as it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate
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

__all__ = ["Place", "Places", "as_elsewhere"]

Place = tuple[str, str]
"""A destination's name and its reach; one that was configured anew is another place."""


class Places:
    """Where the turns of one conversation went to or came from."""

    def __init__(self, sent: Sequence[tuple[datetime, str, str]]) -> None:
        """Take when the conversation was sent where: moment, destination, reach, oldest first."""
        self._sent = sent
        # Ascending also where the machine's clock was set back, so that a turn is found at once.
        self._latest = list(accumulate((at for at, *_ in sent), max))
        self._earliest = list(accumulate((at for at, *_ in reversed(sent)), min))[::-1]

    def of(self, message: StoredMessage) -> Place | None:
        """Return where a stored turn went first, or where a reply came from; None for nowhere."""
        if message.role == "user":
            index = bisect_left(self._latest, message.created_at)
        else:
            index = bisect_right(self._earliest, message.created_at) - 1
        return self._sent[index][1:] if 0 <= index < len(self._sent) else None


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
