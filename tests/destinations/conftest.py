"""What destination tests share."""

from __future__ import annotations

import pytest

from maskwell.destinations import exchange


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry at once."""
    monkeypatch.setattr(exchange, "_RETRY_PAUSES_S", (0.0, 0.0))
