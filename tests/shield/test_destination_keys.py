"""A destination's key goes to the server it was kept for, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from maskwell.config import DestinationSettings
from maskwell.errors import ConfigError
from maskwell.shield import Shield
from maskwell.shield.destination_keys import key_kept, key_of, key_server
from maskwell.shield.settling import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.paths import Home

KEY = "sk-invented-4242"
PASSPHRASE = "seven quiet otters"
pytestmark = pytest.mark.sec


@pytest.fixture
def shield(home: Home) -> Iterator[Shield]:
    with Shield.create(home.root, PASSPHRASE) as opened:
        yield opened


def office(address: str, **more: str) -> DestinationSettings:
    return DestinationSettings(name="office", kind="openai", base_url=address, model="m", **more)


def use(shield: Shield, one: DestinationSettings) -> None:
    """Have the settings file say this."""
    shield.settings = replace(shield.settings, destinations={one.name: one})


@pytest.mark.parametrize(
    ("kept_for", "address", "is_same"),
    [
        ("http://localhost:8000/v1", "http://localhost:8000/v2", True),
        ("http://localhost:8000/v1", "http://localhost:9999/v1", False),
        ("https://api.example.com/v1", "https://API.example.com:443/v1", True),
        ("https://api.example.com/v1", "https://api.example.com:8443/v1", False),
        ("https://api.example.com/v1", "http://api.example.com/v1", False),
        ("https://api.example.com/v1", "https://api.example.org/v1", False),
        ("http://[::1]:80/v1", "http://[::1]/v1", True),
        ("http://[::1]:80/v1", "http://[::1]:81/v1", False),
    ],
)
def test_core_a_key_is_for_one_scheme_host_and_port(
    shield: Shield, kept_for: str, address: str, is_same: bool
) -> None:
    with key_kept(shield.vault.credentials, "office", kept_for, KEY):
        pass

    assert key_of(shield.vault.credentials, "office", address) == (KEY if is_same else None)


@pytest.mark.parametrize(
    ("kept", "is_bound"),
    [
        (KEY, True),
        (f"http://localhost {KEY}", True),
        (f"https://localhost {KEY}", False),
        (f"http://elsewhere.example {KEY}", False),
    ],
)
def test_core_a_key_an_earlier_version_kept_is_bound_to_what_is_configured(
    shield: Shield, kept: str, is_bound: bool
) -> None:
    credentials = shield.vault.credentials
    credentials.set("destination:office", kept)
    use(shield, office("http://localhost:8000/v1"))

    settle(shield.vault, shield.home, shield.settings)
    written = len(shield.vault.audit.entries())
    settle(shield.vault, shield.home, shield.settings)

    expected = KEY if is_bound else None
    assert key_of(credentials, "office", "http://localhost:8000/v1") == expected
    for other in ("https://evil.example/v1", "http://localhost:9999/v1", "http://localhost/v1"):
        assert key_of(credentials, "office", other) is None
    assert (key_server(credentials, "office") == "http://localhost:8000") == is_bound
    assert len(shield.vault.audit.entries()) == written


def test_core_a_key_for_no_server_is_given_to_none_before_it_is_bound(shield: Shield) -> None:
    shield.vault.credentials.set("destination:office", KEY)

    assert key_of(shield.vault.credentials, "office", "https://evil.example/v1") is None


@pytest.mark.parametrize(
    ("address", "proxy", "is_refused"),
    [
        ("http://10.1.2.3/v1", "http://proxy.example.com:3128", True),
        ("http://10.1.2.3/v1", "http://10.1.2.3:3128", False),
        ("http://10.1.2.3/v1", "", False),
        ("https://llm.example.com/v1", "http://proxy.example.com:3128", False),
    ],
)
def test_core_a_proxy_is_shown_no_key(
    shield: Shield, address: str, proxy: str, is_refused: bool
) -> None:
    use(shield, office(address, proxy=proxy, given_class="trusted"))
    shield.destination("office")  # without a key there is nothing to show

    with key_kept(shield.vault.credentials, "office", address, KEY):
        pass
    if is_refused:
        with pytest.raises(ConfigError, match="would be shown its key"):
            shield.destination("office")
    else:
        shield.destination("office")
