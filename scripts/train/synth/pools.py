"""Names, streets, towns and companies of many countries, drawn once from Faker.

Every pool is also the model for made-up entries: a letter chain learnt from a locale's names
yields names that stand in no list, so that the tagger learns what names look like and not
which names there are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from faker import Faker

from synth.wordlists import words

if TYPE_CHECKING:
    import random

__all__ = ["LOCALES", "Pool", "invented", "pool"]

LOCALES = tuple(
    """en_US en_US en_US en_US en_GB en_GB en_GB en_AU en_CA en_IN en_NZ en_IE en_PH de_DE de_AT
    de_CH fr_FR fr_CA fr_BE es_ES es_MX es_AR es_CO es_CL pt_BR pt_PT it_IT nl_NL nl_BE da_DK
    sv_SE no_NO fi_FI pl_PL cs_CZ sk_SK sl_SI hr_HR hu_HU ro_RO tr_TR et_EE lv_LV lt_LT id_ID
    vi_VN zu_ZA yo_NG ga_IE sq_AL az_AZ tw_GH en_NG en_KE en_US en_GB romanised romanised
    romanised romanised ru_RU uk_UA el_GR ja_JP zh_CN ko_KR hi_IN ar_EG""".split()
)
"""Where people and places are drawn from; a name that stands twice is drawn twice as often."""
_OTHER_SCRIPTS = frozenset({"ru_RU", "uk_UA", "el_GR", "ja_JP", "zh_CN", "ko_KR", "hi_IN", "ar_EG"})
_SIZE = 300


@dataclass(frozen=True, slots=True)
class Pool:
    """What one locale offers."""

    locale: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    cities: tuple[str, ...]
    streets: tuple[str, ...]
    """A street with its number, as written there."""
    addresses: tuple[str, ...]
    """Whole addresses with line breaks."""
    postcodes: tuple[str, ...]
    companies: tuple[str, ...]

    @property
    def other_script(self) -> bool:
        """Whether its names are written in another script than Latin."""
        return self.locale in _OTHER_SCRIPTS


@cache
def pool(locale: str) -> Pool:
    """Build a locale's pool; the same on every run."""
    source = "en_US" if locale == "romanised" else locale
    try:
        fake = Faker(source)
    except AttributeError:
        return pool("en_GB")
    fake.seed_instance(sum(map(ord, locale)))

    def drawn(kind: str, size: int = _SIZE) -> tuple[str, ...]:
        make = getattr(fake, kind, None) or getattr(Faker("en_GB"), kind)
        return tuple(sorted({str(make()) for _ in range(size)}))

    given, family = drawn("first_name", 600), drawn("last_name", 900)
    if locale == "romanised":
        given, family = words("given_romanised"), words("family_romanised")
    return Pool(
        locale,
        given,
        family,
        drawn("city"),
        drawn("street_address"),
        drawn("address"),
        drawn("postcode"),
        drawn("company"),
    )


@cache
def _chain(locale: str, kind: str) -> dict[str, list[str]]:
    """Learn which letter follows which three in a pool's names."""
    chain: dict[str, list[str]] = defaultdict(list)
    for name in getattr(pool(locale), kind):
        padded = f"^^^{name}$"
        for at in range(3, len(padded)):
            chain[padded[at - 3 : at]].append(padded[at])
    return chain


def invented(locale: str, kind: str, rng: random.Random) -> str:
    """Make up a name that could stand in a pool ("given" or "family")."""
    chain = _chain(locale, kind)
    for _ in range(20):
        name = "^^^"
        while not name.endswith("$") and len(name) < 20:
            name += rng.choice(chain[name[-3:]])
        made = name.strip("^$")
        if 3 <= len(made) <= 14 and name.endswith("$"):
            return made
    return rng.choice(getattr(pool(locale), kind))
