"""Helpers of the documents' tests: a keeper of a few known values, and files built by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from maskwell.documents import Edit, restore, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents import Restored, Sanitised

TOKEN = re.compile(r"[\[{]PERSON_(\d+)QX[\]}]")


class Keeper:
    """Knows some values by heart and gives each one token, the way the shield does."""

    def __init__(self, *values: str) -> None:
        self.values = list(values)

    def protect(self, texts: list[str]) -> list[list[Edit]]:
        return [list(self._edits(text)) for text in texts]

    def restore_texts(self, texts: list[str]) -> list[list[Edit]]:
        return [
            [Edit(*found.span(), self.values[int(found[1])]) for found in TOKEN.finditer(text)]
            for text in texts
        ]

    def sanitised(self, data: bytes, name: str, mode: str = "layout") -> Sanitised:
        return sanitise(
            data, name, protect=self.protect, known_values=lambda: self.values, mode=mode
        )

    def restored(self, safe: Sanitised) -> Restored:
        return restore(safe.data, safe.name, restore_texts=self.restore_texts)

    def _edits(self, text: str) -> Iterator[Edit]:
        if not self.values:
            return
        longest = sorted(self.values, key=len, reverse=True)
        for found in re.finditer("|".join(map(re.escape, longest)), text):
            number = self.values.index(found.group())
            yield Edit(*found.span(), f"[PERSON_{number}QX]")


@pytest.fixture
def keeper() -> Keeper:
    return Keeper("Jane Q. Doeberry", "jane.doeberry@example.com", "+1 555 0142 998", "Zoë Łęcka")
