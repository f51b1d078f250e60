"""The review: what is private in the prompt, and the exact text that will leave.

It is the gate to sending. It ends with the plan to send, which is the plan that was shown,
or with None: back to editing, nothing sent. Enter counts only once the review has been on
the screen for a moment, so that a second Enter typed too early sends nothing unseen.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Container, Vertical
from textual.screen import Screen

from maskwell.entity_types import EntityType
from maskwell.errors import MaskwellError
from maskwell.policy import Action
from maskwell.tui.inert_text import InertText
from maskwell.tui.keys import bindings
from maskwell.tui.proof_view import ProofView
from maskwell.tui.review_facts import (
    choosing_lines,
    finding_lines,
    head_line,
    key_line,
    warning_line,
)
from maskwell.tui.review_state import ReviewState, guessed_type, leaving_proof, leaving_refusal
from maskwell.tui.screens.choice import Choice, ChoiceScreen
from maskwell.tui.word_cursor import WordCursor

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from maskwell.masking import Protected
    from maskwell.shield import Plan
    from maskwell.tui.desk import Desk

__all__ = ["ReviewScreen"]

_ARMED_AFTER_S = 0.3
_WIDE = 100
_NOT_A_CHOICE = {EntityType.LITERAL}


class ReviewScreen(Screen["Plan | None"]):
    """Ends with the plan to send, or None."""

    BINDINGS = bindings("review")
    PLACES: ClassVar = frozenset({"app", "review"})
    CSS_PATH = "../review.tcss"

    def __init__(self, desk: Desk, plan: Plan) -> None:
        super().__init__()
        self._desk = desk
        self.state = ReviewState(plan)
        self.protected: Protected | None = None
        """What will leave; None while it is being made, or when a rule forbids it."""
        self._refusal = ""
        self._words: WordCursor | None = None
        self._shown_at = monotonic()

    def compose(self) -> ComposeResult:
        """Original and outgoing text, beside or below each other, over the finding's facts."""
        yield InertText("", id="review-head")
        with Container(id="review-panes"):
            with Vertical(classes="pane"):
                yield InertText("Your prompt", classes="pane-title")
                yield ProofView(id="original", selects=True)
            with Vertical(classes="pane"):
                yield InertText("What will leave", id="leaving-title", classes="pane-title")
                yield ProofView(id="leaving")
        yield InertText("", id="warnings")
        yield InertText("", id="finding")
        yield InertText("", id="review-keys")

    def on_mount(self) -> None:
        """Show the plan."""
        self.set_class(self.size.width >= _WIDE, "-wide")
        self._changed()
        self._shown_at = monotonic()

    def on_resize(self, event: events.Resize) -> None:
        """Beside each other when there is room for it."""
        self.set_class(event.size.width >= _WIDE, "-wide")
        self._show_facts()

    @property
    def original(self) -> ProofView:
        """The pane with the prompt."""
        return self.query_one("#original", ProofView)

    @property
    def leaving(self) -> ProofView:
        """The pane with the text that will leave."""
        return self.query_one("#leaving", ProofView)

    @property
    def is_ready(self) -> bool:
        """Whether what would leave has been on the screen for a moment."""
        return self.protected is not None and monotonic() - self._shown_at >= _ARMED_AFTER_S

    # -- moving -----------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Look at the next finding, or word."""
        if self._words is not None:
            self._choose_word(self._words.step(by))
            return
        self.state.step(by)
        self._show_marks()

    def action_row(self, by: int) -> None:
        """Look at the next finding, or the word in the next row."""
        if self._words is not None:
            self._choose_word(self._words.row(by))
            return
        self.action_step(by)

    def action_extend(self, by: int) -> None:
        """Take another word into the selection."""
        if self._words is not None:
            self._choose_word(self._words.extend(by))

    def action_scroll(self, by: int) -> None:
        """Scroll both texts by a page."""
        for view in (self.original, self.leaving):
            view.scroll_relative(y=by * max(view.size.height - 1, 1), animate=False)

    # -- deciding -----------------------------------------------------------------------

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
            self._say("The policy blocks this value; it can be masked, not left as it is.")
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
        choices = [
            Choice(Action.TOKEN.value, "Mask it with a token", "comes back in the reply"),
            Choice(Action.SURROGATE.value, "Invent a stand-in", "comes back in the reply"),
            Choice(Action.GENERALISE.value, "Generalise it", "does not come back"),
            Choice(Action.HASH.value, "Hash it", "does not come back"),
            Choice(Action.MASK.value, "Star it out", "does not come back"),
            Choice(Action.DROP.value, "Drop it", "does not come back"),
            Choice(Action.KEEP.value, "Leave it as it is", "leaves this machine"),
        ]
        current = self.state.item.action.value
        chosen = await self.app.push_screen_wait(ChoiceScreen("What happens?", choices, current))
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
            self._say("The policy blocks this value; it can be masked, not left as it is.")
            return
        await asyncio.to_thread(self._desk.ignore, self.state.surface)
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
        await asyncio.to_thread(self._desk.remember, surface, entity_type)
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

    # -- marking what was missed ----------------------------------------------------------

    def action_mark(self) -> None:
        """Choose a word from the keyboard, or mark the words that are chosen."""
        if self._words is not None:
            self._mark_chosen()
            return
        begin = max(
            (m.end for m in self.original.proof.marks if m.index == self.state.current), default=0
        )
        self._words = WordCursor.at(self.original, begin)
        if self._words is not None:
            self._choose_word(self._words.span)

    def on_proof_view_selected(self, event: ProofView.Selected) -> None:
        """Take the words selected with the mouse."""
        begin, end = map(self.original.proof.to_shown, (event.start, event.end))
        self._words = WordCursor.at(self.original, begin, dragged=(begin, end))
        if self._words is not None:
            self._choose_word(self._words.span)

    def on_proof_view_mark_clicked(self, event: ProofView.MarkClicked) -> None:
        """Look at the finding that was clicked."""
        if event.index >= 0:
            self._leave_words()
            self.state.current = event.index
            self._show_marks()

    def _choose_word(self, span: tuple[int, int]) -> None:
        self.original.select(span)
        self._show_facts()

    def _mark_chosen(self) -> None:
        if self._words is None:
            return
        start, end = map(self.original.proof.to_source, self._words.span)
        self._leave_words()
        self.state.mark(start, end, guessed_type(self.state.plan.text[start:end]))
        self._changed()

    def _leave_words(self) -> None:
        self._words = None
        self.original.select(None)

    # -- leaving the screen ---------------------------------------------------------------

    def action_send(self) -> None:
        """End with the plan that is shown."""
        if self._words is not None:
            self._mark_chosen()
        elif self._refusal:
            self._say(self._refusal)
        elif self.is_ready:
            self.dismiss(self.state.plan)
        else:
            self._say("Have a look first; press Enter again to send.")

    def action_back(self) -> None:
        """Leave the choosing of words, or the review, with nothing sent."""
        if self._words is not None:
            self._leave_words()
            self._show_facts()
            return
        self.dismiss(None)

    # -- showing ------------------------------------------------------------------------

    def _changed(self) -> None:
        self.protected = None
        self._show_marks()
        self._make_preview()

    @work(exclusive=True)
    async def _make_preview(self) -> None:
        plan = self.state.plan
        if plan.is_blocked_by_guard:
            self._refusal = "The policy lets nothing leave that may give a model orders."
            self._show_marks()
            return
        try:
            protected = await asyncio.to_thread(self._desk.preview, plan)
        except MaskwellError as error:
            self._refusal = str(error)
        else:
            if plan is not self.state.plan:
                return
            self._refusal = ""
            self.protected = protected
        self._show_marks()

    def _show_marks(self) -> None:
        self.original.show(self.state.original(), self.state.current)
        title = self.query_one("#leaving-title", InertText)
        title.set_class(bool(self._refusal), "-refused")
        if self._refusal:
            title.update("Nothing can leave")
            self.leaving.show(leaving_refusal(self._refusal), -1)
        elif self.protected is not None:
            title.update(f"What will leave · {len(self.protected.text):,} characters")
            items = self.state.plan.items
            self.leaving.show(leaving_proof(self.protected, items), self.state.current)
        self._show_facts()

    def _show_facts(self) -> None:
        if not self.is_mounted:
            return
        width = self.size.width - 2
        self.query_one("#review-head", InertText).update(head_line(self.state, width))
        chosen = self._words and self.original.proof.text[slice(*self._words.span)]
        facts = choosing_lines(chosen) if chosen else finding_lines(self.state, self._stands_for())
        self.query_one("#finding", InertText).update(facts)
        warnings = self.query_one("#warnings", InertText)
        warnings.display = bool(self.state.warnings)
        warnings.update(warning_line(self.state, width, self._desk.settings.keys))
        keys = key_line(
            self.state,
            width,
            by_hand=self._desk.is_by_hand,
            chosen=self._desk.settings.keys,
        )
        self.query_one("#review-keys", InertText).update(keys)

    def _stands_for(self) -> str:
        """Return what leaves in place of the current finding, "" while that is being made."""
        if self.protected is None:
            return ""
        proof = self.leaving.proof
        marks = (mark for mark in proof.marks if mark.index == self.state.current)
        return next((proof.text[mark.start : mark.end] for mark in marks), "")

    def _say(self, sentence: str) -> None:
        self.notify(sentence, markup=False)
