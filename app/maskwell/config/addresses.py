"""Which addresses are this machine: decided from the text alone, without any look-up."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["host_of", "is_loopback", "port_of"]

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
