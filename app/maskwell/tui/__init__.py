"""The terminal app. `run` is its only door; importing it loads neither Textual nor the core."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.config import Settings
    from maskwell.paths import Home

__all__ = ["run"]


def run(
    home: Home,
    settings: Settings,
    *,
    offline: bool = False,
    passphrase: str | None = None,
    key_file: Path | None = None,
    uses_agent: bool = True,
) -> int:
    """Run the terminal app until the user leaves it, and return the exit code.

    Args:
        home: where the vault is, or will be made.
        settings: the user's settings, already loaded.
        offline: no destination beyond this machine may be reached.
        passphrase: opens the vault at once when it is given and there is a vault.
        key_file: what the vault wants besides the passphrase, if it does.
        uses_agent: open the vault without a passphrase where an agent keeps it unlocked.
    """
    gc.disable()  # until the first screen is drawn: nothing made before it is garbage
    from maskwell.tui.app import MaskwellApp  # noqa: PLC0415  # Textual loads when it is needed

    app = MaskwellApp(
        home,
        settings,
        offline=offline,
        passphrase=passphrase,
        key_file=key_file,
        uses_agent=uses_agent,
    )
    try:
        code = app.run()
    finally:
        app.desk.close()
    return code if code is not None else app.return_code or 0
