"""Privacy at a glance: counted from what really left and what was really refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from maskwell.errors import BlockedByPolicy
from maskwell.tui.privacy_desk import PrivacyDesk
from maskwell.tui.screens.privacy import PrivacyScreen

if TYPE_CHECKING:
    from .conftest import Open, Stage

PROMPT = "My name is Marta Lindqvist, write to marta@example.com."


async def privacy_of(stage: Stage) -> PrivacyScreen:
    await stage.press("alt+p")
    await stage.on(PrivacyScreen)
    screen = stage.app.screen
    assert isinstance(screen, PrivacyScreen)
    await stage.until(lambda: screen.glance is not None and "trail whole" in stage.text)
    return screen


async def test_before_anything_left_the_screen_says_so(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await privacy_of(stage)

        assert "Nothing has left this machine" in stage.text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_what_left_is_plotted_and_told_in_words(
    open_app: Open, vault: str, size: tuple[int, int]
) -> None:
    async with open_app(passphrase=vault, size=size) as stage:
        await stage.sent(PROMPT)
        await stage.until(lambda: bool(stage.chat.flow.handed_over))
        await privacy_of(stage)

        assert "PERSON 1" in stage.text
        assert "clipboard → the internet" in stage.text
        assert "Lindqvist" not in stage.text


async def test_what_was_blocked_is_counted_by_kind(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault, size=(120, 50)) as stage:
        desk = stage.app.desk
        desk.use_policy("strict")
        with pytest.raises(BlockedByPolicy):
            desk.shield.apply(desk.plan("My card is 4111 1111 1111 1111."))
        await privacy_of(stage)

        assert "once: 1 CARD" in stage.text


async def test_the_audit_trail_is_listed_and_a_change_to_it_is_told(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await privacy_of(stage)
        await stage.press("a")
        await stage.until(lambda: "open" in stage.text and "✓ Whole:" in stage.text)
        database = stage.app.desk.shield.vault._database
        database.write("DROP TRIGGER audit_stays_as_written")
        database.write("UPDATE audit SET subject = 'x' WHERE id = 1")
        await stage.press("r")

        await stage.until(lambda: "✗ Entry 1 of the audit trail" in stage.text)


async def test_days_are_counted_in_the_readers_own_time(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.sent(PROMPT)
        await stage.until(lambda: bool(stage.chat.flow.handed_over))
        today = datetime.now(UTC).astimezone().date()
        privacy = PrivacyDesk(stage.app.desk)

        assert privacy.glance(7, today=today).by_kind["PERSON"] == (0, 0, 0, 0, 0, 0, 1)
        assert privacy.glance(7, today=today - timedelta(days=1)).is_empty
        assert privacy.glance(0, today=today).days == (date.fromordinal(today.toordinal()),)
