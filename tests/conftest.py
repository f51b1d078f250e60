"""What every room's tests share: a home with a real vault, made with the KDF's floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.paths import Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maskwell.detection import Detector
    from maskwell.shield import Shield

PASSPHRASE = "seven quiet otters"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the home of whoever runs it."""
    monkeypatch.setenv("MASKWELL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MASKWELL_VAULT_KDF_MEMORY_MIB", "64")
    monkeypatch.setenv("MASKWELL_CLIPBOARD_CLEAR_AFTER_S", "0")
    # A runner's worker inherits the size of its own terminal in these two, and every terminal
    # a test opens would then be drawn in that size whatever its own is.
    for name in ("MASKWELL_PASSPHRASE_FILE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def detector() -> Detector:
    from maskwell.detection import shared_detector

    return shared_detector()


@pytest.fixture
def shield(home: Home, detector: Detector) -> Iterator[Shield]:
    from maskwell.shield import Shield

    with Shield.create(home.root, PASSPHRASE, detector=detector) as opened:
        yield opened
