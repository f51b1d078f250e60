"""Every error Maskwell raises on purpose, each one sentence its reader can act on.

The message never holds a real value. `exit_code` is what a command ends with.

    MaskwellError                 1
    ├── UsageError                2   a wrong argument or configuration
    │   ├── ConfigError               a mistake in a configuration or policy file
    │   └── UnknownName               a scope, policy, destination … that is not there
    ├── VaultError                3
    │   ├── VaultMissing              there is no vault yet
    │   ├── VaultExists               a vault would be overwritten
    │   ├── VaultLocked               no passphrase at hand
    │   ├── WrongPassphrase
    │   ├── VaultTooNew               written by a newer Maskwell; left untouched
    │   ├── VaultBusy                 another process is writing
    │   ├── AgentRefused              what listens as the vault's agent is not the user's own
    │   └── VaultWriteFailed          disk full or I/O error; nothing was saved
    ├── BlockedByPolicy           4   a rule said block, or a review could not be shown
    │   └── ResidencyRefused          the policy names where text may go, and it is not there
    ├── DestinationError          5
    │   ├── DestinationUnreachable
    │   ├── DestinationRefused        wrong key, unknown model, limits
    │   ├── StreamBroken              the reply ended early; what came is kept
    │   ├── OfflineRefused            offline mode forbids the connection
    │   └── ClipboardFailed           nothing was copied
    ├── InputError                6
    │   ├── InputUnreadable           missing, binary, not decodable
    │   │   └── LayoutUnsafe              only the words of it can be made safe
    │   └── InputTooLarge
    ├── IntegrityError            7   a damaged vault, an altered model
    └── Interrupted             130
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "AgentRefused",
    "BlockedByPolicy",
    "ClipboardFailed",
    "ConfigError",
    "DestinationError",
    "DestinationRefused",
    "DestinationUnreachable",
    "InputError",
    "InputTooLarge",
    "InputUnreadable",
    "IntegrityError",
    "Interrupted",
    "LayoutUnsafe",
    "MaskwellError",
    "OfflineRefused",
    "ResidencyRefused",
    "StreamBroken",
    "UnknownName",
    "UsageError",
    "VaultBusy",
    "VaultError",
    "VaultExists",
    "VaultLocked",
    "VaultMissing",
    "VaultTooNew",
    "VaultWriteFailed",
    "WrongPassphrase",
]


class MaskwellError(Exception):
    """The root of every error Maskwell raises on purpose."""

    exit_code: ClassVar[int] = 1


class UsageError(MaskwellError):
    """An argument or a setting that cannot be followed."""

    exit_code = 2


class ConfigError(UsageError):
    """A mistake in a configuration or policy file, with its line and the nearest valid word."""


class UnknownName(UsageError):
    """A scope, policy, destination or conversation that does not exist."""


class VaultError(MaskwellError):
    """The vault cannot be used as asked."""

    exit_code = 3


class VaultMissing(VaultError):
    """There is no vault in this home yet."""


class VaultExists(VaultError):
    """A vault is there already and would be overwritten."""


class VaultLocked(VaultError):
    """The vault needs a passphrase and none is at hand."""


class WrongPassphrase(VaultError):
    """The passphrase opens none of the vault's slots."""


class VaultTooNew(VaultError):
    """A newer Maskwell wrote this vault; it was left untouched."""


class VaultBusy(VaultError):
    """Another process holds the vault for writing."""


class AgentRefused(VaultError):
    """What stands where the vault's agent would listen is not the user's own."""


class VaultWriteFailed(VaultError):
    """The disk refused a write; nothing was saved."""


class BlockedByPolicy(MaskwellError):
    """A policy rule forbids sending, or asks for a review that cannot be shown."""

    exit_code = 4


class ResidencyRefused(BlockedByPolicy):
    """A policy names the hosts or regions text may go to, and the destination is none of them."""


class DestinationError(MaskwellError):
    """A destination did not do what was asked of it."""

    exit_code = 5


class DestinationUnreachable(DestinationError):
    """No connection, or none within the time limit."""


class DestinationRefused(DestinationError):
    """The destination answered and said no."""


class StreamBroken(DestinationError):
    """The reply ended before it was complete; what came has been kept."""


class OfflineRefused(DestinationError):
    """Offline mode forbids this connection; none was made."""


class ClipboardFailed(DestinationError):
    """The clipboard did not take the text; nothing was copied."""


class InputError(MaskwellError):
    """What was given to read cannot be used."""

    exit_code = 6


class InputUnreadable(InputError):
    """The input is missing, binary or not decodable."""


class LayoutUnsafe(InputUnreadable):
    """Only the words of the file can be made safe, not their place on the page."""


class InputTooLarge(InputError):
    """The input is over the limit."""


class IntegrityError(MaskwellError):
    """Something kept is not what was stored: a damaged vault, an altered model."""

    exit_code = 7


class Interrupted(MaskwellError):
    """The user stopped the work."""

    exit_code = 130
