"""The review's frame: its parts, what stands in them, and the text that would leave.

Invariant: `protected` is the text of the plan that is shown, or None.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Container, Vertical
from textual.screen import Screen

from maskwell.errors import MaskwellError
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
from maskwell.tui.review_state import ReviewState, leaving_refusal

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from maskwell.masking import Protected
    from maskwell.shield import Plan
    from maskwell.tui.desk import Desk
    from maskwell.tui.word_cursor import WordCursor

__all__ = ["ReviewFrame"]

_ARMED_AFTER_S = 0.3
_WIDE = 100


class ReviewFrame(Screen["Plan | None"]):
    """What is on the review's screen; what can be done with it is the inheritors'."""

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

    # -- showing ------------------------------------------------------------------------

    def _leave_words(self) -> None:
        self._words = None
        self.original.select(None)

    def _changed(self) -> None:
        """Show another plan; words chosen in the one before have no place in it."""
        self._leave_words()
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
            self.leaving.show(self.state.leaving(self.protected), self.state.current)
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
            choosing=bool(chosen),
            chosen=self._desk.settings.keys,
        )
        self.query_one("#review-keys", InertText).update(keys)

    def _stands_for(self) -> str:
        """Return what leaves in place of the current finding, "" while that is being made."""
        if self.protected is None:
            return ""
        mark = self.leaving.mark_of(self.state.current)
        return self.leaving.proof.text[mark.start : mark.end] if mark is not None else ""

    def _say(self, sentence: str) -> None:
        self.notify(sentence, markup=False)
