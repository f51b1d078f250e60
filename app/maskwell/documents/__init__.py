"""Files made safe with their layout, and brought back with the people in them.

One protocol for every format: *give me your text segments; take them back rewritten*.
`open_document` reads, `Document.rewritten` writes, `verify` searches the output with another
library; `sanitise` and `restore` are the whole journeys for a caller that knows how to protect
and restore texts. What a format does not understand is dropped or refused, never passed on.
"""

from __future__ import annotations

from maskwell.documents.driving import Protect, Restored, Sanitised, restore, sanitise
from maskwell.documents.limits import DEFAULT_LIMITS, Limits
from maskwell.documents.opening import VerifyReport, open_document, verify
from maskwell.documents.passages import Passage, passages
from maskwell.documents.searching import Leak
from maskwell.documents.segments import Document, Edit, Edits, Segment, edited

__all__ = [
    "DEFAULT_LIMITS",
    "Document",
    "Edit",
    "Edits",
    "Leak",
    "Limits",
    "Passage",
    "Protect",
    "Restored",
    "Sanitised",
    "Segment",
    "VerifyReport",
    "edited",
    "open_document",
    "passages",
    "restore",
    "sanitise",
    "verify",
]
