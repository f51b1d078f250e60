"""A file through the shield: made safe with its layout, and brought back with its people.

The document room knows formats and no people; the shield knows people and no formats. Here
they meet: every text of the file goes through one plan in one scope, so a person is the same
token in the body, in a comment and in the file's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell import documents
from maskwell.documents import Edit
from maskwell.masking import Receipt
from maskwell.policy import Action
from maskwell.shield.knowledge import telling_values

if TYPE_CHECKING:
    from maskwell.documents import Restored, Sanitised
    from maskwell.shield.door import Shield

__all__ = ["restore_file", "sanitise_file"]


def sanitise_file(
    shield: Shield,
    data: bytes,
    name: str,
    *,
    scope: str,
    policy: str | None = None,
    destination: str | None = None,
    mode: str = "layout",
) -> Sanitised:
    """Make a safe copy of a file; nothing unverified is returned.

    Args:
        shield: the open shield.
        data: the whole file, bytes.
        name: its name without folders; the words in it are protected too.
        scope: within which its people are tokens.
        policy: a policy's name; the configured one by default.
        destination: where the copy is to go, which the policy may ask.
        mode: "layout" edits in place, "text" rebuilds plain text.

    Raises:
        InputUnreadable, InputTooLarge: no safe copy could be made; nothing was written.
        BlockedByPolicy: a rule forbids it.
    """
    allowed: set[str] = set()

    def protect(texts: list[str]) -> list[list[Edit]]:
        edits = []
        for text in texts:
            plan = shield.plan(text, scope=scope, policy=policy, destination=destination)
            protected = shield.apply(plan)
            allowed.update(m.surface for m in protected.findings if m.action is Action.KEEP)
            edits.append([Edit(*change) for change in protected.changes])
        return edits

    def known_values() -> list[str]:
        where = shield.vault.scopes.ensure(scope)
        return [value for value in telling_values(shield.vault, where) if value not in allowed]

    with shield.vault.transaction():
        return documents.sanitise(data, name, protect=protect, known_values=known_values, mode=mode)


def restore_file(shield: Shield, data: bytes, name: str, *, scope: str) -> tuple[Restored, Receipt]:
    """Put the real values back into a file that came back.

    Returns:
        The file, and one receipt for all its texts.

    Raises:
        UnknownName: there is no such scope.
        InputUnreadable, InputTooLarge: the file cannot be read; nothing was made.
    """
    receipts: list[Receipt] = []

    def restore_texts(texts: list[str]) -> list[list[Edit]]:
        return [_edits(shield, text, scope, receipts) for text in texts]

    made = documents.restore(data, name, restore_texts=restore_texts)
    return made, Receipt.joined(receipts)


def _edits(shield: Shield, text: str, scope: str, receipts: list[Receipt]) -> list[Edit]:
    restored = shield.restore(text, scope=scope)
    receipts.append(restored.receipt)
    return [Edit(*change) for change in restored.changes]
