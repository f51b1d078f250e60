"""Secrets as findings: the door between the secrets family and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.secrets import find_secrets
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["SecretRecognizer"]


class SecretRecognizer(Recognizer):
    """Finds keys, tokens, passwords and whatever else opens a door."""

    name = "secret"
    entity_types = (EntityType.SECRET,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the secret values alone, without the names they are assigned to."""
        for secret in find_secrets(scan.text):
            yield Match(
                secret.start, secret.end, EntityType.SECRET, secret.score, self.name,
                secret.reason, secret.kind,
            )  # fmt: skip
