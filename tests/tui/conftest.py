"""The app on a headless terminal, with a real vault, a real detector and real destinations."""

from __future__ import annotations

import asyncio
import shutil
import stat
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

import pytest
from textual._xterm_parser import XTermParser
from textual.widgets import Input

from maskwell.config import load_settings
from maskwell.machine.clipboard import Clipboard
from maskwell.tui.app import MaskwellApp
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.review import ReviewScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

    from maskwell.detection import Detector
    from maskwell.paths import Home

PASSPHRASE = "seven-quiet-otters"
PROMPT = "My name is Marta Lindqvist, write to marta@example.com about card 4111 1111 1111 1111."
_PATIENCE_S = 20.0


def held(board_file: Path) -> str:
    """What is on the clipboard."""
    return board_file.read_text("utf-8")


def is_there(board_file: Path) -> bool:
    """Whether anything was ever copied."""
    return board_file.exists()


class Stage:
    """One running app and the ways a person uses it."""

    def __init__(self, app: MaskwellApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def chat(self) -> ChatScreen:
        assert isinstance(self.app.screen, ChatScreen)
        return self.app.screen

    @property
    def review(self) -> ReviewScreen:
        assert isinstance(self.app.screen, ReviewScreen)
        return self.app.screen

    @property
    def text(self) -> str:
        """Everything on the screen, as its reader sees it."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def told(self) -> str:
        """All notifications."""
        return "\n".join(notice.message for notice in self.app._notifications)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    def burst(self, typed: str) -> None:
        """Have all of it arrive at once, as what a terminal sends: pasted, or typed ahead."""
        for event in XTermParser().feed(typed):
            self.app.post_message(event)

    async def until(self, is_so: Callable[[], bool]) -> None:
        end = asyncio.get_running_loop().time() + _PATIENCE_S
        while not is_so():
            assert asyncio.get_running_loop().time() < end, (
                f"still waiting; on screen:\n{self.text}\ntold:\n{self.told}\n"
                f"focus: {self.app.focused} of {self.app.screen_stack}"
            )
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def on(self, screen: type) -> None:
        await self.until(lambda: isinstance(self.app.screen, screen))

    async def fill(self, *values: str) -> None:
        """Fill the fields of a form, pressing Enter after each."""
        for field, value in zip(self.app.screen.query(Input), values, strict=True):
            await self.until(lambda field=field: field.has_focus)  # type: ignore[misc]
            field.value = value
            await self.press("enter")

    async def write(self, text: str) -> None:
        composer = self.chat.composer
        await self.until(lambda: composer.has_focus)
        composer.load_text(text)
        await self.press("enter")

    async def reviewed(self, text: str) -> ReviewScreen:
        """Write a prompt and wait for its review to be ready to send."""
        await self.write(text)
        await self.on(ReviewScreen)
        await self.until(lambda: self.review.is_ready)
        return self.review

    async def sent(self, text: str) -> None:
        """Write a prompt, look at it, and send it."""
        await self.reviewed(text)
        await self.press("enter")
        await self.on(ChatScreen)


class Open(Protocol):
    def __call__(
        self,
        *,
        size: tuple[int, int] = ...,
        passphrase: str | None = ...,
        config: str = ...,
        beside: bool = ...,
    ) -> AbstractAsyncContextManager[Stage]: ...


@pytest.fixture
def open_app(home: Home, detector: Detector, board: Clipboard) -> Open:
    """Start the app; with `passphrase` on a vault that is there, straight into the chat.

    With `beside` every text is read by a process of its own, as a person's app does it.
    """

    @asynccontextmanager
    async def opened(
        *,
        size: tuple[int, int] = (120, 36),
        passphrase: str | None = None,
        config: str = "",
        beside: bool = False,
    ) -> AsyncIterator[Stage]:
        if config:
            home.make()
            home.config.write_text(config, "utf-8")
        app = MaskwellApp(
            home,
            load_settings(home),
            passphrase=passphrase,
            clipboard=board,
            detector=None if beside else detector,
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            stage = Stage(app, pilot)
            if passphrase is not None:
                await stage.on(ChatScreen)
            yield stage

    return opened


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty vault, made once: deriving a key is slow on purpose."""
    from maskwell.shield import Shield  # only where a vault is made

    made = tmp_path_factory.mktemp("made") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MASKWELL_VAULT_KDF_MEMORY_MIB", "64")
        Shield.create(made, PASSPHRASE).close()
    return made


@pytest.fixture
def vault(home: Home, made_home: Path) -> str:
    """A vault in the home; its passphrase."""
    shutil.copytree(made_home, home.root)
    return PASSPHRASE


@pytest.fixture
def board_file(tmp_path: Path) -> Path:
    """Where the clipboard program of these tests keeps what it was given."""
    return tmp_path / "clipboard"


@pytest.fixture
def board(tmp_path: Path, board_file: Path) -> Clipboard:
    """A clipboard served by a real program on the PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    xclip = programs / "xclip"
    xclip.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *-o*) /bin/cat "{board_file}" ;; *) /bin/cat > "{board_file}" ;; esac\n'
    )
    xclip.chmod(xclip.stat().st_mode | stat.S_IXUSR)
    return Clipboard({"DISPLAY": ":0", "PATH": str(programs)}, write_terminal=lambda _: False)


@pytest.fixture
def no_board() -> Clipboard:
    """No clipboard at all."""
    return Clipboard({"PATH": ""}, write_terminal=lambda _: False)
