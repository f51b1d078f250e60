"""What may describe a destination: asked by who reads the settings file and by who writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from maskwell.config.addresses import host_of

if TYPE_CHECKING:
    from maskwell.config.settings import DestinationSettings

__all__ = [
    "DEFAULT_ADDRESSES",
    "has_password",
    "is_address",
    "is_in_the_clear",
    "is_key",
    "is_name",
]

DEFAULT_ADDRESSES = {"anthropic": "https://api.anthropic.com"}
"""Where a kind is when no address is given."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def is_name(text: str) -> bool:
    """Whether a destination or a model can be called so."""
    return _NAME.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether a server can be asked there: http or https, and a host."""
    return text.startswith(("https://", "http://")) and bool(host_of(text)) and text.isprintable()


def has_password(address: str) -> bool:
    """Whether an address names a user or a password, which a settings file should not hold."""
    try:
        return "@" in urlsplit(address).netloc
    except ValueError:
        return False


def is_in_the_clear(settings: DestinationSettings) -> bool:
    """Whether text would leave this machine unencrypted, over a network nobody vouched for."""
    is_plain = settings.base_url.startswith("http://")
    return is_plain and not settings.is_here and settings.reach == "remote"


def is_key(text: str) -> bool:
    """Whether this can be an API key: one word that fits into a header."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text
