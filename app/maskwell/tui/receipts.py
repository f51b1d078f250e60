"""A receipt in words: what restoring a reply did, in one line and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.masking import Receipt

__all__ = ["has_more", "in_full", "in_one_line"]


def in_one_line(receipt: Receipt) -> list[tuple[str, str]]:
    """Return the receipt's counts as (words, colour); what is zero is not named."""
    parts = []
    if receipt.restored:
        parts.append((f"✓ {_count(receipt.restored, 'value')} put back", "$success"))
    if receipt.altered:
        parts.append((f"≈ {receipt.altered} from a changed token", "$faint"))
    for tokens, words in _left_standing(receipt):
        if tokens:
            parts.append((f"! {len(tokens)} {words.partition(',')[0]}", "$warning"))
    return parts or [("No private values in this reply", "$faint")]


def in_full(receipt: Receipt) -> list[tuple[str, str]]:
    """Return (what happened, to which tokens) for everything worth explaining."""
    rows = []
    if receipt.restored:
        rows.append(("put back", _count(receipt.restored, "value")))
    if receipt.altered:
        rows.append(
            ("recognised", f"{receipt.altered} written differently in the reply, then put back")
        )
    for tokens, words in _left_standing(receipt):
        if tokens:
            rows.append((words, "  ".join(dict.fromkeys(tokens))))
    return rows


def has_more(receipt: Receipt) -> bool:
    """Whether opening the receipt tells more than its one line."""
    return bool(receipt.altered or any(tokens for tokens, _ in _left_standing(receipt)))


def _left_standing(receipt: Receipt) -> list[tuple[Sequence[str], str]]:
    return [
        (receipt.unknown, "unknown, left as it is"),
        (receipt.foreign, "of another chat, left as it is"),
        (receipt.withheld, "withheld, from a link or image"),
        (receipt.erased, "erased, gone from the vault"),
        (receipt.guarded, "guarded, shown only when you ask"),
        (receipt.strangers, "left as it is, beside somebody else's name"),
        (receipt.generalised, "generalised, cannot come back"),
        (receipt.masked, "starred out, cannot come back"),
        (receipt.hashed, "hashed, cannot come back"),
        (receipt.dropped, "dropped, cannot come back"),
    ]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
