"""The API keys of destinations: in the vault, under a name made here and nowhere else.

Invariant: a key is given to no other server than the one it was kept for, and shown to no proxy,
whatever the settings file says by now.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from maskwell.config.addresses import host_of, port_of
from maskwell.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maskwell.config import DestinationSettings
    from maskwell.vault.credentials import CredentialStore

__all__ = ["bind_keys", "forget_key", "key_kept", "key_of", "key_server", "refuse_proxy"]


def key_of(credentials: CredentialStore, destination: str, address: str) -> str | None:
    """Return a destination's key, or None, also when it was kept for another server."""
    server, _, key = _kept(credentials, destination)
    return key if key and server == _server(address) else None


def key_server(credentials: CredentialStore, destination: str) -> str:
    """Return the server a destination's key was kept for; "" when there is none."""
    return _kept(credentials, destination)[0]


@contextmanager
def key_kept(
    credentials: CredentialStore, destination: str, address: str, key: str
) -> Iterator[None]:
    """Keep a destination's key; what goes wrong meanwhile puts back what was kept before.

    Args:
        credentials: where it is kept.
        destination: whose it is.
        address: the base URL of the server it is for.
        key: one word.
    """
    before = credentials.get(_name(destination))
    credentials.set(_name(destination), f"{_server(address)} {key}")
    try:
        yield
    except BaseException:
        if before is None:
            forget_key(credentials, destination)
        else:
            credentials.set(_name(destination), before)
        raise


def bind_keys(credentials: CredentialStore, addresses: Mapping[str, str]) -> None:
    """Have each key that was kept without a port, or for no server at all, be for one server.

    Earlier versions kept keys so. A key for no server is from now on for the one that is
    configured, a key for a host for that host's configured port; one for another host stays what
    it is and is given to nobody.

    Args:
        credentials: where the keys are.
        addresses: name → base URL of the destinations there are.
    """
    kept = frozenset(credentials.names())
    for destination, address in addresses.items():
        if _name(destination) not in kept or not address:
            continue
        server, _, key = _kept(credentials, destination)
        if server in ("", _host(address)):
            credentials.set(_name(destination), f"{_server(address)} {key}")


def refuse_proxy(settings: DestinationSettings) -> None:
    """Refuse a proxy that would be shown a destination's key: over http it reads everything.

    Raises:
        ConfigError: it stands on another host than the server, which is asked without https.
    """
    address, proxy = settings.base_url, settings.proxy
    if proxy and _scheme(address) == "http" and host_of(proxy) != host_of(address):
        raise ConfigError(
            f'The proxy of "{settings.name}" would be shown its key, since its address begins with '
            "http://; give it an address with https:// or take the proxy out."
        )


def forget_key(credentials: CredentialStore, destination: str) -> None:
    """Forget a destination's key; harmless when there is none."""
    credentials.delete(_name(destination))


def _name(destination: str) -> str:
    return f"destination:{destination}"


def _kept(credentials: CredentialStore, destination: str) -> tuple[str, str, str]:
    """Return server, a space and key; a key kept without a server has none."""
    kept = credentials.get(_name(destination)) or ""
    return kept.partition(" ") if " " in kept else ("", "", kept)


def _server(address: str) -> str:
    """Return what of an address a key hangs on: how it is reached, the host and the port."""
    host = host_of(address)
    return f"{_scheme(address)}://{f'[{host}]' if ':' in host else host}:{port_of(address)}"


def _host(address: str) -> str:
    """Return the same as earlier versions kept it, which no server of today is written like."""
    return f"{_scheme(address)}://{host_of(address)}"


def _scheme(address: str) -> str:
    return address.partition(":")[0].lower()
