"""A new passphrase, asked for twice, with its strength shown as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from maskwell.tui.field import Field
from maskwell.tui.form import FormDialog
from maskwell.tui.inert_text import InertText
from maskwell.tui.strength import strength_line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import Input

__all__ = ["PassphraseScreen"]


class PassphraseScreen(FormDialog["str | None"]):
    """Ends with the passphrase, or None."""

    CSS_PATH = "../dialog.tcss"

    def compose(self) -> ComposeResult:
        """Show two fields."""
        with Vertical(classes="dialog"):
            yield InertText("Change the passphrase", classes="dialog-title")
            yield Field(password=True, placeholder="New passphrase", id="new", compact=True)
            yield InertText(strength_line(""), id="strength")
            yield Field(password=True, placeholder="The same again", id="again", compact=True)
            yield InertText("", id="state")
            yield InertText("Enter next · Esc back, nothing changed", classes="dialog-hint")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how strong it is; what was wrong before is being put right."""
        if event.input.id == "new":
            self.query_one("#strength", InertText).update(strength_line(event.input.value))
        # Changes are told late: one of before must not take back that the two are not the same.
        if self.query_one("#again", Field).value and not self.is_busy:
            self.query_one("#state", InertText).update("")

    def finish(self) -> None:
        """End with it once both are the same."""
        new, again = self.query_one("#new", Field), self.query_one("#again", Field)
        if not new.value:
            self._say("Choose a passphrase.")
            self.rest(new)
        elif new.value != again.value:
            again.clear()
            self._say("The two are not the same; type the second one again.")
            self.rest(again)
        else:
            self.dismiss(new.value)

    def _say(self, problem: str) -> None:
        self.query_one("#state", InertText).update(f"! {problem}")
