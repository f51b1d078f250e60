"""Every action of the terminal app in one table: stable id, keys, words, and where it works.

Screens take their bindings from here, the help page and the palette list it, and the
`[keys]` section of the settings rebinds by id. So no action can be missing from one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding

from maskwell.config import near

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

__all__ = ["ACTIONS", "Action", "bindings", "key_names", "key_of", "keymap", "problems"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do."""

    id: str
    """Stable: settings name it."""
    keys: str
    """As Textual writes them, several with commas."""
    title: str
    handler: str
    """The Textual action the keys call."""
    is_listed: bool = True
    """Whether the palette offers it; movement keys are not commands."""

    @property
    def place(self) -> str:
        """Where it works: the part of the id before the dot."""
        return self.id.partition(".")[0]


ACTIONS = (
    Action("app.help", "f1", "Help: all keys", "app.help"),
    Action("app.palette", "ctrl+p", "Palette: every action", "app.command_palette"),
    Action("app.lock", "ctrl+l", "Lock the vault", "app.lock"),
    Action("app.quit", "ctrl+q", "Quit", "app.quit"),
    Action("chat.new", "ctrl+n", "New chat", "new_chat"),
    Action("chat.temporary", "f4", "New temporary chat (leaves no history)", "temporary_chat"),
    Action("chat.list", "f2", "Show or hide the list of chats", "toggle_list"),
    Action("chat.search", "ctrl+f", "Search all chats", "search"),
    Action("chat.tokens", "ctrl+t", "Show tokens or values", "toggle_tokens"),
    Action("chat.copy", "f3", "Copy the last reply", "copy_reply"),
    Action("chat.copy_protected", "f11", "Copy the last reply as tokens", "copy_reply_protected"),
    Action("chat.resend", "ctrl+r", "Send the last prompt again", "resend"),
    Action("chat.stop", "escape", "Stop the reply, or go back", "stop", is_listed=False),
    Action("chat.by_hand", "f5", "Show the text to copy by hand", "by_hand"),
    Action("chat.destination", "ctrl+g", "Choose the destination", "choose_destination"),
    Action("chat.policy", "f8", "Choose the policy", "choose_policy"),
    Action("chat.sample", "f9", "Write a sample prompt", "sample"),
    Action("chat.rename", "f10", "Rename this chat", "rename_chat"),
    Action("chat.delete", "f12", "Delete this chat", "delete_chat"),
    Action("composer.send", "enter", "Review what will leave", "send", is_listed=False),
    Action("composer.newline", "ctrl+j,shift+enter", "New line", "newline", is_listed=False),
    Action("composer.editor", "ctrl+o", "Write in $EDITOR", "editor"),
    Action("list.down", "j", "Next", "cursor_down", is_listed=False),
    Action("list.up", "k", "Previous", "cursor_up", is_listed=False),
    Action("list.first", "g", "First", "first", is_listed=False),
    Action("list.last", "G", "Last", "last", is_listed=False),
    Action("thread.down", "j,down", "Next message", "next", is_listed=False),
    Action("thread.up", "k,up", "Previous message", "previous", is_listed=False),
    Action("thread.first", "g,home", "First message", "first", is_listed=False),
    Action("thread.last", "G,end", "Last message", "last", is_listed=False),
    Action("thread.copy", "c", "Copy this message", "copy", is_listed=False),
    Action("thread.copy_tokens", "C", "Copy it as tokens", "copy_tokens", is_listed=False),
    Action("thread.code", "y", "Copy its code", "copy_code", is_listed=False),
    Action("thread.receipt", "r,enter", "Open or close its receipt", "receipt", is_listed=False),
    Action("review.send", "enter", "Send", "send"),
    Action("review.back", "escape", "Back to editing; nothing is sent", "back"),
    Action("review.next", "tab,right", "Next finding", "step(1)", is_listed=False),
    Action("review.previous", "shift+tab,left", "Previous finding", "step(-1)", is_listed=False),
    Action("review.down", "down,j", "Next finding", "row(1)", is_listed=False),
    Action("review.up", "up,k", "Previous finding", "row(-1)", is_listed=False),
    Action("review.toggle", "space", "Mask it, or leave it as it is", "toggle_masked"),
    Action("review.here", "s", "The same, only at this place", "toggle_here"),
    Action("review.keep", "x,u", "Not private: leave it as it is", "keep"),
    Action("review.private", "p", "Private: mask it", "private"),
    Action("review.type", "t", "Change its type", "choose_type"),
    Action("review.change", "a", "Choose what happens to it", "choose_action"),
    Action("review.never", "n", "Never again: ignore this value from now on", "never"),
    Action("review.always", "A", "Always: remember it as your own term", "always"),
    Action("review.mark", "m", "Mark a missed word", "mark"),
    Action("review.extend", "shift+right", "Take in the next word", "extend(1)", is_listed=False),
    Action("review.shrink", "shift+left", "Let go of the last word", "extend(-1)", is_listed=False),
    Action("review.undo", "z,ctrl+z", "Undo the last change", "undo"),
    Action("review.scroll_down", "pagedown", "Scroll down", "scroll(1)", is_listed=False),
    Action("review.scroll_up", "pageup", "Scroll up", "scroll(-1)", is_listed=False),
)

_BY_ID = {action.id: action for action in ACTIONS}
_PLACES_TOGETHER = {
    "composer": ("app", "chat", "composer"),
    "list": ("app", "chat", "list"),
    "thread": ("app", "chat", "thread"),
    "review": ("app", "review"),
}
_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
}


def bindings(place: str) -> list[BindingType]:
    """Return the bindings of one place, each rebindable by its id."""
    return [
        Binding(
            action.keys,
            action.handler,
            action.title,
            show=False,
            id=action.id,
            priority=action.place == "app" or action.id in {"review.next", "review.previous"},
        )
        for action in ACTIONS
        if action.place == place
    ]


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the user's bindings that name an action there is."""
    return {action_id: keys for action_id, keys in chosen.items() if action_id in _BY_ID}


def key_names(action: Action, chosen: Mapping[str, str]) -> str:
    """Return an action's keys as a person reads them ("Ctrl+N", "Tab · →")."""
    return " · ".join(_key_name(key) for key in chosen.get(action.id, action.keys).split(","))


def key_of(action_id: str, chosen: Mapping[str, str]) -> str:
    """Return the first key of an action as a person reads it, for a hint on the screen."""
    return key_names(_BY_ID[action_id], chosen).partition(" · ")[0]


def problems(chosen: Mapping[str, str]) -> list[str]:
    """Return one sentence for each mistake in the user's key bindings."""
    told = [
        f'[keys] "{name}" names no action{near(name, _BY_ID)}.'
        for name in chosen
        if name not in _BY_ID
    ]
    for places in _PLACES_TOGETHER.values():
        told += [text for text in _clashes(places, chosen) if text not in told]
    return told


def _clashes(places: tuple[str, ...], chosen: Mapping[str, str]) -> list[str]:
    owners: dict[str, Action] = {}
    told = []
    for action in (one for one in ACTIONS if one.place in places):
        for key in chosen.get(action.id, action.keys).split(","):
            other = owners.setdefault(key.strip(), action)
            if other is not action and chosen.keys() & {action.id, other.id}:
                told.append(f'[keys] {key} is bound to both "{other.id}" and "{action.id}".')
    return told


def _key_name(key: str) -> str:
    key = key.strip()
    if key in _NAMES:
        return _NAMES[key]
    if len(key) == 1:
        return key
    parts = (_NAMES.get(part) or part.upper() for part in key.split("+"))
    return "+".join(parts).replace("CTRL", "Ctrl").replace("SHIFT", "Shift")
