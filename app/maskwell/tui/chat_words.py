"""The words around a chat: the empty page, the status line, the steps of a hand-over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.tui.desk import REACH_WORDS
from maskwell.tui.folder_words import time_words
from maskwell.tui.inert_text import inert_content
from maskwell.tui.keys import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from maskwell.tui.desk import Desk

__all__ = ["hand_over_lines", "left_out_words", "looking_line", "status_line", "welcome_page"]

_FIRST_KEYS = (("chat.sample", "sample"), ("chat.destination", "destination"), ("app.help", "keys"))
_TOO_EARLY_S = 2.0
"""Before that nobody can say how long it will take."""
_REACH_SIGNS = {"local": "●", "trusted": "◐", "remote": "○"}


def welcome_page(desk: Desk) -> Content:
    """Return what an empty chat shows: the next step and the first keys."""
    keys = desk.settings.keys
    steps = (
        "Write a prompt below, with the real names in it.",
        f"{key_of('composer.send', keys)} shows what is private; nothing leaves yet.",
        "Paste the result into any chatbot, its reply here."
        if desk.is_by_hand
        else "Tokens leave; the reply has the names back.",
    )
    page = inert_content("Nothing has left this machine.\n\n", "bold")
    for number, step in enumerate(steps, start=1):
        page += inert_content(f" {number}  ", "bold $accent") + inert_content(step + "\n")
    page += inert_content("\n")
    if not desk.has_recovery:
        page += inert_content(" Nobody can reset your passphrase. ", "$faint")
        page += inert_content(key_of("chat.recovery", keys), "bold $accent")
        page += inert_content(" makes\n a recovery code; ", "$faint")
        page += inert_content(key_of("app.vault", keys), "bold $accent")
        page += inert_content(" has all ways into the vault.\n\n", "$faint")
    for action, words in _FIRST_KEYS:
        page += inert_content(f" {key_of(action, keys)}", "bold $accent") + inert_content(
            f" {words}   "
        )
    return page


def hand_over_lines(sentence: str, keys: Mapping[str, str]) -> Content:
    """Return what to do with a prompt that is carried by hand; `sentence` says where it is."""
    lines = inert_content(f"{sentence}\n" if sentence else "")
    lines += inert_content("1", "bold $accent") + inert_content(" Paste it into any chatbot.  ")
    lines += inert_content("2", "bold $accent")
    lines += inert_content(" Paste its reply below and press Enter.\n")
    by_hand, back = key_of("chat.by_hand", keys), key_of("chat.stop", keys)
    hint = f"{by_hand} shows the text to copy by hand · {back} writes another prompt instead"
    return lines + inert_content(hint, "$faint")


def looking_line(read: int, of: int, taken_s: float) -> str:
    """Return how far the search of a long text has come and how long it may still take.

    Args:
        read: characters that have been read.
        of: characters there are.
        taken_s: seconds that took.
    """
    left = ""
    if read and taken_s >= _TOO_EARLY_S:
        left = f", {time_words(taken_s * (of - read) / read)} left"
    return f"Looking for what is private: {read:,} of {of:,} characters{left}  Esc cancels"


def left_out_words(count: int) -> str:
    """Return what there is to say when a long chat did not fit into one sending."""
    if not count:
        return ""
    messages = "message was" if count == 1 else f"{count:,} messages were"
    return (
        f"This chat is longer than the model takes: its first {messages} not sent along. "
        "They are still here."
    )


def status_line(desk: Desk, width: int, *, tokens: bool, is_warm: bool, clock: str = "") -> Content:
    """Return where the next prompt goes, how far that is, by which policy, and two keys."""
    reach = desk.reach
    parts = [
        f"{_REACH_SIGNS[reach]} {desk.chat.destination} → {REACH_WORDS[reach]}",
        f"policy {desk.chat.policy}",
    ]
    if desk.offline:
        parts.append("offline")
    if clock:
        parts.insert(0, clock)
    if tokens:
        parts.append("tokens shown")
    if not is_warm:
        parts.append("getting ready…")
    left = "  │  ".join(parts)
    keys = desk.settings.keys
    right = f"{key_of('app.help', keys)} help  {key_of('app.palette', keys)} palette"
    gap = width - len(left) - len(right)
    line = inert_content(left)
    return line + inert_content(" " * gap + right, "$faint") if gap >= 2 else line
