"""A file through the shield: made safe with its layout, and brought back with its people.

The document room knows formats and no people; the shield knows people and no formats. Here
they meet: every text of the file goes through one plan in one scope, so a person is the same
token in the body, in a comment and in the file's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell import documents
from maskwell.documents import Edit
from maskwell.masking import Receipt
from maskwell.policy import Action
from maskwell.shield.knowledge import telling_values

if TYPE_CHECKING:
    from maskwell.documents import Restored, Sanitised
    from maskwell.shield.door import Shield

__all__ = ["ProtectedFile", "protect_file", "protect_name", "restore_file", "sanitise_file"]

OnFound = Callable[[int, int], None]
"""Told how many texts of how many have been gone through."""


@dataclass(frozen=True, slots=True)
class ProtectedFile:
    """A safe copy of a file, and what was found in making it."""

    copy: Sanitised
    found: Mapping[tuple[str, str], int]
    """How often a kind of value had an action: ("PERSON", "token") to a number."""


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
    return protect_file(
        shield, data, name, scope=scope, policy=policy, destination=destination, mode=mode
    ).copy


def protect_file(
    shield: Shield,
    data: bytes,
    name: str,
    *,
    scope: str,
    policy: str | None = None,
    destination: str | None = None,
    mode: str = "layout",
    on_found: OnFound = lambda _done, _all: None,
) -> ProtectedFile:
    """Make a safe copy of a file, and tell what was found in it.

    Args and errors: as for `sanitise_file`; `on_found` is told how far finding is.
    """
    allowed: set[str] = set()
    found: Counter[tuple[str, str]] = Counter()

    def protect(texts: list[str]) -> list[list[Edit]]:
        edits = []
        for number, text in enumerate(texts, 1):
            plan = shield.plan(text, scope=scope, policy=policy, destination=destination)
            protected = shield.apply(plan)
            for one in protected.findings:
                found[one.finding.entity_type.value, one.action.value] += 1
                if one.action is Action.KEEP:
                    allowed.add(one.surface)
            edits.append([Edit(*change) for change in protected.changes])
            on_found(number, len(texts))
        return edits

    def known_values() -> list[str]:
        where = shield.vault.scopes.ensure(scope)
        return [value for value in telling_values(shield.vault, where) if value not in allowed]

    with shield.vault.transaction():
        copy = documents.sanitise(data, name, protect=protect, known_values=known_values, mode=mode)
    return ProtectedFile(copy, dict(found))


def protect_name(
    shield: Shield,
    name: str,
    *,
    scope: str,
    policy: str | None = None,
    destination: str | None = None,
) -> str:
    """Return the name of a folder with its people as the tokens they are in files.

    Raises:
        BlockedByPolicy: a rule forbids it.
    """
    bare = sanitise_file(
        shield, b"\n", f"{name}.txt", scope=scope, policy=policy, destination=destination
    )
    return bare.name.removesuffix(".txt")


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
