"""Stand-ins for numbers and addresses of machines, from the ranges kept free for examples.

Where nothing is reserved, the form is kept and the number made such that nobody can have it:
a national number that begins with 000, a bank code of zeros. Invariant: separators, spaces,
country and length stay as they were, and check digits that have a rule obey it.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from maskwell.entity_types import EntityType
from maskwell.masking.surrogates.drawing import Draw, same_shape

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FIGURES", "luhn_digit"]

_AREAS: Final = (
    "201 202 203 205 206 207 208 209 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239"
    " 240 248 251 252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310"
    " 312 313 314 315 316 317 318 319 320 321 323 325 330 334 336 337 347 351 352 360 361 386 401"
    " 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 425 432 434 435 440 443 469 478"
    " 479 480 501 502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 540 541 559 561"
).split()
_RESERVED: Final = {
    "1": tuple(f"{area}55501" for area in _AREAS),
    "44": ("2079460", "1134960", "1144960", "1154960", "1164960", "1174960", "1184960", "1214960",
           "1314960", "1414960", "1514960", "1614960", "1632960", "7700900"),
    "49": ("3023125", "6990009", "4066969", "8999998", "1713920"),
    "33": ("19900", "26191", "35301", "46571", "53649", "63998"),
    "61": ("25550", "35550", "75550", "85550", "491570"),
    "353": ("2091",),
}  # fmt: skip
"""The beginnings of national numbers that regulators keep for films and examples."""
_COUNTRY_CODES: Final = tuple(
    "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 54 55 56 57 60 61 62 63 64 65"
    " 66 81 82 84 86 90 91 92 351 352 353 354 358 359 370 371 372 380 385 386 420 421 852 886 966"
    " 971 972 977".split()
)
_EXTENSION = re.compile(r"\s*(?:x|ext\.?|extension)\s*\d+\s*\Z", re.IGNORECASE)
_BINS: Final = {
    "34": ("378282",), "37": ("378282", "371449"), "30": ("305693",), "36": ("305693",),
    "38": ("305693",), "35": ("356600",), "62": ("620000",), "2": ("222300",),
    "5": ("555555", "510510", "545454"), "6": ("601111", "601100"),
    "4": ("411111", "424242", "400000"),
}  # fmt: skip
"""The first six digits of well-known test cards, by the first digits of the real one."""
_V4_EXAMPLES: Final = ("192.0.2", "198.51.100", "203.0.113")
_LONG_ENOUGH = 7


def luhn_digit(digits: str) -> str:
    """Return the check digit that makes `digits` and itself pass the Luhn check."""
    total = 0
    for place, one in enumerate(reversed(digits)):
        value = int(one) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def _phone(surface: str, draw: Draw, attempt: int) -> str | None:
    extension = _EXTENSION.search(surface)
    body = surface[: extension.start()] if extension else surface
    digits = "".join(one for one in body if one.isdigit())
    if len(digits) < _LONG_ENOUGH:
        return None
    prefix, national = _country(body.strip(), digits)
    made = prefix + _national(prefix.removeprefix("00").rstrip("0"), national, draw, attempt)
    tail = "".join(map(draw.like, extension[0][-1:])) if extension else ""
    kept = extension[0][:-1] if extension else ""
    if extension:
        kept = re.sub(r"\d", lambda _: str(draw.below(10)), kept)
    return same_shape(body, made) + kept + tail


def _country(body: str, digits: str) -> tuple[str, str]:
    """Return the digits that say the country, with any trunk zero, and the rest."""
    is_international = body.startswith(("+", "00"))
    lead = "00" if body.startswith("00") else ""
    rest = digits[len(lead) :]
    if is_international:
        for size in (3, 2, 1):
            if rest[:size] in _COUNTRY_CODES:
                return lead + rest[:size], rest[size:]
        return lead, rest
    if len(digits) == 11 and digits[0] == "1":
        return "1", digits[1:]
    return "", digits


def _national(code: str, national: str, draw: Draw, attempt: int) -> str:
    size = len(national)
    trunk = "0" if national.startswith("0") else ""
    if not code:
        code = "1" if size in (7, 10) and not trunk else "44" if trunk and size == 11 else ""
    for start in sorted(_RESERVED.get(code, ()), key=lambda _: draw.below(1000))[:1]:
        wanted = size - len(trunk)
        if code == "1" and size == 7:
            return "55501" + draw.digits(2)
        free = wanted - len(start)
        if 2 <= free <= 4 and attempt < 12:
            return trunk + start + draw.digits(free)
    return ("000" + draw.digits(size))[:size]


def _card(surface: str, draw: Draw, _attempt: int) -> str | None:
    digits = "".join(one for one in surface if one.isdigit())
    if len(digits) < 12:
        return None
    starts = next((bins for first, bins in _BINS.items() if digits.startswith(first)), ("411111",))
    body = (draw.one_of(starts) + draw.digits(len(digits)))[: len(digits) - 1]
    return same_shape(surface, body + luhn_digit(body))


def _iban(surface: str, draw: Draw, _attempt: int) -> str | None:
    compact = "".join(one for one in surface if one.isalnum()).upper()
    if len(compact) < 15 or not compact[:2].isalpha():
        return None
    country, bban = compact[:2], compact[4:]
    bank = "".join("X" if one.isalpha() else "0" for one in bban[:8])
    bban = bank + "".join(map(draw.like, bban[8:]))
    return _cased(surface, same_shape(surface, country + _iban_check(country, bban) + bban))


def _iban_check(country: str, bban: str) -> str:
    number = "".join(str(int(one, 36)) for one in bban + country + "00")
    return f"{98 - int(number) % 97:02}"


def _cased(surface: str, made: str) -> str:
    return made.lower() if surface.islower() else made


def _ip(surface: str, draw: Draw, attempt: int) -> str | None:
    address, slash, width = surface.partition("/")
    try:
        version = ip_address(address).version
    except ValueError:
        return None
    if version == 6:
        parts = [f"{draw.below(0x10000):x}" for _ in range(4)]
        return f"2001:db8:{parts[0]}:{parts[1]}::{parts[2]}{slash}{width}"
    if attempt < 12:
        return f"{draw.one_of(_V4_EXAMPLES)}.{1 + draw.below(254)}{slash}{width}"
    return f"198.{18 + draw.below(2)}.{draw.below(256)}.{1 + draw.below(254)}{slash}{width}"


def _mac(surface: str, draw: Draw, attempt: int) -> str | None:
    if sum(one.isalnum() for one in surface) != 12:
        return None
    free = 2 if attempt < 12 else 6
    made = ("00005e0053" if free == 2 else "02005e") + "".join(
        draw.one_of("0123456789abcdef") for _ in range(free)
    )
    made = same_shape(surface, made)
    return made.upper() if surface.upper() == surface else made


def _number(surface: str, draw: Draw, _attempt: int) -> str | None:
    """Return the same form with nobody's number in it: the first digits are zeros."""
    count = sum(one.isdigit() for one in surface)
    if count < 4:
        return None
    zeros = 3 if count >= 9 else 2
    pieces = []
    for one in surface:
        is_zeroed = one.isdigit() and zeros > 0
        zeros -= is_zeroed
        pieces.append("0" if is_zeroed else draw.like(one))
    return "".join(pieces)


def _scrambled(surface: str, draw: Draw, _attempt: int) -> str | None:
    """Return letters and digits of the same form; a short prefix such as "sk-" stays."""
    prefix = re.match(r"(?:[A-Za-z]{2,6}[-_])+|0x|bc1", surface)
    kept = prefix[0] if prefix and len(surface) - prefix.end() >= 8 else ""
    rest = surface[len(kept) :]
    if sum(one.isalnum() for one in rest) < 6 or not rest.isascii():
        return None
    if kept == "0x":
        return kept + "".join(draw.one_of("0123456789abcdef") if c.isalnum() else c for c in rest)
    return kept + "".join(map(draw.like, rest))


FIGURES: Final[dict[EntityType, Callable[[str, Draw, int], str | None]]] = {
    EntityType.PHONE: _phone,
    EntityType.CARD: _card,
    EntityType.IBAN: _iban,
    EntityType.IP: _ip,
    EntityType.MAC: _mac,
    EntityType.ID: _number,
    EntityType.BANK: _number,
    EntityType.VEHICLE: _scrambled,
    EntityType.CRYPTO: _scrambled,
    EntityType.SECRET: _scrambled,
}
"""How a value's stand-in is made, given how often earlier ones were refused; None: it has none."""
