"""Saying less of a value: the decade for an age, the month for a date, the city for an address.

Invariant: what comes out can stand for many values, and where that cannot be done the answer
is None and the caller masks. Nothing of what went in is kept here.
"""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_interface, ip_network
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from maskwell.entity_types import EntityType
from maskwell.masking.calendar import MONTHS, read_date
from maskwell.masking.places import COUNTRY_OF
from maskwell.vault.records import moment, now_ms

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.masking.calendar import WrittenDate

__all__ = ["SPARSE_ZIP3", "generalise"]

SPARSE_ZIP3: Final = frozenset(
    "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893".split()
)
"""The three-digit ZIP areas with 20,000 people or fewer, by the census of 2000, as the US
Department of Health and Human Services lists them for the Safe Harbor method."""

_OLDEST = 89
_US_ZIP = re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?\s*\Z")
_US_TAIL = re.compile(r"\b([A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?),?\s+(\d{5})(?:-\d{4})?\s*\Z")
_UK_CODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s?\d[A-Z]{2}\s*\Z", re.IGNORECASE)
_CA_CODE = re.compile(r"\b([A-Z]\d[A-Z])[ -]?\d[A-Z]\d\s*\Z", re.IGNORECASE)
_CITY_AFTER_CODE = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5}(?: [A-Z]{2})?\s+([^\d,\n]{2,40})\s*\Z")
_STREET_NUMBER = re.compile(r"\d")
_UNIT = re.compile(r"(?:apt|apartment|suite|ste|unit|flat|floor|room|bldg|#)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d")


def generalise(entity_type: EntityType, surface: str, subtype: str, to: str) -> str | None:
    """Return what may stand for a value, or None where nothing less can be said of it.

    Args:
        entity_type: the value's type.
        surface: the value.
        subtype: its finer kind, such as "birth" or "postcode".
        to: how far, as a policy's `to` says; "" is the type's own default.
    """
    how = _WAYS.get(entity_type)
    return how(surface.strip(), subtype, to) if how else None


def _age(surface: str, _subtype: str, to: str) -> str | None:
    match = re.search(r"\d{1,3}", surface)
    if match is None:
        return None
    age = int(match[0])
    if age > _OLDEST:
        said = "90+"
    elif to == "under_90":
        said = match[0]
    else:
        said = f"{age // 10 * 10}s" if age > 9 else "under 10"
    return surface[: match.start()] + said + surface[match.end() :]


def _date(surface: str, subtype: str, to: str) -> str | None:
    found = read_date(surface)
    if found is None or (to == "year" and found.year is None):
        return None
    if to == "year":
        this_year = moment(now_ms()).year
        is_old = subtype == "birth" and (found.year or 0) < this_year - _OLDEST
        return f"{this_year - _OLDEST - 1} or earlier" if is_old else str(found.year)
    return _month_of(found)


def _month_of(found: WrittenDate) -> str | None:
    if found.month is None:
        return None if found.year is None else f"{found.year // 10 * 10}s"
    name = found.month_name()
    if found.day is None:
        return None if found.year is None else str(found.year)
    if name:
        return f"{name} {found.year}" if found.year else name
    if found.year is None:
        return None
    if found.places[0][0] == "year":
        return f"{found.year}-{found.month:02}"
    return f"{MONTHS['en'][found.month - 1].capitalize()} {found.year}"


def _address(surface: str, subtype: str, to: str) -> str | None:
    if to == "zip3":
        return _zip3(surface)
    code = _prefix(surface) if subtype == "postcode" or to == "prefix" else None
    if code or to == "prefix":
        return code
    return _city(surface)


def _zip3(surface: str) -> str | None:
    """Return the state and the first three digits of an American postcode, or 000."""
    match = _US_ZIP.search(surface)
    if match is None:
        return None
    first = match[1][:3]
    said = "000" if first in SPARSE_ZIP3 else first
    tail = _US_TAIL.search(surface)
    return f"{tail[1]} {said}" if tail and len(tail[1]) == len("IL") else said


def _prefix(surface: str) -> str | None:
    if match := _UK_CODE.search(surface) or _CA_CODE.search(surface):
        return match[1].upper()
    if _US_ZIP.search(surface):
        return _zip3(surface)
    digits = re.fullmatch(r"(\d{2})\d{2,4}", surface)
    return digits[1] + "xxx" if digits else None


def _city(surface: str) -> str | None:
    """Return the town an address ends with; street, number and postcode are gone."""
    if match := _CITY_AFTER_CODE.search(surface):
        return match[1].strip()
    rest = _UK_CODE.sub("", _CA_CODE.sub("", _US_ZIP.sub("", surface)))
    parts = [part.strip() for part in re.split(r"[,\n]", rest)]
    towns = [p for p in parts[1:] if p and not _STREET_NUMBER.search(p) and not _UNIT.match(p)]
    return ", ".join(towns) or None


def _place(surface: str, _subtype: str, _to: str) -> str | None:
    return COUNTRY_OF.get(surface.casefold())


def _ip(surface: str, _subtype: str, _to: str) -> str | None:
    try:
        address = ip_interface(surface).ip if "/" in surface else ip_address(surface)
    except ValueError:
        return None
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))


def _card(surface: str, _subtype: str, _to: str) -> str | None:
    """Return the number with only its last four digits, as payment rules allow it shown."""
    places = [match.start() for match in _DIGITS.finditer(surface)][:-4]
    if len(places) < 8:
        return None
    hidden = set(places)
    return "".join("*" if at in hidden else one for at, one in enumerate(surface))


def _url(surface: str, _subtype: str, _to: str) -> str | None:
    try:
        parts = urlsplit(surface)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.hostname}" if parts.scheme and parts.hostname else None


_WAYS: Final[dict[EntityType, Callable[[str, str, str], str | None]]] = {
    EntityType.AGE: _age,
    EntityType.DATE: _date,
    EntityType.ADDRESS: _address,
    EntityType.PLACE: _place,
    EntityType.IP: _ip,
    EntityType.CARD: _card,
    EntityType.URL: _url,
}
