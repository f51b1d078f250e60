"""The user's settings: one TOML file in the home, every key also an environment variable.

Nothing private is kept here: the user's own words, corrections and API keys live in the
vault. A mistake is never guessed around: it names the file, the line and the nearest
valid word. `MASKWELL_<SECTION>_<KEY>` overrides the file, which overrides the defaults.
"""

from __future__ import annotations

from maskwell.config.adding import add_destination
from maskwell.config.addresses import host_of, is_loopback
from maskwell.config.loading import load_settings
from maskwell.config.rules import is_key
from maskwell.config.settings import (
    CLASSES,
    DESTINATION_KINDS,
    ClipboardSettings,
    DefaultSettings,
    DestinationSettings,
    DocumentSettings,
    HistorySettings,
    ModelSettings,
    ReviewSettings,
    Settings,
    UiSettings,
    VaultSettings,
    near,
)
from maskwell.config.writing import remove_setting, write_setting

__all__ = [
    "CLASSES",
    "DESTINATION_KINDS",
    "ClipboardSettings",
    "DefaultSettings",
    "DestinationSettings",
    "DocumentSettings",
    "HistorySettings",
    "ModelSettings",
    "ReviewSettings",
    "Settings",
    "UiSettings",
    "VaultSettings",
    "add_destination",
    "host_of",
    "is_key",
    "is_loopback",
    "load_settings",
    "near",
    "remove_setting",
    "write_setting",
]
