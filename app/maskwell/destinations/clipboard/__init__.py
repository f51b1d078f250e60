"""The clipboard as a destination: protected text that the user carries by hand."""

from __future__ import annotations

from maskwell.destinations.clipboard.handoff import ClipboardDestination

__all__ = ["ClipboardDestination"]
