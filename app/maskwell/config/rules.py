"""What may describe a destination: asked by who reads the settings file and by who writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from maskwell.config.addresses import host_of, is_number, is_public, port_of
from maskwell.errors import ConfigError

if TYPE_CHECKING:
    from maskwell.config.settings import DestinationSettings

__all__ = [
    "DEFAULT_ADDRESSES",
    "address_flaw",
    "has_password",
    "has_port",
    "is_address",
    "is_in_the_clear",
    "is_key",
    "is_name",
    "is_readable_on_the_way",
    "is_url",
    "refuse_flawed",
]

DEFAULT_ADDRESSES = {"anthropic": "https://api.anthropic.com"}
"""Where a kind is when no address is given."""
_OWN_ENDS = (".local", ".lan", ".internal", ".home.arpa")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def is_name(text: str) -> bool:
    """Whether a destination or a model can be called so."""
    return _NAME.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether a server can be asked there: http or https, a host, and a port that can be."""
    return is_url(text) and has_port(text)


def is_url(text: str) -> bool:
    """Whether it is http or https and names a host; nothing is said about its port."""
    return text.startswith(("https://", "http://")) and bool(host_of(text)) and text.isprintable()


def has_port(address: str) -> bool:
    """Whether its port, if it names one, is from 1 to 65535."""
    return port_of(address) > 0


def has_password(address: str) -> bool:
    """Whether an address names a user or a password, which a settings file should not hold."""
    try:
        return "@" in urlsplit(address).netloc
    except ValueError:
        return False


def is_in_the_clear(settings: DestinationSettings) -> bool:
    """Whether text would leave this machine unencrypted, over a network nobody vouched for.

    Nobody can vouch for the way to a public address, whatever class is given.
    """
    if not _is_plain(settings):
        return False
    return settings.reach == "remote" or any(
        is_public(url) for url in (settings.base_url, settings.proxy)
    )


def address_flaw(settings: DestinationSettings) -> str:
    """Return why nothing may be sent there though its settings can be read, or "".

    Asked when a destination is written and when it is used: a file that holds such a one from
    earlier is still read, or it could not be mended.

    Returns:
        The end of a sentence that begins with the destination.
    """
    if settings.kind in {"clipboard", "llama"}:
        return ""
    for key, url in (("base_url", settings.base_url), ("proxy", settings.proxy)):
        if url and not has_port(url):
            return f"needs a {key} with a port from 1 to 65535"
    if is_in_the_clear(settings):
        return "would send over plain http to a public address, which wants https://"
    return ""


def refuse_flawed(settings: DestinationSettings) -> None:
    """Refuse to use a destination that has an `address_flaw`.

    Raises:
        ConfigError: it has one; the sentence names it and the command that mends it.
    """
    if flaw := address_flaw(settings):
        name = settings.name
        raise ConfigError(
            f'"{name}" {flaw}; mend it with: maskwell destination add {name} --base-url URL, '
            f"or: maskwell destination remove {name}."
        )


def is_readable_on_the_way(settings: DestinationSettings) -> bool:
    """Whether text goes unencrypted to a name that is not plainly one of a network of one's own."""
    host = host_of(settings.base_url).rstrip(".")
    if not _is_plain(settings) or "." not in host or host.endswith(_OWN_ENDS):
        return False
    return not is_number(host)


def _is_plain(settings: DestinationSettings) -> bool:
    return settings.base_url.startswith("http://") and not settings.is_here


def is_key(text: str) -> bool:
    """Whether this can be an API key: one word that fits into a header."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text
