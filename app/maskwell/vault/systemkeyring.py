"""The operating system's keyring as a way into the vault, used only where it is one.

The `keyring` library takes whatever backend the environment or a configuration file names, even
one that stores clear text or nothing at all. Here the backend is made by this module, from a
list of those that keep secrets encrypted for the logged-in user; what was stored is read back;
and a keyring that does not answer in time, say because it waits for a password nobody sees, is
given up.
"""

from __future__ import annotations

import importlib
import secrets
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from maskwell.errors import VaultError
from maskwell.vault.slots import SlotKind
from maskwell.vault.unlocking import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "Keyring",
    "fetch_note",
    "fetch_secret",
    "find_keyring",
    "forget_secret",
    "secret_stored",
    "store_note",
    "store_secret",
]

_T = TypeVar("_T")

SERVICE = "maskwell"
TIMEOUT_S = 10.0

_ALLOWED = {
    "linux": (
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
    ),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
}


class Keyring(Protocol):
    """The part of a keyring backend that is used."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store."""

    def get_password(self, service: str, username: str) -> str | None:
        """Fetch; None when there is nothing."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove."""


def find_keyring(platform: str = sys.platform) -> Keyring:
    """Return the system's keyring, whatever the environment says about keyrings.

    Raises:
        VaultError: there is none that keeps secrets encrypted.
    """
    for module_name, class_name in _ALLOWED.get(platform, ()):
        backend = _made(module_name, class_name)
        if backend is not None:
            return backend
    raise VaultError(
        "This system has no keyring that keeps secrets encrypted (Secret Service, KWallet, "
        "macOS Keychain or Windows Credential Manager); use the passphrase."
    )


def refuse_foreign(keyring: object) -> None:
    """Stop when an object is not one of the allowed backends.

    Raises:
        VaultError: it is another one; the message names it.
    """
    kind = type(keyring)
    allowed = {pair for pairs in _ALLOWED.values() for pair in pairs}
    if (kind.__module__, kind.__name__) not in allowed:
        raise VaultError(
            f"The keyring {kind.__module__}.{kind.__name__} is not one that is known to keep "
            "secrets encrypted; use the passphrase."
        )


def store_secret(
    vault_id: str, keyring: Keyring | None = None, *, timeout_s: float = TIMEOUT_S
) -> Secret:
    """Put a new random secret into the keyring, read it back, and return it.

    Args:
        vault_id: the vault it belongs to, from its header.
        keyring: an allowed backend; by default the system's.
        timeout_s: how long the keyring may take for each step, in seconds.

    Raises:
        VaultError: there is no keyring, it is not allowed, it did not answer, or it did not
            give back what was put in.
    """
    chosen = _chosen(keyring)
    text = secrets.token_hex(32)
    _within(timeout_s, lambda: chosen.set_password(SERVICE, vault_id, text))
    if _within(timeout_s, lambda: chosen.get_password(SERVICE, vault_id)) != text:
        raise VaultError("The system's keyring did not keep what was stored; use the passphrase.")
    return Secret(SlotKind.KEYRING, bytes.fromhex(text))


@contextmanager
def secret_stored(
    vault_id: str, keyring: Keyring | None = None, *, timeout_s: float = TIMEOUT_S
) -> Iterator[Secret]:
    """Store a secret as `store_secret` does; what goes wrong then or meanwhile takes it back.

    The keyring then holds what it held before, be it nothing or an older secret.

    Raises:
        VaultError: as `store_secret` does; or what went wrong could not be taken back.
    """
    chosen = _chosen(keyring)
    before = _within(timeout_s, lambda: chosen.get_password(SERVICE, vault_id))
    try:
        yield store_secret(vault_id, chosen, timeout_s=timeout_s)
    except BaseException as error:
        try:
            _put_back(chosen, vault_id, before, timeout_s)
        except VaultError:
            raise VaultError(
                f"{error} The system's keyring may still hold an entry of {SERVICE} that opens "
                "nothing; remove it there."
            ) from error
        raise


def _put_back(chosen: Keyring, vault_id: str, before: str | None, timeout_s: float) -> None:
    if before is None:
        forget_secret(vault_id, chosen, timeout_s=timeout_s)
    else:
        _within(timeout_s, lambda: chosen.set_password(SERVICE, vault_id, before))


def fetch_secret(
    vault_id: str, keyring: Keyring | None = None, *, timeout_s: float = TIMEOUT_S
) -> Secret:
    """Return the secret that the keyring holds for a vault.

    Raises:
        VaultError: there is no keyring, it holds nothing for this vault, or did not answer.
    """
    chosen = _chosen(keyring)
    text = _within(timeout_s, lambda: chosen.get_password(SERVICE, vault_id))
    try:
        return Secret(SlotKind.KEYRING, bytes.fromhex(text or "none"))
    except ValueError:
        raise VaultError(
            "The system's keyring holds nothing for this vault; use the passphrase."
        ) from None


def forget_secret(
    vault_id: str, keyring: Keyring | None = None, *, timeout_s: float = TIMEOUT_S
) -> None:
    """Remove a vault's secret from the keyring; harmless when there is none.

    Raises:
        VaultError: there is no keyring or it did not answer.
    """
    chosen = _chosen(keyring)
    if _within(timeout_s, lambda: chosen.get_password(SERVICE, vault_id)) is not None:
        _within(timeout_s, lambda: chosen.delete_password(SERVICE, vault_id))


def store_note(
    vault_id: str, text: str, keyring: Keyring | None = None, *, timeout_s: float = TIMEOUT_S
) -> None:
    """Keep a short text beside a vault's secret.

    Raises:
        VaultError: there is no keyring, or it did not answer.
    """
    name = f"{vault_id}/anchor"
    _within(timeout_s, lambda: _chosen(keyring).set_password(SERVICE, name, text))


def fetch_note(
    vault_id: str, keyring: Keyring | None = None, *, timeout_s: float = TIMEOUT_S
) -> str | None:
    """Return the text kept beside a vault's secret, or None.

    Raises:
        VaultError: there is no keyring, or it did not answer.
    """
    name = f"{vault_id}/anchor"
    # Looking for a keyring may take as long as asking it: one limit for both.
    return _within(timeout_s, lambda: _chosen(keyring).get_password(SERVICE, name))


def _chosen(keyring: Keyring | None) -> Keyring:
    chosen = find_keyring() if keyring is None else keyring
    refuse_foreign(chosen)
    return chosen


def _made(module_name: str, class_name: str) -> Keyring | None:
    """Return a backend if its library is there and says that it works."""
    try:
        kind: Any = getattr(importlib.import_module(module_name), class_name)
        if kind.priority <= 0:
            return None
        backend: Keyring = kind()
    except Exception:  # noqa: BLE001  # backends fail in as many ways as there are desktops
        return None
    if class_name == "WinVaultKeyring":
        backend.persist = "local machine"  # type: ignore[attr-defined]  # not synced to a domain
    return backend


def _within(timeout_s: float, work: Callable[[], _T]) -> _T:
    """Return what `work` returns, if it does so in time; it cannot be stopped if it does not."""
    results: list[_T] = []
    failures: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001  # backends raise what their desktops raise
            failures.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(timeout_s)
    if failures:
        raise VaultError(
            f"The system's keyring refused ({type(failures[0]).__name__}); use the passphrase."
        ) from None
    if not results:
        raise VaultError(
            f"The system's keyring did not answer within {timeout_s:g} seconds; use the passphrase."
        )
    return results[0]
