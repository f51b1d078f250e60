"""The destination that is a person: it names itself and streams nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.errors import UsageError

if TYPE_CHECKING:
    from maskwell.config import DestinationSettings
    from maskwell.destinations.base import BeforeSend, ChatRequest, ReplyPieces

__all__ = ["ClipboardDestination"]


class ClipboardDestination:
    """Any chatbot the user pastes into; how far that reaches is not known, so it is remote."""

    kind = "clipboard"
    is_interactive = True

    def __init__(self, settings: DestinationSettings) -> None:
        self._settings = settings

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self._settings.name

    @property
    def reach(self) -> str:
        """`remote`, unless the user said that what they paste into is nearer."""
        return self._settings.reach

    @property
    def model(self) -> str:
        """What the user says they paste into, "" when they did not."""
        return self._settings.model

    def models(self) -> list[str]:
        """Return none: nobody knows what the user pastes into."""
        return []

    def stream(self, request: ChatRequest, *, before_send: BeforeSend) -> ReplyPieces:
        """Refuse: its reply comes back by hand.

        Raises:
            UsageError: always.
        """
        del request, before_send
        raise UsageError(f'The reply of "{self.name}" comes back by hand: paste it.')
