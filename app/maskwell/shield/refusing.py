"""What was refused is on record: which destination did not get a text, by which rule.

Nothing left, so the ledger has no entry for it; the audit trail tells, without a value.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from maskwell.errors import BlockedByPolicy
from maskwell.vault.acts import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.vault import Vault

__all__ = ["refusals_noted"]


@contextmanager
def refusals_noted(
    vault: Vault, destination: str, *, cause: str, types: Iterable[str] = ()
) -> Iterator[None]:
    """Let the block run; when it refuses, say so in the audit trail.

    Args:
        vault: the open vault; one opened for reading notes nothing.
        destination: where the text was to go.
        cause: "policy" when a rule forbids it, "egress" when the rescan found a value.
        types: the kinds of values that the rules forbid.
    """
    try:
        yield
    except BlockedByPolicy:
        if not vault.is_read_only:
            vault.audit.record(Act.BLOCK, destination, {"cause": cause, "types": sorted(types)})
        raise
