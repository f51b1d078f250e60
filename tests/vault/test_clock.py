"""A clock that jumps: nothing is reordered, lost, unlocked or kept longer because of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import WrongPassphrase
from maskwell.vault import Kept, Vault
from maskwell.vault.attempts import FREE_ATTEMPTS, counted_attempt

from .conftest import open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.paths import Home
    from maskwell.vault import Scope

YEAR_NS = 365 * 24 * 3600 * 10**9


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch):
    """Return what moves this process's clock by some years."""
    real = time.time_ns

    def jump(years: float) -> None:
        monkeypatch.setattr(time, "time_ns", lambda: real() + int(years * YEAR_NS))

    return jump


@pytest.mark.sec
def test_clock_that_jumps_back_reorders_nothing(
    home: Home, key_bytes: bytes, jump, passphrase: str
) -> None:
    with open_vault(home, key_bytes) as vault:
        scope = vault.scopes.ensure("acme")
        talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
        vault.history.append(talk.id, "user", Kept("first"))
        jump(-40)
        vault.history.append(talk.id, "assistant", Kept("second"))
        vault.entities.add(scope, EntityType.PERSON, "jo", "Jo", number=1, check="QX")
    jump(-60)
    with open_vault(home, key_bytes) as vault:
        vault.history.append(talk.id, "user", Kept("third"))
        texts = [message.kept.text for message in vault.history.messages(talk.id)]
        report = vault.audit.verify()
        found = [message.kept.text for message in vault.search("first")]

    assert texts == ["first", "second", "third"]
    assert report.is_whole
    assert found == ["first"]


@pytest.mark.sec
def test_clock_that_jumps_back_deletes_nothing_and_forward_nothing_at_once(
    vault: Vault, scope: Scope, jump
) -> None:
    vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    vault.scopes.set_keep_days("acme", 30)
    assert vault.apply_retention(None) == 0

    for years in (-30, 30, 0):
        jump(years)
        assert vault.apply_retention(None) == 0

    assert len(vault.history.conversations()) == 1


@pytest.mark.sec
def test_clock_that_jumps_frees_nobody_from_waiting(tmp_path: Path, jump) -> None:
    waits: list[float] = []
    for number in range(FREE_ATTEMPTS + 2):
        jump(number)
        with (
            pytest.raises(WrongPassphrase),
            counted_attempt(tmp_path / "attempts", sleep=waits.append),
        ):
            raise WrongPassphrase("no")

    assert waits == [1.0, 2.0]


@pytest.mark.sec
def test_clock_that_jumps_back_leaves_backups_and_rotation_as_they_are(
    vault: Vault, scope: Scope, jump, tmp_path: Path, passphrase: str
) -> None:
    vault.entities.add(scope, EntityType.PERSON, "jo", "Jo", number=1, check="QX")
    jump(-50)
    report = vault.backup(tmp_path / "a.backup")
    vault.rotate(passphrase)

    assert report.rows["entities"] == 1
    assert vault.verify().is_healthy
    assert vault.audit.verify().is_whole
    assert vault.entities.find(scope, EntityType.PERSON, "Jo") is not None
