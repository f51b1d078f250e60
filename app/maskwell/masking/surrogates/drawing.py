"""Choosing by a keyed hash: the same value gives the same choice in a scope, in no other.

Invariant: nothing here is random. A `Draw` is a stream of numbers from the scope's key, what is
to be replaced, and how often the choice was refused before.
"""

from __future__ import annotations

import hashlib
import string
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Draw", "same_shape"]

T = TypeVar("T")


class Draw:
    """Numbers that depend on a key, a word and a counter, and on nothing else."""

    def __init__(self, key: bytes, kind: str, value: str, attempt: int = 0) -> None:
        self._key = key
        self._seed = f"{kind}:{attempt}:{value}".encode("utf-8", "surrogatepass")
        self._block = 0
        self._pool = 0
        self._left = 0

    def below(self, limit: int) -> int:
        """Return a number from 0 up to, not including, `limit`, which is at most a million."""
        if self._left < 3:
            digest = hashlib.blake2b(
                self._block.to_bytes(4, "big") + self._seed,
                key=self._key,
                digest_size=64,
                person=b"maskwell standin",
            ).digest()
            self._pool, self._left = int.from_bytes(digest, "big"), 8
            self._block += 1
        self._pool, number = self._pool >> 64, self._pool & 0xFFFF_FFFF_FFFF_FFFF
        self._left -= 1
        return number % limit

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of the choices."""
        return choices[self.below(len(choices))]

    def digits(self, count: int) -> str:
        """Return so many decimal digits."""
        return "".join(str(self.below(10)) for _ in range(count))

    def like(self, character: str) -> str:
        """Return a character of the same class: digit, small or capital letter; else itself."""
        if character.isdigit():
            return str(self.below(10))
        if character.isupper():
            return self.one_of(string.ascii_uppercase)
        return self.one_of(string.ascii_lowercase) if character.isalpha() else character


def same_shape(pattern: str, characters: str) -> str:
    """Return `pattern` with its letters and digits replaced, in order, by `characters`.

    What is missing at the end stays as it is; what is too much is left out.
    """
    rest = iter(characters)
    return "".join(next(rest, one) if one.isalnum() else one for one in pattern)
