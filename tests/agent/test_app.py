"""The terminal app and the agent: one unlocking for both, and one lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.terminal import Terminal

if TYPE_CHECKING:
    from .conftest import Place

pytestmark = pytest.mark.e2e


def test_the_app_opens_without_a_passphrase_beside_commands_and_locks_for_all(
    unlocked: Place,
) -> None:
    with Terminal(unlocked.environ) as terminal:
        terminal.wait_for("clipboard")

        beside = unlocked.run("redact", stdin="Jane Doe called.\n")
        terminal.press("ctrl+l")
        terminal.wait_for("Your vault is locked.")

        assert beside[0] == 0, beside[2]
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert unlocked.status() is None
    assert unlocked.run("redact", stdin="Jane Doe called.\n")[0] == 3
