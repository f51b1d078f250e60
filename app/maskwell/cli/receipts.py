"""What restoring did, as one line for stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.cli.outputs import json_line
from maskwell.cli.terminal import can_ask, say

if TYPE_CHECKING:
    from maskwell.masking import Receipt

__all__ = ["sentence_of", "tell_receipt"]


def tell_receipt(receipt: Receipt, *, in_full: bool = False) -> None:
    """Say what restoring did: as JSON, or in a line where it matters or someone may read it."""
    if in_full:
        say(json_line(receipt.as_dict()).decode().rstrip())
    elif _left_standing(receipt) or can_ask():
        say(sentence_of(receipt))


def sentence_of(receipt: Receipt) -> str:
    """Return the receipt as one sentence; what did not happen is not named."""
    parts = [f"{receipt.restored} {'value' if receipt.restored == 1 else 'values'} restored"]
    if receipt.altered:
        parts.append(f"{receipt.altered} of them from a changed token")
    parts += [f"{words}: {' '.join(tokens)}" for words, tokens in _left_standing(receipt)]
    return "; ".join(parts) + "."


def _left_standing(receipt: Receipt) -> list[tuple[str, tuple[str, ...]]]:
    named = [
        ("not issued by this vault", receipt.unknown),
        ("of another scope", receipt.foreign),
        ("withheld inside a link", receipt.withheld),
        ("erased", receipt.erased),
        ("left alone, a name that may be somebody else's", receipt.strangers),
        ("sent as stars and gone from the reply", receipt.masked),
        ("made less exact for good", receipt.generalised),
        ("hashed for good", receipt.hashed),
        ("not sent at all", receipt.dropped),
        ("guarded, shown with --reveal", receipt.guarded),
    ]
    return [(words, tokens) for words, tokens in named if tokens]
