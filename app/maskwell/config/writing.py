"""Changing the settings file: comments stay, and it is replaced whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maskwell.config.loading import SettingsFile, check_settings
from maskwell.errors import ConfigError

if TYPE_CHECKING:
    from maskwell.paths import Home

__all__ = ["check_setting", "remove_setting", "write_setting"]


def write_setting(home: Home, path: tuple[str, ...], value: object) -> None:
    """Set one key (or, with a mapping, one table) in the settings file; its comments stay.

    Raises:
        ConfigError: the file as it would be is not valid; it was left as it was.
    """
    _replace(home, _text_with(home, path, value), _destination_in(path))


def check_setting(home: Home, path: tuple[str, ...], value: object) -> None:
    """Raise the ConfigError that `write_setting` would raise, if any; nothing is written."""
    check_settings(SettingsFile(home.config, _text_with(home, path, value)), _destination_in(path))


def remove_setting(home: Home, path: tuple[str, ...]) -> bool:
    """Take one key or table out of the settings file; False when it was not there."""
    import tomlkit  # noqa: PLC0415  # only commands that change settings need it

    document = tomlkit.parse(SettingsFile.read(home).text)
    place: Any = document
    for part in path[:-1]:
        place = place.get(part, {})
    if path[-1] not in place:
        return False
    del place[path[-1]]
    _replace(home, tomlkit.dumps(document))
    return True


def _text_with(home: Home, path: tuple[str, ...], value: object) -> str:
    """Return the settings file with one key or table set."""
    import tomlkit  # noqa: PLC0415  # only commands that change settings need it

    document = tomlkit.parse(SettingsFile.read(home).text)
    place: Any = document
    for part in path[:-1]:
        if part not in place:
            place[part] = tomlkit.table(is_super_table=place is document and len(path) > 2)
        place = place[part]
    place[path[-1]] = value
    return tomlkit.dumps(document)


def _destination_in(path: tuple[str, ...]) -> str:
    """Return the destination that a path leads into, or ""."""
    return path[1] if path[0] == "destinations" and len(path) > 1 else ""


def _replace(home: Home, text: str, written: str = "") -> None:
    """Put a new settings file in place, whole or not at all, once it is known to be valid.

    Raises:
        ConfigError: it is not, or the disk refused; the file there was is as it was.
        InputUnreadable: the home cannot be made.
    """
    check_settings(SettingsFile(home.config, text), written)
    home.make()
    try:
        _put_in_place(home, text)
    except OSError as error:
        raise ConfigError(
            f"The settings file {home.config} cannot be written ({error.strerror}); nothing was "
            "changed."
        ) from error


def _put_in_place(home: Home, text: str) -> None:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=home.root, prefix=".config-", delete=False
    ) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(home.config)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
