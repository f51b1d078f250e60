"""Addresses of crypto wallets: an alphabet, a length and the checksum inside."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["CryptoRecognizer"]

_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CANDIDATE = re.compile(
    r"(?:(?P<hex>0x[0-9a-fA-F]{40})"
    r"|(?P<bech>(?:bc1|tb1|ltc1|addr1|BC1)[02-9ac-hj-np-zAC-HJ-NP-Z]{11,98})"
    r"|(?P<b58>[13LMDTtXrAm2n][1-9A-HJ-NP-Za-km-z]{24,34})"
    r"|(?P<monero>[48][1-9A-HJ-NP-Za-km-z]{94}))"
)


class CryptoRecognizer(Recognizer):
    """Finds wallet addresses of Bitcoin and its kin, Ethereum, Tron, Ripple, Monero, Cardano."""

    name = "crypto"
    entity_types = (EntityType.CRYPTO,)
    wants_shapes = True

    def wants(self, shape: str) -> bool:
        """Whether it is one long run of letters and digits."""
        return 25 <= len(shape) <= 108 and shape.isalnum()

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the addresses whose checksum is right."""
        for start, end, _ in scan.atoms(self.name):
            match = _CANDIDATE.match(scan.text, start, end)
            reason = _proof(match) if match and match.end() == end else ""
            if reason:
                yield Match(start, end, EntityType.CRYPTO, 0.95, self.name, reason)


def _proof(match: re.Match[str]) -> str:
    value = match.group()
    if match["hex"]:
        return "0x and 40 hexadecimal digits" if len(set(value)) > 6 else ""
    if match["bech"]:
        return "Bech32 address, checksum passed" if _passes_bech32(value) else ""
    if match["monero"]:
        return "95 characters as in Monero"
    return "Base58 address, checksum passed" if _passes_base58(value) else ""


def _passes_base58(value: str) -> bool:
    if value.isdigit() or value.isalpha():
        return False
    alphabet = _RIPPLE if value[0] == "r" else _BASE58
    number = 0
    for character in value:
        number = number * 58 + alphabet.index(character)
    if number.bit_length() > 25 * 8:
        return False
    raw = number.to_bytes(25, "big")
    digest = hashlib.sha256(hashlib.sha256(raw[:-4]).digest()).digest()
    return digest[:4] == raw[-4:]


_RIPPLE: Final = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"


def _passes_bech32(value: str) -> bool:
    """The polymod of BIP-173 and BIP-350."""
    lower = value.lower()
    if value not in (lower, value.upper()):
        return False
    prefix, _, data = lower.rpartition("1")
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    values += [_BECH32.index(c) for c in data]
    check = 1
    for v in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ v
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> i & 1 else 0
    return check in (1, 0x2BC830A3)
