"""Where a matter's text may go: a policy that names hosts or regions lets it go nowhere else.

Invariant: this is decided from the configuration alone, before a destination is built, so a
place that is not allowed is never connected to, nor is its name looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.config import host_of, is_loopback
from maskwell.errors import ResidencyRefused

if TYPE_CHECKING:
    from maskwell.config import DestinationSettings
    from maskwell.policy import Policy

__all__ = ["check_residency"]

_HERE = "local"
"""As a region: this machine."""


def check_residency(policy: Policy, settings: DestinationSettings) -> None:
    """Refuse a destination that the policy does not name.

    A host is named exactly, or with all beneath it as `*.example.com`; a region is the word a
    destination's `region` setting says, and `local` is this machine. What is carried by hand
    goes anywhere, so it needs `clipboard` among the hosts.

    Raises:
        ResidencyRefused: nothing was connected to.
    """
    if not (policy.hosts or policy.regions) or _is_allowed(policy, settings):
        return
    places = ", ".join(sorted(policy.hosts | policy.regions))
    raise ResidencyRefused(
        f'The policy "{policy.name}" lets text go to {places} and nowhere else, and '
        f'"{settings.name}" is not there; nothing was sent. Choose another destination or policy.'
    )


def _is_allowed(policy: Policy, settings: DestinationSettings) -> bool:
    if settings.kind == "clipboard":
        return "clipboard" in policy.hosts
    # "local" is told by the address alone: no setting makes another machine this one.
    if settings.region.casefold() in policy.regions - {"", _HERE}:
        # The region is the destination's; a proxy on the way stands wherever it stands.
        return not settings.proxy or _is_named(policy, settings.proxy)
    if settings.kind == "llama":
        return _HERE in policy.regions
    addresses = [url for url in (_address_of(settings), settings.proxy) if url]
    return bool(addresses) and all(_is_named(policy, url) for url in addresses)


def _address_of(settings: DestinationSettings) -> str:
    return settings.base_url or _OWN_ADDRESSES.get(settings.kind, "")


_OWN_ADDRESSES = {"anthropic": "https://api.anthropic.com", "openai": "https://api.openai.com"}
"""Where a kind goes when no address is configured."""


def _is_named(policy: Policy, url: str) -> bool:
    host = host_of(url)
    if is_loopback(url) and _HERE in policy.regions:
        return True
    return any(
        host == one or (one.startswith("*.") and host.endswith(one[1:])) for one in policy.hosts
    )
