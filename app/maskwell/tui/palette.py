"""The palette: every action with its key, every destination, policy and look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from maskwell.tui.inert_text import inert_content
from maskwell.tui.keys import ACTIONS, key_names
from maskwell.tui.more_themes import all_themes, look_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.content import Content

    from maskwell.tui.app import MaskwellApp

__all__ = ["MaskwellCommands"]

_KEY_COLUMN, _ROOM_BESIDE = 46, 20
"""Where the keys stand, and what of a narrow terminal's width is not for the words."""


@dataclass(frozen=True, slots=True)
class _Command:
    title: str
    key: str
    run: Callable[[], Awaitable[None] | None]


class MaskwellCommands(Provider):
    """Everything that can be done on the screen the palette was opened over."""

    async def discover(self) -> Hits:
        """List everything before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(
                self._line(inert_content(command.title), command), command.run, text=command.title
            )

    async def search(self, query: str) -> Hits:
        """List what matches."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                shown = self._line(inert_content(command.title), command)
                yield Hit(score, shown, command.run, text=command.title)

    def _commands(self) -> Iterator[_Command]:
        app = cast("MaskwellApp", self.app)
        places = app.places_of(self.screen)
        chosen = app.desk.settings.keys
        for action in ACTIONS:
            if action.is_listed and action.place in places and action.id != "app.palette":
                run = partial(app.run_listed, action.handler, self.screen, action.place)
                yield _Command(action.title, key_names(action, chosen), run)
        if "chat" in places:
            yield from self._choices(app)
        for theme in all_themes(app.desk.home):
            look = look_name(theme.name)
            yield _Command(f"Look: {look}", "", partial(app.use_theme, theme.name))

    @staticmethod
    def _choices(app: MaskwellApp) -> Iterator[_Command]:
        for name in app.desk.shield.destination_names():
            yield _Command(f"Destination: {name}", "", partial(app.use_destination, name))
            set_default = partial(app.save, "default", "destination", name)
            yield _Command(f"Make {name} the default destination", "", set_default)
        for name in [name for name, _ in app.desk.policies()]:
            yield _Command(f"Policy: {name}", "", partial(app.use_policy, name))
            set_default = partial(app.save, "default", "policy", name)
            yield _Command(f"Make {name} the default policy", "", set_default)
        for when in ("policy", "always", "uncertain", "not-local", "never"):
            title = f"Review: {'as the policy says' if when == 'policy' else when}"
            yield _Command(title, "", partial(app.save, "review", "when", when))

    def _line(self, title: Content, command: _Command) -> Content:
        column = min(_KEY_COLUMN, max(self.app.size.width - _ROOM_BESIDE, 0))
        gap = " " * max(column - title.cell_length, 2)
        return title + inert_content(gap + command.key, "$faint")
