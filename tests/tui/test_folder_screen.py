"""The folder screen over a folder that is really watched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from maskwell.tui.inert_text import InertText
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen
from maskwell.tui.screens.folder import FolderScreen
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.unlock import UnlockScreen
from maskwell.tui.screens.watch_form import WatchForm

from .conftest import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Open, Stage

LETTER = "Dear Marta Lindqvist, we wrote to marta@example.com yesterday.\n"


async def watching(stage: Stage, tmp_path: Path) -> tuple[Path, Path]:
    """Watch a folder from its screen, and return it with the folder of the copies."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    await stage.press("alt+w")
    await stage.on(FolderScreen)
    assert "Nothing is being watched" in stage.text
    await stage.press("n")
    await stage.on(WatchForm)
    await stage.fill(str(folder), str(out), "acme")
    await stage.on(ChoiceScreen)
    await stage.press("enter")
    await stage.on(FolderScreen)
    await stage.until(lambda: "files" in stage.text)
    return folder, out


async def test_a_dropped_file_is_made_safe_and_its_report_is_read(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        folder, out = await watching(stage, tmp_path)
        (folder / "letter.txt").write_text(LETTER)
        await stage.until(lambda: "✓ letter.txt" in stage.text)
        await stage.until(lambda: "1 of 1 files" in stage.text)
        assert "2 places protected" in stage.text
        [copy] = out.glob("*.txt")
        assert "Lindqvist" not in copy.read_text()
        await stage.press("o")
        await stage.on(PaperScreen)
        assert "PERSON  token" in stage.text
        await stage.press("escape", "s")

        await stage.until(lambda: "no longer watched" in stage.told)
        assert "Nothing is being watched" in stage.text


async def test_an_empty_line_is_asked_for_again_and_watches_nothing(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.press("alt+w")
        await stage.on(FolderScreen)
        await stage.press("n")
        await stage.on(WatchForm)
        await stage.press("enter")
        await stage.until(lambda: "Say which folder files are dropped into." in stage.text)
        await stage.press("tab", "enter")

        await stage.until(lambda: stage.app.focused is stage.app.screen.query_one("#folder"))
        assert isinstance(stage.app.screen, WatchForm)


async def test_lines_typed_ahead_are_the_lines_of_the_watch(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.press("alt+w")
        await stage.on(FolderScreen)
        await stage.press("n")
        await stage.on(WatchForm)
        form = stage.app.screen
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        stage.burst(f"{tmp_path}/in\r{tmp_path}/out\racme\r")
        await stage.on(ChoiceScreen)

        typed = [field.value for field in form.query(Input)]
        assert typed == [f"{tmp_path}/in", f"{tmp_path}/out", "acme"]


async def test_what_cannot_be_made_safe_is_told_with_its_reason_and_tried_again(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        folder, _ = await watching(stage, tmp_path)
        (folder / "broken.docx").write_bytes(b"this is no document")
        await stage.until(lambda: "✗ broken.docx" in stage.text)
        await stage.until(lambda: "1 in quarantine" in stage.text)
        await stage.press("r")

        await stage.until(lambda: "2 in quarantine" in stage.text)


@pytest.mark.sec
async def test_why_a_file_has_no_copy_is_read_without_anyone_named_in_it(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        folder, _ = await watching(stage, tmp_path)
        (folder / "to marta@example.com again.docx").write_bytes(b"this is no document")
        await stage.until(lambda: "1 in quarantine" in stage.text)
        await stage.until(lambda: "✗ to marta@example.com again" in stage.text)
        await stage.press("o")
        await stage.on(PaperScreen)
        paper = stage.app.screen.query_one("#paper", InertText).visual
        told = str(paper)

        assert re.match(r"to \[EMAIL_\w+\] again\.docx\nnot made safe on \d\d ", told)
        assert stage.app.desk.folder.snapshot().recent[0].reason in told  # type: ignore[union-attr]
        assert "helps once the reason above is mended" in told
        assert "stayed where it was" in told
        assert "marta" not in told


async def test_what_is_no_longer_in_quarantine_is_said_to_be_so(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        folder, _ = await watching(stage, tmp_path)
        (folder / "broken.docx").write_bytes(b"this is no document")
        await stage.until(lambda: "✗ broken.docx" in stage.text)
        (folder / "broken.docx").unlink()
        (folder / "maskwell-quarantine" / "broken.docx.why.txt").unlink()
        await stage.press("o")

        await stage.until(lambda: "no longer in quarantine" in stage.text)


async def test_watching_waits_while_the_vault_is_locked_and_goes_on_afterwards(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        folder, out = await watching(stage, tmp_path)
        await stage.press("ctrl+l")
        await stage.on(UnlockScreen)
        assert str(folder) not in stage.text
        (folder / "letter.txt").write_text(LETTER)
        await stage.until(lambda: bool(stage.app.desk.folder.snapshot().waiting))  # type: ignore[union-attr]
        assert not list(out.glob("*.txt"))
        await stage.fill(PASSPHRASE)
        await stage.on(ChatScreen)
        await stage.press("alt+w")
        await stage.on(FolderScreen)

        await stage.until(lambda: "✓ letter.txt" in stage.text)
        stage.app.desk.folder.stop()
