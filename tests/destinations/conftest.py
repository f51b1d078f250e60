"""What destination tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.destinations import exchange, release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry at once."""
    monkeypatch.setattr(exchange, "_RETRY_PAUSES_S", (0.0, 0.0))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model file that answers with one sentence."""
    from support.tiny_model import write_model

    return write_model(tmp_path_factory.mktemp("models") / "tiny.gguf")


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model file that never ends its reply."""
    from support.tiny_model import write_model

    path = tmp_path_factory.mktemp("models") / "endless.gguf"
    return write_model(path, forever=True, context=32_768)


@pytest.fixture(scope="module", autouse=True)
def _no_engine_left() -> Iterator[None]:
    yield
    release()
