"""The API keys of destinations: in the vault, under a name made here and nowhere else.

Invariant: a key is given to no other server than the one it was kept for, whatever the settings
file says by now.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from maskwell.config.addresses import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.vault.credentials import CredentialStore

__all__ = ["forget_key", "key_kept", "key_of", "key_server"]


def key_of(credentials: CredentialStore, destination: str, address: str) -> str | None:
    """Return a destination's key, or None, also when it was kept for another server."""
    server, _, key = _kept(credentials, destination)
    return key if key and server in ("", _server(address)) else None


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
    """Return what of an address a key hangs on: how it is reached, and the host."""
    return f"{address.partition(':')[0].lower()}://{host_of(address)}"
