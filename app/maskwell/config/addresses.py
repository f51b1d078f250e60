"""Which addresses are this machine: decided from the text alone, without any look-up."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

__all__ = ["host_of", "is_loopback", "is_number", "is_public", "port_of"]

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
    """Return the IP address a host is; 3232235777 and 0xc0.0xa8.257 are such, too."""
    import socket  # noqa: PLC0415  # only where an address is judged

    try:
        address = ip_address(host)
    except ValueError:
        try:
            return IPv4Address(socket.inet_aton(host))
        except (OSError, ValueError):  # a name
            return None
    return getattr(address, "ipv4_mapped", None) or address
