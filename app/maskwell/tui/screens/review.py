"""The review: what is private in the prompt, and the exact text that will leave.

It is the gate to sending. It ends with the plan to send, which is the plan that was shown,
or with None: back to editing, nothing sent. Enter counts only once the review has been on
the screen for a moment, so that a second Enter typed too early sends nothing unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.tui.review_state import guessed_type
from maskwell.tui.screens.review_deciding import ReviewDeciding
from maskwell.tui.word_cursor import WordCursor

if TYPE_CHECKING:
    from maskwell.tui.proof_view import ProofView

__all__ = ["ReviewScreen"]


class ReviewScreen(ReviewDeciding):
    """Ends with the plan to send, or None."""

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
