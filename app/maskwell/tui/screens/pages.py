"""The screens beside the chat, by the names that keys and the palette call them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from maskwell.tui.screens.page import Page

__all__ = ["page_class"]

_PAGES = {
    "folder": ("maskwell.tui.screens.folder", "FolderScreen"),
    "privacy": ("maskwell.tui.screens.privacy", "PrivacyScreen"),
    "settings": ("maskwell.tui.screens.settings", "SettingsScreen"),
    "vault": ("maskwell.tui.screens.vault", "VaultScreen"),
}


def page_class(name: str) -> type[Page]:
    """Return a page's class; it is imported when it is first shown."""
    module, class_name = _PAGES[name]
    return cast("type[Page]", getattr(import_module(module), class_name))
