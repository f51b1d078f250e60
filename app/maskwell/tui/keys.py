"""Keys as they are bound, rebound and told: what the screens, the help and the palette share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from maskwell.config import near
from maskwell.tui.actions import ACTIONS, Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

__all__ = [
    "ACTIONS",
    "Action",
    "bindings",
    "key_names",
    "key_of",
    "keymap",
    "problems",
]


_BY_ID = {action.id: action for action in ACTIONS}
_PLACES_TOGETHER = {
    "composer": ("app", "chat", "composer"),
    "list": ("app", "chat", "list"),
    "thread": ("app", "chat", "thread"),
    "gate": ("app", "gate"),
    "review": ("app", "review"),
    "vault": ("app", "page", "list", "vault"),
    "settings": ("app", "page", "list", "settings"),
    "privacy": ("app", "page", "privacy"),
    "folder": ("app", "page", "list", "folder"),
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
    "slash": "/",
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
    return "+".join(parts).replace("CTRL", "Ctrl").replace("SHIFT", "Shift").replace("ALT", "Alt")
