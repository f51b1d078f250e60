"""The one door between the user and a destination, and the values that pass through it.

A prompt becomes a `Plan`, a reviewed plan becomes `Protected` text, protected turns are sent
and come back as a `Reply`. Only this room may call a destination.
"""

from __future__ import annotations

from maskwell.shield.door import DEFAULT_SCOPE, Shield
from maskwell.shield.guarding import Data, line_of
from maskwell.shield.plan import UNCERTAIN_BELOW, Plan, PlanItem
from maskwell.shield.reply import Reply
from maskwell.shield.sending import MODEL_NOTE, Message

__all__ = [
    "DEFAULT_SCOPE",
    "MODEL_NOTE",
    "UNCERTAIN_BELOW",
    "Data",
    "Message",
    "Plan",
    "PlanItem",
    "Reply",
    "Shield",
    "line_of",
]
