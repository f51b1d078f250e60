"""One turn of a chat as the thread shows it: the text with its values, and how each is marked.

In a prompt every value is marked by what became of it: put back, a stand-in, left as it was,
or gone for good. In a reply a value was put back, or is guarded and shows dots.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.tui.values import MarkedText, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from maskwell.masking import Receipt, Restored
    from maskwell.shield import Reply
    from maskwell.vault import Applied, Kept

__all__ = ["ShownTurn", "marked_prompt", "marked_reply", "marked_text"]

_LITERAL = "LITERAL_"
"""Stands for words that only looked like a token: nothing private."""
_LOOKS = {
    "keep": "kept",
    "surrogate": "stand_in",
    "mask": "changed",
    "generalise": "changed",
    "hash": "changed",
    "drop": "dropped",
}


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One turn as the thread shows it."""

    role: str
    heading: str
    marked: MarkedText
    receipt: Receipt | None = None
    is_complete: bool = True
    """False when the reply ended early."""


def marked_reply(reply: Reply) -> MarkedText:
    """Return what has come of a reply, ready to be shown."""
    return _marked(reply.restored, reply.spans, reply.receipt)


def marked_text(restored: Restored) -> MarkedText:
    """Return restored text with its private values, ready to be shown."""
    return _marked(restored.text, restored.spans, restored.receipt)


def _marked(text: str, spans: Iterable[tuple[int, int, str]], receipt: Receipt) -> MarkedText:
    guarded = {_bare(token) for token in receipt.guarded}
    values = (
        Value(start, end, token, "guarded" if _bare(token) in guarded else "restored")
        for start, end, token in spans
        if not _bare(token).startswith(_LITERAL)
    )
    return MarkedText(text, tuple(values))


def marked_prompt(
    restored: Restored, kept: Kept, sent: Callable[[Kept, Applied], str]
) -> MarkedText:
    """Return a prompt of the user's with what became of each value in it.

    Args:
        restored: the prompt with its values put back.
        kept: what is kept of it, with the action of each value.
        sent: tells what left for a value that was no token.
    """
    marked = marked_text(restored)
    waiting = list(kept.applied)
    values = []
    for value in marked.values:
        one = _taken(waiting, kept, value.token)
        if one is None or value.look == "guarded" or one.action not in _LOOKS:
            values.append(value)
        else:
            left = sent(kept, one)
            values.append(Value(value.start, value.end, left, _LOOKS[one.action]))
    return MarkedText(marked.text, tuple(values))


def _taken(waiting: list[Applied], kept: Kept, token: str) -> Applied | None:
    """Return the action of the next such token, and forget those before it."""
    for number, one in enumerate(waiting):
        if _bare(kept.text[one.start : one.end]) == _bare(token):
            del waiting[: number + 1]
            return one
    return None


def _bare(token: str) -> str:
    return token.strip("[]").partition(" ")[0]
