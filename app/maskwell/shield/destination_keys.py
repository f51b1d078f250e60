"""The API keys of destinations: in the vault, under a name made here and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.vault.credentials import CredentialStore

__all__ = ["forget_key", "key_kept", "key_of"]


def key_of(credentials: CredentialStore, destination: str) -> str | None:
    """Return a destination's key, or None."""
    return credentials.get(_name(destination))


@contextmanager
def key_kept(credentials: CredentialStore, destination: str, key: str) -> Iterator[None]:
    """Keep a destination's key; what goes wrong meanwhile puts back what was kept before."""
    before = key_of(credentials, destination)
    credentials.set(_name(destination), key)
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
