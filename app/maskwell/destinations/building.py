"""Making a destination from its settings; the libraries behind it load when it is first used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from maskwell.config import host_of, is_loopback
from maskwell.destinations.clipboard import ClipboardDestination
from maskwell.destinations.openai_compatible import OpenAICompatible
from maskwell.errors import OfflineRefused

if TYPE_CHECKING:
    from maskwell.config import DestinationSettings
    from maskwell.destinations.base import Destination

__all__ = ["build"]


def build(
    settings: DestinationSettings, *, key: str | None = None, offline: bool = False
) -> Destination:
    """Return the destination these settings describe; nothing is connected yet.

    Raises:
        OfflineRefused: offline mode is on and it is not on this machine.
    """
    if settings.kind == "clipboard":
        return ClipboardDestination(settings)
    if offline:
        settings = _without_look_ups(settings)
    return OpenAICompatible(settings, key=key)


def _without_look_ups(settings: DestinationSettings) -> DestinationSettings:
    """Return settings that reach this machine without asking any name server."""
    url = settings.base_url
    if not is_loopback(url):
        raise OfflineRefused(
            f'Offline mode is on and "{settings.name}" is not on this machine; '
            "nothing was sent. Run without --offline to use it."
        )
    if host_of(url) != "localhost":
        return settings
    parts = urlsplit(url)
    address = "127.0.0.1" if parts.port is None else f"127.0.0.1:{parts.port}"
    return replace(settings, base_url=parts._replace(netloc=address).geturl())
