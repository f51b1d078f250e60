"""Which destinations a policy that names hosts or regions lets a text go to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from maskwell.config import DestinationSettings
from maskwell.errors import ResidencyRefused, UnknownName
from maskwell.policy import Policy, parse_policy
from maskwell.shield.residency import check_residency

if TYPE_CHECKING:
    from maskwell.shield import Shield

EU = DestinationSettings(
    name="desk", kind="openai", base_url="https://llm.example.eu/v1", region="eu"
)


def naming(places: str) -> Policy:
    return parse_policy(places, name="matter", source="matter.toml")


@pytest.mark.parametrize(
    ("places", "where"),
    [
        ('hosts = ["llm.example.eu"]', EU),
        ('hosts = ["*.example.eu"]', EU),
        ('regions = ["eu"]', EU),
        (
            'regions = ["eu"]\nhosts = ["proxy.example.eu"]',
            replace(EU, proxy="http://proxy.example.eu:3128"),
        ),
        ('regions = ["eu", "local"]', replace(EU, proxy="http://127.0.0.1:3128")),
        ('regions = ["local"]', replace(EU, base_url="http://127.0.0.1:8080/v1", region="")),
    ],
)
def test_a_place_that_is_named_is_allowed(places: str, where: DestinationSettings) -> None:
    check_residency(naming(places), where)


@pytest.mark.parametrize(
    ("places", "where"),
    [
        ('hosts = ["example.eu"]', EU),
        ('hosts = ["*.example.com"]', EU),
        ('regions = ["us"]', EU),
        ('regions = ["eu"]', replace(EU, region="")),
        ('regions = ["local"]', replace(EU, region="local")),
        ('regions = ["eu"]', replace(EU, proxy="http://proxy.example.com:3128")),
        ('hosts = ["llm.example.eu"]', replace(EU, proxy="http://proxy.example.com:3128")),
        ('regions = ["eu"]', DestinationSettings(name="clipboard", kind="clipboard")),
    ],
)
def test_every_other_place_is_refused(places: str, where: DestinationSettings) -> None:
    with pytest.raises(ResidencyRefused, match="nothing was sent"):
        check_residency(naming(places), where)


def test_a_destination_that_is_not_configured_is_no_way_around(shield: Shield) -> None:
    with pytest.raises(UnknownName):
        shield.check_residency(naming('regions = ["eu"]'), "nowhere")
