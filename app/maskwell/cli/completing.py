"""Names the shell can complete; they need no passphrase, so scopes and chats are not among them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from maskwell.errors import MaskwellError
from maskwell.paths import find_home

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["destination_names", "model_names", "policy_names", "target_names"]

_REACHES = ("local", "trusted", "remote")


def destination_names(incomplete: str) -> list[str]:
    """Return the configured destinations that begin so."""
    from maskwell.config import load_settings  # noqa: PLC0415  # when the shell asks

    with suppress(MaskwellError):
        return _beginning(load_settings(find_home()).destinations, incomplete)
    return []


def model_names(incomplete: str) -> list[str]:
    """Return the models that were added and begin so."""
    from maskwell.config import load_settings  # noqa: PLC0415  # when the shell asks

    with suppress(MaskwellError):
        return _beginning(load_settings(find_home()).models, incomplete)
    return []


def target_names(incomplete: str) -> list[str]:
    """Return destinations and classes of destinations that begin so."""
    return destination_names(incomplete) + _beginning(_REACHES, incomplete)


def policy_names(incomplete: str) -> list[str]:
    """Return the policies that begin so."""
    from maskwell.policy import preset_names  # noqa: PLC0415  # when the shell asks

    with suppress(MaskwellError):
        return _beginning(preset_names(find_home()), incomplete)
    return []


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
