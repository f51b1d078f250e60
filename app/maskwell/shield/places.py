"""Where text could go, before any goes: model files, their engine, and servers close by.

The screens and commands manage destinations through this; none of it sends text.
"""

from __future__ import annotations

from maskwell.destinations.local.engine import is_installed
from maskwell.destinations.local.files import checked, described, find_model, folder_of
from maskwell.destinations.local.hub import pull
from maskwell.destinations.local.installing import install
from maskwell.destinations.probe import PORTS, Found, probe

__all__ = [
    "PORTS",
    "Found",
    "checked",
    "described",
    "find_model",
    "folder_of",
    "install",
    "is_installed",
    "probe",
    "pull",
]
