"""One question with a short list of answers, over the screen that asked it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from maskwell.tui.field import Field
from maskwell.tui.inert_text import InertText, inert_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

__all__ = ["Choice", "ChoiceScreen", "ConfirmScreen", "TextScreen", "code_choice"]

_LONGEST_LINE = 36


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer."""

    value: str
    words: str
    note: str = ""


def code_choice(number: int, language: str, code: str) -> Choice:
    """Return a code block as something to choose: its first line, and how long it is."""
    lines = code.strip("\n").splitlines() or [""]
    first = next((line.strip() for line in lines if line.strip()), "")
    first = first if len(first) <= _LONGEST_LINE else first[: _LONGEST_LINE - 1] + "…"
    note = f"{language}, {len(lines)} lines" if language else f"{len(lines)} lines"
    return Choice(str(number), first, note)


class ChoiceScreen(ModalScreen["str | None"]):
    """Ends with the chosen value, or None. A letter jumps to the next answer it begins."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Back", show=False)]  # noqa: RUF012  # Textual's way

    def __init__(self, question: str, choices: Sequence[Choice], current: str = "") -> None:
        super().__init__()
        self._question = question
        self._choices = choices
        self._current = current

    def compose(self) -> ComposeResult:
        """Show the question over its answers."""
        with Vertical(classes="dialog"):
            yield InertText(self._question, classes="dialog-title")
            yield OptionList(*(self._option(one) for one in self._choices), markup=False)
            yield InertText("Enter choose · Esc back", classes="dialog-hint")

    def on_mount(self) -> None:
        """Begin at the answer that holds now."""
        values = [choice.value for choice in self._choices]
        answers = self.query_one(OptionList)
        answers.highlighted = values.index(self._current) if self._current in values else 0
        answers.focus()

    def on_key(self, event: events.Key) -> None:
        """Jump to the next answer that begins with the letter pressed."""
        if not (event.character and event.character.isalpha()):
            return
        answers = self.query_one(OptionList)
        here = answers.highlighted or 0
        order = [(here + 1 + step) % len(self._choices) for step in range(len(self._choices))]
        for index in order:
            if self._choices[index].words.casefold().startswith(event.character.casefold()):
                answers.highlighted = index
                event.stop()
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """End with the chosen answer."""
        event.stop()
        self.dismiss(self._choices[event.option_index].value)

    def _option(self, choice: Choice) -> Option:
        sign = "● " if choice.value == self._current else "  "
        note = inert_content(f"   {choice.note}" if choice.note else "", "$faint")
        return Option(inert_content(sign + choice.words) + note)


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something that cannot be undone; only the key it names says yes."""

    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("y", "dismiss(True)", "Yes", show=False),
        Binding("escape,n", "dismiss(False)", "No", show=False),
    ]

    def __init__(self, question: str, consequence: str) -> None:
        super().__init__()
        self._question = question
        self._consequence = consequence

    def compose(self) -> ComposeResult:
        """Show the question and what saying yes does."""
        with Vertical(classes="dialog"):
            yield InertText(self._question, classes="dialog-title")
            yield InertText(self._consequence, classes="dialog-text")
            yield InertText("y yes · Esc no", classes="dialog-hint")


class TextScreen(ModalScreen["str | None"]):
    """Asks for one line of text; ends with it, or None."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Back", show=False)]  # noqa: RUF012  # Textual's way

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        """Show the question over a line to write on."""
        with Vertical(classes="dialog"):
            yield InertText(self._question, classes="dialog-title")
            yield Field(self._value, compact=True)
            yield InertText("Enter done · Esc back", classes="dialog-hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """End with what was written."""
        event.stop()
        self.dismiss(event.value.strip() or None)
