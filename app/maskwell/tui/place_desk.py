"""A destination as it is asked for in a form: what is wrong with it, how far it is, adding it.

The settings go where the command line puts them; the key goes into the open vault and is in
nothing that is written to a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maskwell.config import DestinationSettings, host_of
from maskwell.config.rules import (
    DEFAULT_ADDRESSES,
    has_password,
    has_port,
    is_address,
    is_in_the_clear,
    is_key,
    is_name,
    is_readable_on_the_way,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from maskwell.tui.desk import Desk

__all__ = ["KINDS", "PlaceDesk", "PlaceWish"]

KINDS = (("openai", "OpenAI-compatible"), ("anthropic", "Anthropic"))


@dataclass(frozen=True, slots=True)
class PlaceWish:
    """What was filled in."""

    kind: str
    name: str
    address: str
    """"" is the kind's own address, where it has one."""
    model: str
    key: str = field(repr=False)
    """"" is no key, or the one that is kept already."""
    is_trusted: bool = False
    """Whether the user vouches for the network it is on."""

    @property
    def settings(self) -> DestinationSettings:
        """The destination it would be."""
        here = DestinationSettings(
            name=self.name,
            kind=self.kind,
            base_url=self.address or DEFAULT_ADDRESSES.get(self.kind, ""),
            model=self.model,
        )
        if not self.is_trusted or here.is_here:
            return here
        return DestinationSettings(
            name=here.name,
            kind=here.kind,
            base_url=here.base_url,
            model=here.model,
            given_class="trusted",
        )

    @property
    def reach(self) -> str:
        """How far text sent there goes; "" while there is no telling."""
        settings = self.settings
        return settings.reach if is_address(settings.base_url) else ""

    @property
    def table(self) -> dict[str, str]:
        """What the settings file is to say about it; nothing, where it says "" here."""
        return {"kind": self.kind, "base_url": self.address, "model": self.model}


class PlaceDesk:
    """Adding destinations to the ones there are."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def problems(self, wish: PlaceWish) -> dict[str, str]:
        """Return what is wrong, a sentence for each field that has something, in their order."""
        return dict(self._problems(wish))

    def _problems(self, wish: PlaceWish) -> Iterator[tuple[str, str]]:
        if problem := self._name_problem(wish):
            yield "name", problem
        if problem := _address_problem(self._settings(wish)):
            yield "address", problem
        if not wish.model:
            yield "model", "Say which model, as its provider does."
        if problem := self._key_problem(wish):
            yield "key", problem

    def known(self, wish: PlaceWish) -> DestinationSettings | None:
        """Return the destination that has this name already, if it is of this kind."""
        there = self._desk.settings.destinations.get(wish.name)
        return there if there is not None and there.kind == wish.kind else None

    def is_known(self, wish: PlaceWish) -> bool:
        """Whether it is there already: the same name, kind and address."""
        there = self.known(wish)
        return there is not None and there.base_url == wish.settings.base_url

    def _settings(self, wish: PlaceWish) -> DestinationSettings:
        """Return the destination it would be; what is known keeps the word for its network."""
        there = self.known(wish)
        return there if there is not None and self.is_known(wish) else wish.settings

    def reach(self, wish: PlaceWish) -> str:
        """How far text sent there goes; of one that is known, as it was said then."""
        return self._settings(wish).reach if wish.reach else ""

    def is_readable(self, wish: PlaceWish) -> bool:
        """Whether it is trusted and yet perhaps not on a network of one's own, without https."""
        return self.reach(wish) == "trusted" and is_readable_on_the_way(self._settings(wish))

    def add(self, wish: PlaceWish) -> str:
        """Add it, or change the model and the key of one that is known.

        Returns:
            A sentence that says where its key is.

        Raises:
            UsageError, VaultError: it was not added; what was there is as it was.
        """
        from maskwell.config import add_destination  # noqa: PLC0415  # not at start
        from maskwell.shield.destination_keys import (  # noqa: PLC0415  # likewise
            key_kept,
            key_of,
            key_server,
        )

        desk, credentials = self._desk, self._desk.shield.vault.credentials
        # What is known keeps the word that was given for how far it is.
        trust = {} if self.is_known(wish) else {"class": wish.settings.given_class}

        def keeping(address: str) -> AbstractContextManager[None]:
            return key_kept(credentials, wish.name, address, wish.key)

        add_destination(
            desk.home,
            desk.settings.destinations.get(wish.name),
            wish.name,
            {**wish.table, **trust},
            beside=keeping if wish.key else None,
        )
        desk.reread()
        address = desk.settings.destination(wish.name).base_url
        if key_of(credentials, wish.name, address) is None:
            other = key_server(credentials, wish.name)
            why = f"; the one in the vault is for {other}" if other else ""
            return f'"{wish.name}" is ready, without a key{why}.'
        return f'"{wish.name}" is ready. Its key is in the vault and in no other file.'

    def _name_problem(self, wish: PlaceWish) -> str:
        if not wish.name:
            return "Give it a name to choose it by."
        if not is_name(wish.name):
            return "Only letters, digits and . _ - in a name."
        is_taken = wish.name in self._desk.settings.destinations
        if is_taken and wish.reach and not self.is_known(wish):
            return "Another destination has that name."
        return ""

    def _key_problem(self, wish: PlaceWish) -> str:
        if wish.key:
            return "" if is_key(wish.key) else "A key is one word of plain characters."
        wants_key = wish.kind == "anthropic" and not wish.address and not self.is_known(wish)
        return "Anthropic answers only with a key." if wants_key else ""


def _address_problem(settings: DestinationSettings) -> str:
    address = settings.base_url
    if host_of(address) and not has_port(address):
        return "A port is a number from 1 to 65535."
    if not is_address(address):
        return "Begin it with https:// or http://."
    if has_password(address):
        return "Leave user and password out of it."
    if is_in_the_clear(settings):
        is_public = settings.reach == "trusted"
        return (
            "A public address wants https://."
            if is_public
            else "http:// is only for a network you trust."
        )
    return ""
