"""A new passphrase, asked for twice, with its strength shown as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from maskwell.tui.gate import GateInput
from maskwell.tui.inert_text import InertText
from maskwell.tui.strength import strength_line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import Input

__all__ = ["PassphraseScreen"]


class PassphraseScreen(ModalScreen["str | None"]):
    """Ends with the passphrase, or None."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [Binding("escape", "dismiss(None)", "Back", show=False)]  # noqa: RUF012  # Textual's way

    def compose(self) -> ComposeResult:
        """Show two fields."""
        with Vertical(classes="dialog"):
            yield InertText("Change the passphrase", classes="dialog-title")
            yield GateInput(password=True, placeholder="New passphrase", id="new", compact=True)
            yield InertText(strength_line(""), id="strength")
            yield GateInput(password=True, placeholder="The same again", id="again", compact=True)
            yield InertText("", id="state")
            yield InertText("Enter next · Esc back, nothing changed", classes="dialog-hint")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how strong it is."""
        if event.input.id == "new":
            self.query_one("#strength", InertText).update(strength_line(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the second field, then end."""
        event.stop()
        new, again = self.query_one("#new", GateInput), self.query_one("#again", GateInput)
        if event.input is new or not new.value:
            (again if new.value else new).focus()
        elif new.value != again.value:
            again.clear()
            self.query_one("#state", InertText).update(
                "! The two are not the same; type the second one again."
            )
        else:
            self.dismiss(new.value)
