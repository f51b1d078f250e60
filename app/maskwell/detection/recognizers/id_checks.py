"""Checks of identity numbers that `stdnum` does not know, from their issuers' published rules.

Every function takes the number with its separators removed, letters in capitals.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.card import passes_luhn

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OWN", "passes"]


def _weighted(digits: str, weights: str) -> int:
    return sum(int(d, 36) * int(w) for d, w in zip(digits, weights, strict=False))


def us_ssn(value: str) -> bool:
    """Area, group and serial that the Social Security Administration could have issued."""
    area, group, serial = value[:3], value[3:5], value[5:]
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def us_mbi(value: str) -> bool:
    """No letter of S, L, O, I, B, Z and no leading zero (CMS)."""
    return value[0] != "0" and not re.search("[SLOIBZ]", value)


def us_npi(value: str) -> bool:
    """Luhn over the prefix 80840 and the number (45 CFR 162)."""
    return value[0] in "12" and passes_luhn("80840" + value)


def us_dea(value: str) -> bool:
    """Registrant letter, then the check digit over six digits."""
    digits = [int(d) for d in value[2:]]
    total = sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])
    return value[0] in "ABCDEFGHJKLMPRSTUX" and total % 10 == digits[6]


def au_medicare(value: str) -> bool:
    """First digit 2 to 6, ninth digit checks the first eight."""
    return value[0] in "23456" and _weighted(value[:8], "13791379") % 10 == int(value[8])


def nz_nhi(value: str) -> bool:
    """Letters without I and O; the old form's last digit checks the rest."""
    if re.search("[IO]", value):
        return False
    if value[-1].isalpha():
        return True
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    values = [alphabet.index(c) + 1 if c.isalpha() else int(c) for c in value[:6]]
    rest = sum(v * w for v, w in zip(values, range(7, 1, -1), strict=True)) % 11
    return rest != 0 and (11 - rest) % 10 == int(value[6])


def sg_nric(value: str) -> bool:
    """The check letter of NRIC and FIN over seven weighted digits."""
    series = {"S": (0, "JZIHGFEDCBA"), "T": (4, "JZIHGFEDCBA"), "F": (0, "XWUTRQPNMLK")}
    series |= {"G": (4, "XWUTRQPNMLK"), "M": (3, "XWUTRQPNJLK")}
    if value[0] not in series:
        return False
    offset, letters = series[value[0]]
    rest = (_weighted(value[1:8], "2765432") + offset) % 11
    return letters[rest] == value[8]


def tw_id(value: str) -> bool:
    """The first letter as two digits, then weights 9 to 1."""
    codes = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))
    tens, ones = divmod(codes[value[0]], 10)
    rest = sum(int(d) * w for d, w in zip(value[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True))
    return value[1] in "1289" and (tens + 9 * ones + rest) % 10 == 0


def hk_id(value: str) -> bool:
    """Weights 9 to 1 modulo 11, a missing first letter counts as a blank."""
    return (36 * 9 + _weighted(value, "8765432") + int(value[7], 36)) % 11 == 0


def gb_nino(value: str) -> bool:
    """A prefix HMRC issues and a suffix A to D."""
    return bool(
        re.match("[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]", value) and value[-1] in "ABCD"
    ) and value[:2] not in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ")


def gb_driving(value: str) -> bool:
    """A month (plus 50 for women) and a day in the DVLA's places."""
    return 1 <= int(value[6:8]) % 50 <= 12 and 1 <= int(value[8:10]) <= 31


def _cross_weighted(digits: str, weights: str) -> int:
    products = (int(d) * int(w) for d, w in zip(digits, weights, strict=True))
    return sum(p // 10 + p % 10 for p in products)


def _letter_as_digits(letter: str) -> str:
    return f"{ord(letter) - 64:02d}"


def de_svnr(value: str) -> bool:
    """A day and month of birth, then the check digit of VKVV § 4."""
    digits = value[:8] + _letter_as_digits(value[8]) + value[9:11]
    is_date = 1 <= int(value[2:4]) <= 31 and 1 <= int(value[4:6]) <= 12
    return is_date and _cross_weighted(digits, "212571212121") % 10 == int(value[11])


def de_kvnr(value: str) -> bool:
    """The check digit of the health insurance number (§ 290 SGB V)."""
    digits = _letter_as_digits(value[0]) + value[1:9]
    return _cross_weighted(digits, "1212121212") % 10 == int(value[9])


def icao(value: str) -> bool:
    """The 7-3-1 check of ICAO 9303 where the tenth character carries it."""
    if len(value) < 10:
        return True
    return value[9].isdigit() and _weighted(value[:9], "731731731") % 10 == int(value[9])


def hu_taj(value: str) -> bool:
    """Weights 3 and 7 by turns, modulo 10."""
    return _weighted(value[:8], "37373737") % 10 == int(value[8])


def hu_tax(value: str) -> bool:
    """Begins with 8; positions as weights, modulo 11."""
    return value[0] == "8" and _weighted(value[:9], "123456789") % 11 == int(value[9])


def hu_anum(value: str) -> bool:
    """Weights 9, 7, 3, 1 over the first seven digits."""
    return -_weighted(value[:7], "9731973") % 10 == int(value[7])


def lu_matricule(value: str) -> bool:
    """A date of birth, then a Luhn digit and a Verhoeff digit."""
    from stdnum import verhoeff  # noqa: PLC0415  # checks load when a candidate asks for them

    is_date = 1 <= int(value[4:6]) <= 12 and 1 <= int(value[6:8]) <= 31
    return is_date and passes_luhn(value[:12]) and verhoeff.is_valid(value[:11] + value[12])


def mt_id(value: str) -> bool:
    """One of the letters the Maltese register uses."""
    return value[-1] in "MGAPLHBZ"


def pl_id(value: str) -> bool:
    """Weights of the Polish identity card, modulo 10."""
    return _weighted(value, "731973173") % 10 == 0


def ru_snils(value: str) -> bool:
    """Weights 9 to 1, modulo 101."""
    return _weighted(value[:9], "987654321") % 101 % 100 == int(value[9:])


def es_nss(value: str) -> bool:
    """The first ten digits modulo 97."""
    province, number = int(value[:2]), int(value[2:10])
    base = province * 10_000_000 + number if number < 10_000_000 else int(value[:10])
    return base % 97 == int(value[10:])


OWN: Final[dict[str, Callable[[str], bool]]] = {
    check.__name__: check
    for check in (
        us_ssn, us_mbi, us_npi, us_dea, au_medicare, nz_nhi, sg_nric, tw_id, hk_id, gb_nino,
        gb_driving, de_svnr, de_kvnr, icao, hu_taj, hu_tax, hu_anum, lu_matricule, mt_id, pl_id,
        ru_snils, es_nss,
    )
}  # fmt: skip


@cache
def _check_named(name: str) -> Callable[[str], bool]:
    if name.startswith("own:"):
        return OWN[name[4:]]
    valid: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    return valid


def passes(name: str, compact: str, written: str) -> bool:
    """Whether a number passes the check of that name.

    Args:
        name: "own:…" for a check of this module, else a `stdnum` module, loaded when first
            asked for; with "!" at its end it is given the number as written.
        compact: letters and digits alone, in capitals.
        written: the number as it stands in the text.
    """
    check = _check_named(name.rstrip("!"))
    try:
        return check(written.upper() if name.endswith("!") else compact)
    except (ArithmeticError, LookupError, ValueError):
        # Some of stdnum's checks let a number of the wrong region escape as a KeyError.
        return False
