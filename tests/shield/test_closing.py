"""Closing: the vault goes whatever else will not, and its audit trail says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell import destinations
from maskwell.errors import DestinationError
from maskwell.shield import Shield

if TYPE_CHECKING:
    from maskwell.paths import Home

PASSPHRASE = "seven quiet otters"


def test_a_model_that_cannot_be_let_go_does_not_keep_the_vault_open(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shield = Shield.create(home.root, PASSPHRASE)

    def refuse() -> None:
        raise DestinationError("The model does not end.")

    monkeypatch.setattr(destinations, "release", refuse)
    with pytest.raises(DestinationError):
        shield.close()
    monkeypatch.undo()

    assert not shield.vault._database.is_open
    assert not any(shield.vault._key.raw)


@pytest.mark.parametrize("reason", ["", "idle"])
def test_the_audit_trail_says_why_it_was_closed(home: Home, reason: str) -> None:
    Shield.create(home.root, PASSPHRASE).close(reason)

    with Shield.open(home.root, PASSPHRASE) as again:
        locks = [entry.subject for entry in again.vault.audit.entries() if entry.event == "lock"]
    assert locks[0] == reason
