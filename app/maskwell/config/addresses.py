"""Which addresses are this machine: decided from the text alone, without any look-up."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from unicodedata import normalize
from urllib.parse import urlsplit

__all__ = ["host_of", "is_loopback", "is_number", "is_public", "port_of"]

_BYTE = 255
_NAT64 = 0x0064FF9B << 64
"""The first 96 bits of 64:ff9b::/96, behind which the rest is an IPv4 address."""
_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """Return the host of a URL in lower case, without brackets; "" when it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def port_of(url: str) -> int:
    """Return the port of an http or https URL, 80 or 443 where it names none; 0: it has none."""
    try:
        parts = urlsplit(url)
        port = _PORTS.get(parts.scheme) if parts.port is None else parts.port
    except ValueError:  # too large, or not a number
        return 0
    return port or 0


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine: `localhost`, 127.0.0.0/8 or ::1."""
    host = host_of(url)
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_number(host: str) -> bool:
    """Whether a host is an IP address, in any of the ways that systems take one."""
    return _address_of(host) is not None


def is_public(url: str) -> bool:
    """Whether a URL's host is an IP address that the internet leads to."""
    address = _address_of(host_of(url))
    return address is not None and address.is_global


def _address_of(host: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address a host is; 3232235777, 0xc0.0xa8.257 and full-width digits are, too.

    One of IPv6 that only wraps one of IPv4 is that one.
    """
    host = normalize("NFKC", host).replace("\u3002", ".")  # as a name is folded before look-up
    try:
        address = ip_address(host)
    except ValueError:
        return _spelt(host.removesuffix("."))
    if isinstance(address, IPv4Address):
        return address
    if int(address) >> 32 == _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address


def _spelt(host: str) -> IPv4Address | None:
    """Return the address that up to four numbers are, the last one filling what is left."""
    parts = host.split(".")
    try:
        *first, last = [int(part, _base(part)) for part in parts]
        if len(parts) > 4 or any(number > _BYTE for number in first):
            return None
        if last >> 8 * (4 - len(first)):
            return None
        return IPv4Address(sum(one << 24 - 8 * n for n, one in enumerate(first)) + last)
    except ValueError:  # a name
        return None


def _base(number: str) -> int:
    """Return what a number in an address is written to, as C reads one.

    Raises:
        ValueError: it is none.
    """
    if not (number.isascii() and number.isalnum()):
        raise ValueError("no number")
    if number.startswith("0x"):
        return 16
    return 8 if number.startswith("0") else 10
