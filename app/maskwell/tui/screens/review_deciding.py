"""What can be decided about a finding, and about what the guard finds suspicious."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from maskwell.entity_types import EntityType
from maskwell.errors import MaskwellError
from maskwell.policy import Action
from maskwell.tui.screens.choice import Choice, ChoiceScreen
from maskwell.tui.screens.review_frame import ReviewFrame

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ReviewDeciding"]

_NOT_A_CHOICE = {EntityType.LITERAL}
_BLOCKED = "The policy blocks this value; it can be masked, not left as it is."
_ACTIONS = (
    Choice(Action.TOKEN.value, "Mask it with a token", "comes back in the reply"),
    Choice(Action.SURROGATE.value, "Invent a stand-in", "comes back in the reply"),
    Choice(Action.GENERALISE.value, "Generalise it", "does not come back"),
    Choice(Action.HASH.value, "Hash it", "does not come back"),
    Choice(Action.MASK.value, "Star it out", "does not come back"),
    Choice(Action.DROP.value, "Drop it", "does not come back"),
    Choice(Action.KEEP.value, "Leave it as it is", "leaves this machine"),
)


class ReviewDeciding(ReviewFrame):
    """The review, with decisions."""

    def action_toggle_masked(self) -> None:
        """Mask it or leave it as it is, wherever it stands."""
        self.state.toggle()
        self._changed()

    def action_toggle_here(self) -> None:
        """Mask it or leave it as it is, at this place only."""
        self.state.toggle(everywhere=False)
        self._changed()

    def action_keep(self) -> None:
        """Leave it as it is."""
        if self.state.item is not None and not self.state.keep():
            self._say(_BLOCKED)
        self._changed()

    def action_private(self) -> None:
        """Mask it."""
        self.state.act(Action.TOKEN)
        self._changed()

    def action_undo(self) -> None:
        """Take the last change back."""
        if self.state.undo():
            self._changed()

    @work
    async def action_choose_type(self) -> None:
        """Ask what kind of value it is."""
        if self.state.item is None:
            return
        choices = [Choice(one.value, one.value) for one in EntityType if one not in _NOT_A_CHOICE]
        current = self.state.item.finding.entity_type.value
        chosen = await self.app.push_screen_wait(ChoiceScreen("What is it?", choices, current))
        if chosen is not None:
            self.state.retype(EntityType(chosen))
            self._changed()

    @work
    async def action_choose_action(self) -> None:
        """Ask what should happen to it."""
        if self.state.item is None:
            return
        current = self.state.item.action.value
        chosen = await self.app.push_screen_wait(ChoiceScreen("What happens?", _ACTIONS, current))
        if chosen == Action.KEEP.value:
            self.action_keep()
        elif chosen is not None:
            self.state.act(Action(chosen))
            self._changed()

    @work
    async def action_never(self) -> None:
        """Leave it as it is now and from now on."""
        if self.state.item is None:
            return
        if not self.state.keep():
            self._say(_BLOCKED)
            return
        if await self._is_done(partial(self._desk.ignore, self.state.surface)):
            self._say("From now on this value is left as it is.")
        self._changed()

    @work
    async def action_always(self) -> None:
        """Mask it now and from now on."""
        item = self.state.item
        if item is None:
            return
        if item.action is Action.KEEP:
            self.state.act(Action.TOKEN)
        surface, entity_type = self.state.surface, item.finding.entity_type
        if await self._is_done(partial(self._desk.remember, surface, entity_type)):
            self._say("From now on this is always found, as one of your own terms.")
        self._changed()

    @work
    async def action_same(self) -> None:
        """Ask who or what else it is, and let one token stand for both."""
        if self.state.item is None:
            return
        others = await asyncio.to_thread(self._desk.same_kind, self.state.plan, self.state.current)
        if not others:
            self._say("There is no other value of this kind here.")
            return
        choices = [Choice(value, " ".join(value.split())) for value in others]
        question = f"Who or what is {' '.join(self.state.surface.split())}?"
        chosen = await self.app.push_screen_wait(ChoiceScreen(question, choices))
        if chosen is not None:
            self.state.same_as(chosen)
            self._changed()

    async def _is_done(self, change: Callable[[], None]) -> bool:
        """Do it in a thread; complain and say False when it could not be done."""
        try:
            await asyncio.to_thread(change)
        except MaskwellError as error:
            self.notify(str(error), severity="error", markup=False, timeout=8)
            return False
        return True

    # -- what is suspicious -----------------------------------------------------------------

    def action_warning(self) -> None:
        """Look at the next place the guard warns of."""
        one = self.state.next_warning()
        if one is not None:
            if one.end:
                shown = self.original.proof.to_shown
                self.original.select((shown(one.start), shown(one.end)))
            self._show_facts()

    @work
    async def action_quote(self) -> None:
        """Set what is suspicious apart as data that gives no orders."""
        if self.state.warnings:
            self.state.become(await asyncio.to_thread(self._desk.quoted, self.state.plan))
            self._say("What was pasted or attached is marked as data; undo takes that back.")
            self._changed()
