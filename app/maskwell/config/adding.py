"""Adding a destination, or changing one: its settings go to the file, its key never does.

Invariant: a mistake is told before the key is kept anywhere, and what fails later leaves the
file as it was.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from maskwell.config.rules import DEFAULT_ADDRESSES, has_password
from maskwell.config.settings import DestinationSettings
from maskwell.config.writing import check_setting, write_setting
from maskwell.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from maskwell.paths import Home

__all__ = ["add_destination"]


def add_destination(
    home: Home,
    current: DestinationSettings | None,
    name: str,
    given: Mapping[str, Any],
    *,
    beside: Callable[[str], AbstractContextManager[object]] | None = None,
) -> None:
    """Write a destination's settings.

    Args:
        home: whose settings file.
        current: the destination as it is, if it is there; what is not given stays.
        name: what it is called.
        given: keys of its table and their values; an empty one takes the key out.
        beside: called with its address; entered before the file is written and left after it:
            keeps the API key.

    Raises:
        UsageError: the address holds a password, which would be in the file.
        ConfigError: the settings are not valid; nothing was changed.
    """
    if has_password(str(given.get("base_url", ""))):
        raise UsageError("An address with a password in it is not kept in a file; give a key.")
    path = ("destinations", name)
    table = {key: value for key, value in {**_table_of(current), **given}.items() if value != ""}
    if given:
        check_setting(home, path, table)
    address = str(table.get("base_url", DEFAULT_ADDRESSES.get(table.get("kind", ""), "")))
    with beside(address) if beside else nullcontext():
        if given:
            write_setting(home, path, table)


def _table_of(current: DestinationSettings | None) -> dict[str, Any]:
    """Return the settings a destination has now, as its table would be written."""
    if current is None:
        return {}
    defaults = DestinationSettings(name=current.name, kind=current.kind)
    table: dict[str, Any] = {"kind": current.kind}
    for item in fields(current):
        value = getattr(current, item.name)
        if item.name not in {"name", "kind"} and value != getattr(defaults, item.name):
            table[str(item.metadata.get("key", item.name))] = value
    return table
