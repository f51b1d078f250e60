"""What is suspicious about a text before it reaches a model.

Invariant: any string gives an answer, with spans inside the string; the cost is linear in it.
What is decoded is judged once more, at most `_DEPTH` layers deep, so a wrapped wrapper is
seen and a bomb is not unpacked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from maskwell.guard.encoded import find_encoded
from maskwell.guard.hidden import find_hidden
from maskwell.guard.hosts import TOKEN, is_placeholder, oddities
from maskwell.guard.links import find_links
from maskwell.guard.orders import find_orders, order_score
from maskwell.guard.warning import SUSPICIOUS_FROM, GuardWarning, Inspection, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Source", "hidden_warnings", "inspect"]

Source = Literal["prompt", "pasted", "file", "reply"]
"""Where a text comes from. A prompt may give a model orders, pasted text and files may not;
a reply is the model's own and is looked through for what is hidden in it."""

_DEPTH: Final = 2
_ADDRESS: Final = re.compile(r"\b(?:https?|ftp)://\S{4}|\bwww\.\w|javascript:", re.IGNORECASE)
_STRUCTURED: Final = ("{", "[", "<", "-----")


def inspect(untrusted_text: str, *, source: Source = "pasted") -> Inspection:
    """Return everything suspicious in the text.

    Args:
        untrusted_text: any text, in any state.
        source: where it comes from. The user's own `prompt` is not searched for orders, only
            for what they may not know is in it: hidden and encoded text, addresses that carry
            text away.
    """
    warnings = list(hidden_warnings(untrusted_text))
    warnings += _encoded(untrusted_text, _DEPTH)
    if source in {"pasted", "file"}:
        warnings += find_orders(untrusted_text)
    if source != "reply":
        warnings += _addresses(untrusted_text)
    return Inspection.of(warnings)


def hidden_warnings(untrusted_text: str) -> Iterator[GuardWarning]:
    """Yield what people do not see in the text, weighed by what it says."""
    for one in find_hidden(untrusted_text):
        score, reason = one.score, one.reason
        if one.payload and _says_something(one.payload, _DEPTH):
            score, reason = max(score, 0.95), f"{reason}; it gives a model orders"
        yield GuardWarning(Kind.HIDDEN_TEXT, one.start, one.end, score, reason)


def _encoded(text: str, depth: int) -> Iterator[GuardWarning]:
    for one in find_encoded(text):
        if _says_something(one.text, depth - 1):
            reason = f"{one.encoding} that decodes to instructions"
            yield GuardWarning(Kind.ENCODED, one.start, one.end, 0.95, reason)
        elif _ADDRESS.search(one.text) and not one.text.lstrip().startswith(_STRUCTURED):
            in_escapes = one.encoding.endswith("escapes")
            reason = f"{one.encoding} that decodes to a link"
            score = 0.3 if in_escapes else 0.6
            yield GuardWarning(Kind.ENCODED, one.start, one.end, score, reason)


def _says_something(payload: str, depth: int) -> bool:
    """Whether text that was hidden gives orders, by itself or in a further layer."""
    if order_score(payload) >= SUSPICIOUS_FROM:
        return True
    return depth > 0 and any(one.score >= 0.9 for one in _encoded(payload, depth))


def _addresses(text: str) -> Iterator[GuardWarning]:
    """Yield links and pictures that are made to carry something away or to run something."""
    if "](" not in text and "<" not in text and "://" not in text:
        return
    for link in find_links(text):
        has_gap = is_placeholder(link.target) or bool(TOKEN.search(link.target))
        if has_gap and link.is_image:
            reason = "a picture whose address has a gap for text to be carried away in"
            yield GuardWarning(Kind.EXFILTRATION, link.start, link.end, 0.9, reason)
        elif has_gap and not link.is_html and link.label != link.target:
            reason = "a link whose address has a gap for text to be carried away in"
            yield GuardWarning(Kind.EXFILTRATION, link.start, link.end, 0.45, reason)
        for score, why in oddities(link.target):
            if score >= 0.9 and not (link.is_image and link.target.startswith("data:image/")):
                yield GuardWarning(Kind.LINK, link.start, link.end, score, why)
