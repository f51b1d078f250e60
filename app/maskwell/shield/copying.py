"""One file on its way through the shield: what is found in it, and what became of that.

The texts of a file come in more than one call: all of them, then what reads differently once
tokens stand in it. What is found is counted over all calls, and all is written in one transaction.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from maskwell.documents import Edit
from maskwell.policy import Action
from maskwell.shield.knowledge import is_telling, telling_values
from maskwell.shield.sheaves import protect_all
from maskwell.vault.mentions import token_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from types import TracebackType

    from maskwell.detection import Finding
    from maskwell.masking import Marked, Protected
    from maskwell.policy import Policy
    from maskwell.shield.door import Shield
    from maskwell.shield.foreseeing import OnFound
    from maskwell.shield.plan import Plan

__all__ = ["Copying", "Write"]

_ALL_SOUGHT = 60
"""A scope that knows no more values has all of them looked for in every copy."""


class Copying:
    """The shield's side of making one safe copy.

    Args:
        shield: the open shield.
        write: begun when there is first something to keep.
        policy: what decides.
        scope: within which the file's people are tokens.
        destination: where the copy is to go, which the policy may ask.
        on_found: told how far finding is.
    """

    def __init__(
        self,
        shield: Shield,
        write: Write,
        *,
        policy: Policy,
        scope: str,
        destination: str | None,
        on_found: OnFound,
    ) -> None:
        self._shield = shield
        self._write = write
        self._policy = policy
        self._scope = scope
        self._destination = destination
        self._on_found = on_found
        self._nameless: Collection[str] = ()
        self.known = Known(shield, scope)
        self.found: Counter[tuple[str, str]] = Counter()
        """How often a kind of value had an action."""
        self.tokens: dict[str, None] = {}
        """Every token that stands in the copy, in the order they came."""

    def note_nameless(self, texts: Collection[str]) -> None:
        """Note in which of the next texts no names need be sought."""
        self._nameless = set(texts)

    def protect(self, texts: list[str]) -> list[list[Edit]]:
        """Return for each text what is replaced in it."""
        detected = self._shield.found_in(texts, self._on_found, nameless=self._nameless)
        self._write.begin()
        changes = protect_all(texts, detected, self._plan, self._shield.apply, self._count)
        return [[Edit(*change) for change in some] for some in changes]

    def _plan(self, text: str, detected: Sequence[Finding]) -> Plan:
        return self._shield.plan(
            text,
            scope=self._scope,
            policy=self._policy,
            destination=self._destination,
            found=detected,
        )

    def _count(self, protected: Protected) -> None:
        self.tokens.update(dict.fromkeys(token_texts(protected.kept.text)))
        for one in protected.findings:
            self.found[one.finding.entity_type.value, one.action.value] += 1
            self.known.met(one)


class Write:
    """One transaction for all of a file, begun when there is first something to keep.

    Until then, while the file is taken apart and read, others may write to the vault.
    """

    def __init__(self, shield: Shield) -> None:
        self._vault = shield.vault
        self._stack = ExitStack()
        self._is_begun = False

    def begin(self) -> None:
        """Begin the transaction, unless it has begun."""
        if not self._is_begun:
            self._stack.enter_context(self._vault.transaction())
            self._is_begun = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)


class Known:
    """The values that must not stand in a copy: those of the scope that stand in the file.

    While the scope knows few values, all of them are looked for, whatever the file seemed to
    hold. Thousands would make each file slower than the last.
    """

    def __init__(self, shield: Shield, scope: str) -> None:
        self._shield = shield
        self._scope = scope
        self._texts: Sequence[str] = ()
        self._met: set[str] = set()
        self._allowed: set[str] = set()

    def read(self, texts: Sequence[str]) -> None:
        """Note what the file's texts are."""
        self._texts = texts

    def met(self, one: Marked) -> None:
        """Note a value that was found and what the policy does with it."""
        if one.action is Action.KEEP:
            self._allowed.add(one.surface)
        elif is_telling(one.finding.entity_type, one.surface):
            self._met.add(one.surface)

    def values(self) -> list[str]:
        """Return the values, those the policy keeps left out."""
        where = self._shield.vault.scopes.ensure(self._scope)
        index = self._shield.index(where)
        if index.size <= _ALL_SOUGHT:
            values = set(telling_values(self._shield.vault, where)) | self._met
        else:
            hits = (hit for text in self._texts for hit in index.find(text))
            values = self._met | {variant.surface for _, _, variant in hits}
        return sorted(values - self._allowed)
