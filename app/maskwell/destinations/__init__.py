"""Where protected text may go, and how its reply comes back.

Only this room may import a network or model library, and only the shield calls what it
makes. A destination sees what it is given and nothing else: no vault, no settings file.
"""

from __future__ import annotations

from maskwell.destinations.base import (
    ChatMessage,
    ChatRequest,
    Destination,
    Outgoing,
    ReplyPieces,
)
from maskwell.destinations.building import build, release

__all__ = [
    "ChatMessage",
    "ChatRequest",
    "Destination",
    "Outgoing",
    "ReplyPieces",
    "build",
    "release",
]
