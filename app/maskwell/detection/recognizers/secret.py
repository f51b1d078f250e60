"""Secrets as findings: the door between the secrets family and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.secrets import find_secrets
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["SecretRecognizer"]

_IDENTIFIERS: Final = frozenset({"uuid", "aws_account_id", "tenant_id", "client_id"})
"""Kinds that name an account rather than open it."""


class SecretRecognizer(Recognizer):
    """Finds keys, tokens, passwords and whatever else opens a door."""

    name = "secret"
    entity_types = (EntityType.SECRET, EntityType.ID)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the secret values alone, without the names they are assigned to."""
        for secret in find_secrets(scan.text):
            kind = EntityType.ID if secret.kind in _IDENTIFIERS else EntityType.SECRET
            yield Match(
                secret.start, secret.end, kind, secret.score, self.name, secret.reason, secret.kind
            )
