"""When something unexpected happens, the screen and the log tell where, never what."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from maskwell.config import load_settings
from maskwell.errors import IntegrityError
from maskwell.tui.app import MaskwellApp
from maskwell.tui.crash import crash_sentence, record_crash

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.paths import Home

SECRET = "Marta Lindqvist"


def fail_with(secret: str) -> None:
    local_copy = secret
    raise RuntimeError(f"about {local_copy}")


def caught(secret: str) -> Exception:
    try:
        fail_with(secret)
    except RuntimeError as error:
        return error
    raise AssertionError


@pytest.mark.sec
def test_the_log_holds_places_and_no_value_crash(home: Home) -> None:
    record_crash(home, caught(SECRET))

    log = home.log.read_text()
    assert "RuntimeError" in log
    assert "test_crash.py" in log
    assert "Lindqvist" not in log
    assert home.log.stat().st_mode & 0o777 == 0o600


@pytest.mark.sec
def test_the_sentence_names_the_log_and_no_value_crash(home: Home) -> None:
    sentence = crash_sentence(home, caught(SECRET))

    assert str(home.log) in sentence
    assert "Lindqvist" not in sentence
    assert "\n" not in sentence


def test_an_error_of_ours_speaks_for_itself(home: Home) -> None:
    assert crash_sentence(home, IntegrityError("The vault is damaged.")) == "The vault is damaged."


@pytest.mark.sec
async def test_an_unhandled_error_ends_the_app_without_its_locals_crash(
    home: Home, capfd: pytest.CaptureFixture[str]
) -> None:
    app = MaskwellApp(home, load_settings(home))

    async def use() -> None:
        async with app.run_test() as pilot:
            app.call_later(fail_with, SECRET)
            await pilot.pause(0.2)

    with pytest.raises(RuntimeError):
        await use()
    shown = "".join(capfd.readouterr())
    assert "RuntimeError" in shown
    assert "Lindqvist" not in shown
    assert "Lindqvist" not in home.log.read_text()
    assert app.return_code == 1


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("maskwell.tui", "textual sqlcipher3 presidio_analyzer onnxruntime openai"),
        (
            "maskwell.tui.app",
            "sqlcipher3 presidio_analyzer spacy onnxruntime openai argon2 markdown_it numpy",
        ),
    ],
)
def test_the_first_screen_loads_nothing_heavy(module: str, absent: str, tmp_path: Path) -> None:
    code = (
        f"import sys, {module}\n"
        f"print(*(name for name in {absent.split()!r} if name in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )

    assert done.stdout.split() == []
