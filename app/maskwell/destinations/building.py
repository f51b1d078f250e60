"""Making a destination from its settings; the libraries behind it load when it is first used."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from maskwell.config import host_of, is_loopback
from maskwell.destinations.clipboard import ClipboardDestination
from maskwell.destinations.http_chat import HttpChat
from maskwell.destinations.local.destination import LocalModel
from maskwell.errors import OfflineRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maskwell.config import DestinationSettings, ModelSettings
    from maskwell.destinations.base import Destination
    from maskwell.paths import Home

__all__ = ["build", "release"]


def build(
    settings: DestinationSettings,
    *,
    key: str | None = None,
    offline: bool = False,
    models: Mapping[str, ModelSettings] | None = None,
    home: Home | None = None,
) -> Destination:
    """Return the destination these settings describe; nothing is connected yet.

    Args:
        settings: what the user configured.
        key: its API key.
        offline: refuse what is not on this machine.
        models: the model files that may be loaded.
        home: where is kept which of them were checked; None checks them every time.

    Raises:
        OfflineRefused: offline mode is on and it is not on this machine.
    """
    if settings.kind == "clipboard":
        return ClipboardDestination(settings)
    if settings.kind == "llama":
        return LocalModel(settings, models or {}, home)
    if offline:
        settings = _without_look_ups(settings)
    return HttpChat(settings, key=key)


def release() -> None:
    """Let go of what is kept warm between two requests: a local model and what it was told."""
    if engine := sys.modules.get("maskwell.destinations.local.engine"):
        engine.release()


def _without_look_ups(settings: DestinationSettings) -> DestinationSettings:
    """Return settings that reach this machine without asking any name server."""
    url = settings.base_url
    if not is_loopback(url) or (settings.proxy and not is_loopback(settings.proxy)):
        raise OfflineRefused(
            f'Offline mode is on and "{settings.name}" is not on this machine; '
            "nothing was sent. Run without --offline to use it."
        )
    return replace(settings, base_url=_by_number(url), proxy=_by_number(settings.proxy))


def _by_number(url: str) -> str:
    """Return a loopback URL with its host as a number; "" as it is."""
    if host_of(url) != "localhost":
        return url
    parts = urlsplit(url)
    address = "127.0.0.1" if parts.port is None else f"127.0.0.1:{parts.port}"
    return parts._replace(netloc=address).geturl()
