"""The recovery code: 160 random bits that a person can write down and type back.

Eight groups of five characters, such as `7K2QF-…`, from an alphabet without I, L, O and U. The
last character of each group checks the group and its place: any one wrong character and any two
swapped neighbours are noticed, and the message says in which group.
"""

from __future__ import annotations

import secrets

from maskwell.errors import UsageError

__all__ = ["decode_recovery", "encode_recovery", "new_recovery_secret"]

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_GROUPS = 8
_DATA = 4
SECRET_BYTES = _GROUPS * _DATA * 5 // 8
_MODULUS = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_GROUP_WEIGHT = 7


def new_recovery_secret() -> bytes:
    """Return 20 random bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def encode_recovery(secret: bytes) -> str:
    """Return the code for `secret` (20 bytes): eight groups of five characters."""
    bits = int.from_bytes(secret, "big")
    values = [bits >> 5 * place & 31 for place in reversed(range(_GROUPS * _DATA))]
    groups = (values[start : start + _DATA] for start in range(0, len(values), _DATA))
    return "-".join(
        "".join(_ALPHABET[value] for value in [*group, _check(group, index)])
        for index, group in enumerate(groups)
    )


def decode_recovery(untrusted_code: str) -> bytes:
    """Return the secret of a code as it was typed, in any case and spacing.

    Raises:
        UsageError: it is not a recovery code; the message names the first wrong group.
    """
    letters = [letter for letter in untrusted_code.upper() if letter not in " -\t\r\n"]
    if len(letters) != _GROUPS * (_DATA + 1) or not all(letter in _VALUES for letter in letters):
        raise UsageError(
            "A recovery code has eight groups of five letters and digits; check what you typed."
        )
    bits = 0
    for index in range(_GROUPS):
        start = index * (_DATA + 1)
        *group, check = (_VALUES[letter] for letter in letters[start : start + _DATA + 1])
        if _check(group, index) != check:
            raise UsageError(f"Group {index + 1} of the recovery code is mistyped; check it.")
        for value in group:
            bits = bits << 5 | value
    return bits.to_bytes(SECRET_BYTES, "big")


def _check(group: list[int], index: int) -> int:
    """Weigh the values with different powers of a generator of GF(32), and the place too."""
    total = _multiply(index + 1, _power(_GROUP_WEIGHT))
    for place, value in enumerate(group):
        total ^= _multiply(value, _power(place + 1))
    return total


def _power(exponent: int) -> int:
    result = 1
    for _ in range(exponent):
        result = _multiply(result, 2)
    return result


def _multiply(left: int, right: int) -> int:
    """Multiply in GF(32)."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 32:
            left ^= _MODULUS
        right >>= 1
    return product
