"""What a destination may be given, by the user's settings, counted over all that was sent.

Requests are counted from the ledger; tokens are estimated from bytes, since what a provider
counts comes after the fact and not from all of them. Invariant: a request over a limit is
refused before a byte of it leaves.
"""

from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from maskwell.guard import LimitGate, Limits, Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.config import DestinationSettings
    from maskwell.vault import Vault

__all__ = ["BYTES_PER_TOKEN", "Meter", "estimated_tokens"]

BYTES_PER_TOKEN: Final = 4
"""English is near it; other languages take more bytes for a token and are counted high."""
_MILLION: Final = 1_000_000
_DAY_MS: Final = 86_400_000
_MINUTE_MS: Final = 60_000


def estimated_tokens(byte_count: int) -> int:
    """Return about how many tokens a model makes of so many bytes of text, rounded up."""
    return -(-byte_count // BYTES_PER_TOKEN)


class Meter:
    """Admits the requests to one destination and counts what they took."""

    def __init__(
        self,
        vault: Vault,
        settings: DestinationSettings,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Count in `vault` by `settings`; `clock` gives seconds since 1970."""
        self._vault = vault
        self._settings = settings
        self._clock = clock
        self._gate = LimitGate(_limits_of(settings), destination=settings.name, clock=clock)

    def admit(self, *, input_chars: int, body_bytes: int) -> None:
        """Let a request pass, or say why not.

        Args:
            input_chars: characters of the new turn.
            body_bytes: bytes of the whole request, from which its tokens are estimated.

        Raises:
            InputTooLarge: the turn is over the limit.
            DestinationRefused: a rate or a budget is used up.
        """
        tokens = estimated_tokens(body_bytes)
        self._gate.admit(
            self._used(),
            input_chars=input_chars,
            expected_tokens=tokens,
            expected_spend=self._price(tokens, 0),
        )

    def count(self, *, body_bytes: int, reply_bytes: int) -> None:
        """Add what a request took, answered or not: its bytes left."""
        asked, answered = estimated_tokens(body_bytes), estimated_tokens(reply_bytes)
        self._vault.usage.add(
            self._settings.name,
            day=int(self._clock() * 1000) // _DAY_MS,
            tokens=asked + answered,
            cost_millionths=int(self._price(asked, answered) * _MILLION),
        )

    def _used(self) -> Usage:
        name = self._settings.name
        now_ms = int(self._clock() * 1000)
        latest = self._vault.usage.of(name)
        recent = self._vault.usage.requests_since(name, now_ms - _MINUTE_MS)
        return Usage(
            day=latest.day,
            tokens=latest.tokens,
            spend=Decimal(latest.cost_millionths) / _MILLION,
            recent=tuple(at / 1000 for at in recent),
        )

    def _price(self, asked: int, answered: int) -> Decimal:
        """Return the cost of so many tokens at the prices in the settings."""
        rate_in = Decimal(str(self._settings.price_in))
        rate_out = Decimal(str(self._settings.price_out))
        return (rate_in * asked + rate_out * answered) / _MILLION


def _limits_of(settings: DestinationSettings) -> Limits:
    """Return the limits of the settings, in which 0 sets none."""
    return Limits(
        max_input_chars=settings.max_input_chars or None,
        max_requests_per_minute=settings.requests_per_minute or None,
        max_tokens_per_day=settings.tokens_per_day or None,
        max_spend_per_day=Decimal(str(settings.spend_per_day)) or None,
        max_concurrent=None,
        max_attempts=None,
    )
