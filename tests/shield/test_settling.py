"""What an opening vault is told, and what goes by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maskwell.config import DestinationSettings, HistorySettings
from maskwell.shield.settling import settle
from maskwell.vault import Kept

if TYPE_CHECKING:
    from maskwell.shield import Shield

MONTH_MS = 30 * 24 * 3600 * 1000


def events(shield: Shield, limit: int = 50) -> list[tuple[str, str]]:
    """Return event and subject of the latest entries, the oldest first."""
    return [(one.event, one.subject) for one in reversed(shield.vault.audit.entries(limit))]


def test_a_destination_that_came_changed_and_went_is_on_record(shield: Shield) -> None:
    cloud = DestinationSettings(
        name="cloud", kind="openai", base_url="https://user:hush@api.example.com/v1"
    )
    given = dict(shield.settings.destinations)

    for found in ({"cloud": cloud}, {"cloud": replace(cloud, given_class="trusted")}, {}):
        settle(shield.vault, shield.home, replace(shield.settings, destinations={**given, **found}))

    told = [event for event, subject in events(shield) if subject == "cloud"]
    assert told == ["destination.add", "destination.change", "destination.remove"]
    assert "hush" not in str(shield.vault.audit.entries(50))


def test_a_policy_file_changed_with_an_editor_is_on_record(shield: Shield) -> None:
    shield.home.policies.mkdir(parents=True)
    own = shield.home.policies / "own.toml"

    for text in ("title = 'a'", "title = 'b'", "title = 'b'"):
        own.write_text(text)
        settle(shield.vault, shield.home, shield.settings)
    own.unlink()
    settle(shield.vault, shield.home, shield.settings)

    told = [one.detail["change"] for one in shield.vault.audit.entries(50) if one.subject == "own"]
    assert told == ["removed", "changed", "added"]


def test_nothing_new_writes_nothing(shield: Shield) -> None:
    before = shield.vault.audit.head()

    settle(shield.vault, shield.home, shield.settings)

    assert shield.vault.audit.head() == before


def test_chats_past_their_days_go_when_the_vault_opens(shield: Shield) -> None:
    vault = shield.vault
    scope = vault.scopes.ensure("acme")
    old = vault.history.start(scope=scope, title=Kept("old"), destination="d", policy="p")
    new = vault.history.start(scope=scope, title=Kept("new"), destination="d", policy="p")
    vault._database.write(
        "UPDATE conversations SET updated_at = updated_at - ? WHERE id = ?", (MONTH_MS, old.id)
    )

    settle(vault, shield.home, replace(shield.settings, history=HistorySettings(keep_days=7)))

    assert [one.id for one in vault.history.conversations()] == [new.id]
    assert events(shield)[-1][0] == "history.retention"
