"""The terminal app: screens, looks, keys, and what happens when something goes wrong.

The first screen is shown before anything heavy is imported; the core and the detector load
in a thread behind it. An unhandled error ends the app with one sentence; where it happened
goes to the log, as file names and line numbers, never a value.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.worker import NoActiveWorker, WorkerFailed, get_current_worker

from maskwell.errors import MaskwellError
from maskwell.tui.clipboard_app import ClipboardApp
from maskwell.tui.crash import crash_sentence, record_crash
from maskwell.tui.desk import Desk
from maskwell.tui.idle import IdleClock
from maskwell.tui.inert_text import InertFilter
from maskwell.tui.keys import bindings, keymap, problems
from maskwell.tui.palette import MaskwellCommands
from maskwell.tui.removing import gone
from maskwell.tui.screens.create import CreateScreen
from maskwell.tui.screens.unlock import UnlockScreen
from maskwell.tui.themes import DEFAULT_THEME, THEMES
from maskwell.tui.tidying import Tidying

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from maskwell.config import Settings
    from maskwell.detection import Detector
    from maskwell.machine.clipboard import Clipboard
    from maskwell.paths import Home
    from maskwell.tui.gate import VaultOpened
    from maskwell.tui.screens.chat import ChatScreen

__all__ = ["MaskwellApp"]

_TICK_S = 1.0
_SWITCH_S = 0.001
"""How long a working thread may keep the interpreter from one that draws a key."""
_HEAD_START_S = 0.05
"""The first screen is drawn before the loading thread competes for the interpreter."""


class MaskwellApp(ClipboardApp):
    """The app; its return value is the exit code."""

    TITLE = "Maskwell"
    CSS_PATH = "maskwell.tcss"
    BINDINGS: ClassVar = bindings("app")
    COMMANDS: ClassVar = {MaskwellCommands}
    COMMAND_PALETTE_BINDING = ""
    ENABLE_COMMAND_PALETTE = True
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        home: Home,
        settings: Settings,
        *,
        offline: bool = False,
        passphrase: str | None = None,
        key_file: Path | None = None,
        uses_agent: bool = True,
        clipboard: Clipboard | None = None,
        detector: Detector | None = None,
    ) -> None:
        """Make it; a `detector` reads short texts here, for who has one loaded anyway."""
        super().__init__(clipboard)
        self.desk = Desk(home, settings, offline=offline, key_file=key_file, detector=detector)
        self.is_warm = False
        """Whether all is loaded that works in this process."""
        self._given_passphrase = passphrase
        self._uses_agent = uses_agent
        self._has_drawn = False
        self._draft = ""
        self._is_locking = False
        self._chat_id: int | None = None
        self.idle = IdleClock(settings.vault.auto_lock_minutes)
        """When the vault locks itself."""
        self._tidying = Tidying()
        self.has_changed = False
        """Whether a screen changed what the chat shows: it is shown anew."""
        self._filters.append(InertFilter())
        for theme in THEMES:
            self.register_theme(theme)
        wanted = settings.ui.theme
        if wanted not in self.available_themes or not wanted.startswith("maskwell-"):
            self._more_looks()
        self.theme = wanted if wanted in self.available_themes else DEFAULT_THEME
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """Begin at the gate: it is under everything else, and what locking comes back to."""
        return self._gate()

    def _gate(self) -> Screen[None]:
        given, self._given_passphrase = self._given_passphrase, None
        if self.desk.has_vault:
            return UnlockScreen(self.desk, given, by_agent=self._uses_agent)
        return CreateScreen(self.desk)

    def on_mount(self) -> None:
        """Take the user's keys and say what is wrong with them."""
        self.set_keymap(keymap(self.desk.settings.keys))
        self.set_interval(_TICK_S, self._tick)
        for problem in problems(self.desk.settings.keys):
            self.notify(problem, severity="warning", markup=False, timeout=10)

    def on_unmount(self) -> None:
        """End what is still searched: the app does not wait for it when it quits."""
        self.desk.stop_reading()
        self._tidying.end()

    def on_ready(self) -> None:
        """Load what the first screen did not need, once it has been drawn."""
        self._tidying.begin()
        self._more_looks()
        sys.setswitchinterval(_SWITCH_S)
        self._has_drawn = True
        self.call_after_refresh(self.set_timer, _HEAD_START_S, self._warm_up)

    def _more_looks(self) -> None:
        """Make every look known, the user's own among them."""
        from maskwell.tui.more_themes import all_themes  # noqa: PLC0415  # not at start

        for theme in all_themes(self.desk.home):
            self.register_theme(theme)

    def refresh_css(self, animate: bool = True) -> None:  # Textual's signature
        """Parse the looks again, but not before the first screen: they are new then."""
        if self._has_drawn:
            super().refresh_css(animate)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours, for the moment before a theme of ours is chosen."""
        return THEMES[0].variables

    # -- from locked to chatting --------------------------------------------------------

    async def on_vault_opened(self, event: VaultOpened) -> None:
        """Chat, going on where the vault was locked."""
        from maskwell.tui.screens.chat import ChatScreen  # noqa: PLC0415  # after the first screen
        from maskwell.tui.screens.ways import recovery_paper  # noqa: PLC0415  # likewise

        if self._chat_id is not None:
            await asyncio.to_thread(self.desk.resume, self._chat_id)
        draft, self._draft = self._draft, ""
        await self.push_screen(ChatScreen(self.desk, draft))
        if event.recovery_code:
            await self.push_screen(recovery_paper(event.recovery_code))

    def action_lock(self) -> None:
        """Close the vault, here and in the agent, and show a screen that tells nothing."""
        chat = self.chat_screen
        if chat is not None:
            self.desk.locks_agent = self._uses_agent
            self._begin_lock(chat, "by hand")

    async def on_event(self, event: events.Event) -> None:
        """Count every key and every touch of the mouse as somebody being there."""
        if isinstance(event, (events.InputEvent, events.Paste)):
            self.idle.touch()
        await super().on_event(event)

    def _tick(self) -> None:
        """Count down, and lock when nobody is there; a reply that still comes is waited for."""
        chat = self.chat_screen
        if chat is None or not chat.flow.is_streaming:
            self._tidying.rest(self.idle.idle_s)
        if chat is None:
            return
        if self.idle.seconds_left == 0 and not chat.flow.is_streaming:
            self._begin_lock(chat, "idle")
        elif hasattr(self.screen, "show_clock"):
            self.screen.show_clock()

    def _begin_lock(self, chat: ChatScreen, reason: str) -> None:
        """Lock once: on a busy machine the clock asks again while the screens still go."""
        if not self._is_locking:
            self._is_locking = True
            self.run_worker(self._lock(chat, reason), group="lock")

    async def _lock(self, chat: ChatScreen, reason: str) -> None:
        try:
            chat.flow.stop()
            self._draft = chat.composer.text
            self._chat_id = None if self.desk.is_temporary else self.desk.chat.id
            self.clear_notifications()
            while len(self.screen_stack) > 1:
                await gone(self.pop_screen())
            if not isinstance(self.screen, UnlockScreen):
                await self.push_screen(UnlockScreen(self.desk))
        finally:  # whatever becomes of the screens
            self._is_locking = False
            await asyncio.to_thread(self.desk.lock, reason)

    def _warm_up(self) -> None:
        self.run_worker(self._load(), group="load")

    async def _load(self) -> None:
        try:
            await asyncio.to_thread(_load_core)
        except MaskwellError as error:
            self.notify(str(error), severity="error", markup=False, timeout=20)
            return
        self._tidying.keep()
        self.is_warm = True
        if (chat := self.chat_screen) is not None and chat.is_mounted:
            chat.show_state()

    # -- what the palette and the keys call -----------------------------------------------

    @property
    def chat_screen(self) -> ChatScreen | None:
        """The chat, when the vault is open."""
        for screen in self.screen_stack:
            if "chat" in self.places_of(screen):
                return screen  # type: ignore[return-value]  # only the chat screen has the place
        return None

    @staticmethod
    def places_of(screen: Screen[object]) -> frozenset[str]:
        """Return which actions a screen has, as the places of their ids."""
        return getattr(screen, "PLACES", frozenset({"app"}))

    def action_go(self, page: str) -> None:
        """Show one of the screens beside the chat, in place of another of them."""
        chat, here = self.chat_screen, self.screen
        if chat is None or not (here is chat or "page" in self.places_of(here)):
            return
        from maskwell.tui.screens.pages import page_class  # noqa: PLC0415  # not at start

        wanted = page_class(page)
        if isinstance(here, wanted):
            return
        if here is chat:
            self.push_screen(wanted(self.desk))
        else:
            self.switch_screen(wanted(self.desk))

    async def run_listed(self, handler: str, screen: Screen[object], place: str) -> None:
        """Run an action chosen in the palette where it belongs."""
        target = self.chat_screen.composer if place == "composer" and self.chat_screen else screen
        await self.run_action(handler, target)

    def action_help(self) -> None:
        """Show every key."""
        from maskwell.tui.screens.help import HelpScreen  # noqa: PLC0415  # not at start

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.desk.settings.keys, self.places_of(self.screen)))

    def action_command_palette(self) -> None:
        """Show the palette, but not over itself."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(id="palette", placeholder="What would you like to do?"))

    def use_destination(self, name: str) -> None:
        """Send this chat's next prompts elsewhere."""
        self._change(lambda: self.desk.use_destination(name), f"Prompts now go to {name}.")

    def use_policy(self, name: str) -> None:
        """Decide about this chat's next prompts by another policy."""
        self._change(lambda: self.desk.use_policy(name), f"The policy is now {name}.")

    def use_theme(self, name: str) -> None:
        """Change how the app looks, and keep it so."""
        self.theme = name
        self.save("ui", "theme", name)

    def save(self, section: str, key: str, value: str) -> None:
        """Write a setting to the user's file."""
        self._change(
            lambda: self.desk.save(section, key, value), f"{section}.{key} is now {value}."
        )

    def _change(self, change: object, sentence: str) -> None:
        try:
            change()  # type: ignore[operator]  # a lambda from this class
        except MaskwellError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.notify(sentence, markup=False)
        if (chat := self.chat_screen) is not None:
            chat.show_state()

    # -- when something goes wrong ----------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Note where it happened and end; the screen and the log see no value."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        if isinstance(error, NoMatches) and self._asker_is_gone():
            return
        self._return_code = error.exit_code if isinstance(error, MaskwellError) else 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        record_crash(self.desk.home, error)
        self._exit_renderables.append(crash_sentence(self.desk.home, error))
        self._close_messages_no_wait()

    def _asker_is_gone(self) -> bool:
        """Whether what runs now belongs to a screen that is being closed: it need not show it."""
        try:
            screen = get_current_worker().node.screen
        except NoActiveWorker:
            return False
        except NoScreen:
            return True
        return screen not in self.screen_stack or not screen.display  # it is being removed


def _load_core() -> None:
    """Import what the first screen did not need."""
    from maskwell.agent.memory import harden  # noqa: PLC0415  # off the first screen's path

    harden()
    import maskwell.conversation  # noqa: F401, PLC0415  # for its effect, likewise
