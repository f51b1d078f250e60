"""Guarded values on the way to a terminal: masked, unless somebody asks for them and says why.

What goes to a file or a pipe is not masked. A reveal is in the audit trail before anything is
written, so a command that reveals needs the vault for writing.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from maskwell.cli.terminal import ask, can_ask
from maskwell.errors import UsageError

if TYPE_CHECKING:
    from maskwell.masking import Restored
    from maskwell.shield import Shield

__all__ = ["Purpose", "Reveal", "Showing", "showing"]

Reveal = Annotated[
    bool,
    typer.Option("--reveal", help="Show guarded values too (secrets, cards, identity numbers)."),
]
Purpose = Annotated[
    str | None,
    typer.Option("--purpose", metavar="TEXT", help="With --reveal: why; it is in the audit trail."),
]


@dataclass(frozen=True, slots=True)
class Showing:
    """How the values of one command are shown."""

    on_screen: bool
    """Whether they go to a terminal."""
    purpose: str | None = None
    """Why guarded values are shown all the same; None when they are not."""

    @property
    def masks(self) -> bool:
        """Whether guarded values are masked."""
        return self.on_screen and self.purpose is None

    @property
    def reveals(self) -> bool:
        """Whether guarded values are about to be shown on a terminal."""
        return self.on_screen and self.purpose is not None

    def restored(
        self, shield: Shield, text: str, *, scope: str, is_stored: bool = False
    ) -> Restored:
        """Return a text restored as it may be shown; a reveal is recorded first."""
        if self.purpose is not None and self.on_screen:
            masked = shield.restore(text, scope=scope, on_screen=True, is_stored=is_stored)
            where = shield.vault.scopes.get(scope)
            shield.vault.guard.note(where, masked.receipt.guarded, purpose=self.purpose)
        return shield.restore(text, scope=scope, on_screen=self.masks, is_stored=is_stored)

    def before_all(self, shield: Shield, *, scope: str) -> None:
        """Record that whatever is guarded in a scope may be shown from now on."""
        if self.purpose is not None and self.on_screen:
            shield.vault.guard.note_all(shield.vault.scopes.ensure(scope), purpose=self.purpose)

    def everywhere(self) -> Showing:
        """Return the same for a command that lists values, which are masked in pipes too."""
        return replace(self, on_screen=True)


def showing(*, reveal: bool, purpose: str | None, output: str | None = None) -> Showing:
    """Return how values are shown that go to `output`, or to stdout when there is none.

    Raises:
        UsageError: there is no purpose, and nobody to ask for one.
    """
    if purpose is not None and not reveal:
        raise UsageError("--purpose belongs to --reveal; give both, or neither.")
    on_screen = output in {None, "-"} and sys.stdout.isatty()
    if not reveal:
        return Showing(on_screen)
    if purpose is None and can_ask():
        purpose = ask("Why are the guarded values shown? It is kept in the audit trail:")
    if not (purpose or "").strip():
        raise UsageError("Revealing guarded values needs a purpose; give --purpose TEXT.")
    return Showing(on_screen, purpose)
