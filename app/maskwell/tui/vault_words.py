"""The words of the vault screen: one entry, what is known about it, where it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.tui.inert_text import inert_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from maskwell.tui.vault_desk import Known, ToldLine

__all__ = ["detail", "entry", "size_words"]

_KIND_COLUMN = 9
_MOST_TOKENS = 6


def entry(known: Known) -> Content:
    """Return one line of the list."""
    value = " ".join(known.value.split())
    sign = "▪ " if known.is_guarded else "  "
    line = inert_content(f"{known.kind:<{_KIND_COLUMN}}", "$private")
    line += inert_content(sign, "$warning") + inert_content(value)
    more = len(known.variants)
    return line + inert_content(f"  +{more}" if more else "", "$faint")


def detail(known: Known, told: Sequence[ToldLine] | None, merged: Sequence[str]) -> Content:
    """Return all that is known about one; `told` is None while it is being looked up."""
    text = inert_content(f"{known.kind}  ", "bold $private")
    text += inert_content(" ".join(known.value.split()) + "\n", "bold")
    if known.is_guarded:
        text += inert_content("guarded: it is shown only when you say why\n", "$warning")
    if known.variants:
        text += _row("also as", " · ".join(known.variants))
    if merged:
        text += _row("merged", " · ".join(merged))
    text += _row("known since", known.since)
    text += _row("in", _counted(known.scopes))
    text += inert_content("\nWhere it has been sent\n", "bold")
    if told is None:
        return text + inert_content("looking in the ledger…", "$faint")
    if not told:
        return text + inert_content("Nowhere: nothing that mentions it ever left.", "$faint")
    for one in told:
        text += _told(one)
    return text


def size_words(byte_count: int) -> str:
    """Return a number of bytes as a person reads it."""
    size, unit = float(byte_count), "bytes"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"


def _told(one: ToldLine) -> Content:
    text = inert_content(f"{one.destination}", "bold $accent")
    text += inert_content(f" → {one.reach}\n")
    span = one.first if one.first == one.last else f"{one.first} – {one.last}"
    times = "once" if one.times == 1 else f"{one.times} times"
    text += inert_content(f"  {times}, {span}, {size_words(one.byte_count)}\n")
    text += inert_content(f"  as {_listed(one.tokens)}\n", "$faint")
    if one.pending:
        text += inert_content(f"  ! {one.pending} may or may not have left\n", "$warning")
    if one.beside:
        text += inert_content(f"  beside {_listed(one.beside)}\n", "$faint")
    return text


def _row(what: str, value: str) -> Content:
    return inert_content(f"{what:<12}", "$faint") + inert_content(" ".join(value.split()) + "\n")


def _listed(tokens: Sequence[str]) -> str:
    shown = " ".join(tokens[:_MOST_TOKENS])
    more = len(tokens) - _MOST_TOKENS
    return f"{shown} and {more} more" if more > 0 else shown


def _counted(scopes: Sequence[str]) -> str:
    matters = [scope for scope in scopes if not scope.startswith("chat-")]
    chats = len(scopes) - len(matters)
    words = [f"{chats} chat{'s' if chats > 1 else ''}"] if chats else []
    return " · ".join([*matters, *words]) or "no chat"
