"""Where an address really leads, and what it carries along.

Pure judgement on strings; nothing is looked up. Invariant: every function takes any string
and never raises.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from maskwell.entity_types import EntityType
from maskwell.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TOKEN", "carries", "host_of", "is_placeholder", "oddities", "same_site", "split"]

TOKEN: Final = re.compile(
    rf"(?<![A-Z])(?:{'|'.join(EntityType)})_[0-9]{{1,9}}[B-DF-HJ-NP-TV-Z]{{2}}(?![A-Z0-9])"
)
"""The inside of a token such as `[PERSON_7QX]`, in the spelling it was issued in."""

_RUNS: Final = frozenset({"javascript", "vbscript", "livescript"})
_SECOND_LEVEL: Final = frozenset("co com org net ac gov edu or ne go".split())
_PLACEHOLDER: Final = re.compile(
    r"[?&#/=](?:[\w.-]{0,40}=)?"
    r"(?:\{\{?[^{}/]{1,80}\}|<[^<>]{1,80}>|\[[^\[\]]{1,80}\]|\$\{?[A-Za-z_]\w{0,40}\}?|%7B\w)"
)
_LONG_VALUE: Final = 80
_LONG_SEGMENT: Final = 100
_LEAST_ENCODED: Final = 16


def split(target: str) -> SplitResult | None:
    """Return the parts of an address, or None when it is not one."""
    try:
        parts = urlsplit(target.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts


def host_of(target: str) -> str:
    """Return the host an address leads to, in lower case; "" when it names none."""
    address = target.strip()
    if re.match(r"(?i)www\.", address):
        address = "http://" + address
    if address.startswith("//"):
        address = "http:" + address
    parts = split(address)
    return (parts.hostname or "").rstrip(".") if parts else ""


def same_site(one: str, other: str) -> bool:
    """Whether two hosts belong to the same registered name, as far as spelling tells."""
    return _site(one) == _site(other)


def _site(host: str) -> str:
    labels = host.lower().rstrip(".").removeprefix("www.").split(".")
    depth = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-depth:])


def oddities(target: str) -> Iterator[tuple[float, str]]:
    """Yield a score and a reason for everything about an address that deceives or runs."""
    squeezed = re.sub(r"[\x00-\x20\u00ad\u200b-\u200d\ufeff]", "", unquote(target))[:200].lower()
    scheme = squeezed.partition(":")[0]
    if scheme in _RUNS:
        yield 0.95, f"a {scheme}: address, which runs a program when it is opened"
    elif scheme == "data":
        yield 0.9, "a data: address, which holds its own page instead of leading to one"
    elif scheme in {"file", "smb"}:
        yield 0.6, f"a {scheme}: address, which opens something on this machine or network"
    host = host_of(target)
    if not host:
        return
    yield from _odd_host(host)
    parts = split(target)
    if parts and "@" in parts.netloc:
        yield 0.8, "a name before an @ hides the host that follows it"


def _odd_host(host: str) -> Iterator[tuple[float, str]]:
    if any(label.startswith("xn--") for label in host.split(".")):
        yield 0.7, "the host is written in punycode, so other letters are shown than are typed"
    elif not host.isascii():
        odd = [c for c in host if not c.isascii()]
        if any(map(str.isalpha, odd)) and fold(host).text.isascii():
            yield 0.9, "the host holds look-alike letters"
        else:
            yield 0.5, "the host holds letters outside ASCII"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if re.fullmatch(r"0x[0-9a-f]+|\d{8,10}", host):
            yield 0.7, "the host is a number"
        return
    if not address.is_loopback:
        yield 0.5, "the host is a bare IP address"


def is_placeholder(target: str) -> bool:
    """Whether the address has a gap that a model is to fill in ("?q={summary}")."""
    return bool(_PLACEHOLDER.search(target[:4_000]))


def carries(target: str, *, long_value: int = _LONG_VALUE) -> Iterator[tuple[float, str]]:
    """Yield a score and a reason for what an address carries to its host.

    Args:
        target: the address as written.
        long_value: a query value of so many characters is called long.
    """
    plain = unquote(unquote(target))
    if TOKEN.search(plain):
        yield 0.95, "the address carries a token to its host"
    parts = split(target)
    if parts is None:
        return
    queried = [value for _, value in parse_qsl(parts.query)] or [unquote(parts.query)]
    queried.append(unquote(parts.fragment))
    others = [unquote(one) for one in parts.path.split("/")] + (parts.hostname or "").split(".")
    if any(_decodes_to_words(value) for value in [*queried, *others]):
        yield 0.85, "the address carries encoded words to its host"
    elif any(value.count(" ") >= 3 and len(value) >= long_value for value in queried):
        yield 0.8, "the address carries sentences to its host"
    elif any(len(value) >= long_value for value in queried) or any(
        len(one) >= _LONG_SEGMENT for one in others
    ):
        yield 0.5, "the address carries a long value to its host"


def _decodes_to_words(value: str) -> bool:
    run = value.rstrip("=").translate(str.maketrans("-_", "+/"))
    if len(run) < _LEAST_ENCODED or not re.fullmatch(r"[A-Za-z0-9+/]+", run):
        return False
    try:
        if re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", run):
            said = bytes.fromhex(run)
        else:
            said = base64.b64decode(run[: len(run) - (len(run) % 4 == 1)] + "==")
        text = said.decode()
    except (binascii.Error, ValueError):
        return False
    return text.isprintable() and sum(c.isalpha() or c == " " for c in text) > 0.6 * len(text)
