"""Reading the settings file and the environment; a mistake names its line and what was meant."""

from __future__ import annotations

import os
import re
import tomllib
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from maskwell.config.rules import (
    DEFAULT_ADDRESSES,
    address_flaw,
    is_in_the_clear,
    is_name,
    is_url,
)
from maskwell.config.settings import (
    ClipboardSettings,
    DefaultSettings,
    DestinationSettings,
    DocumentSettings,
    HistorySettings,
    ModelSettings,
    ReviewSettings,
    Settings,
    UiSettings,
    VaultSettings,
    near,
)
from maskwell.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from maskwell.paths import Home

__all__ = ["SettingsFile", "check_settings", "load_settings"]

_SECTIONS: dict[str, type] = {
    "clipboard": ClipboardSettings,
    "default": DefaultSettings,
    "review": ReviewSettings,
    "ui": UiSettings,
    "vault": VaultSettings,
    "history": HistorySettings,
    "documents": DocumentSettings,
}
_ALL_SECTIONS = (*_SECTIONS, "keys", "destinations", "models")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def load_settings(home: Home, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the home's `config.toml`, if there is one, and the environment over it.

    Raises:
        ConfigError: a mistake in either, with its place and the nearest valid name.
    """
    variables = _Variables.among(os.environ if environ is None else environ)
    return _load(SettingsFile.read(home), variables)


def check_settings(file: SettingsFile, written: str = "") -> None:
    """Raise the ConfigError that reading this file would raise, if any.

    Args:
        file: the settings as they would be.
        written: the destination that is being written, if one is; what could be read and yet
            not be used is refused in it alone, so that no other one stands in its way.
    """
    settings = _load(file, _Variables({}))
    if written and (flaw := address_flaw(settings.destination(written))):
        path = ("destinations", written)
        raise file.mistake(path, f"[{'.'.join(path)}] {flaw}")


def _load(file: SettingsFile, variables: _Variables) -> Settings:
    table = file.parse()
    for section in table:
        if section not in _ALL_SECTIONS:
            hint = near(section, _ALL_SECTIONS)
            raise file.mistake((section,), f'there is no section "{section}"{hint}')
    made: dict[str, Any] = {
        name: _build(cls, (name,), file, file.table(table, (name,)), variables.of(name, cls))
        for name, cls in _SECTIONS.items()
    }
    return Settings(
        keys=_keys(file, file.table(table, ("keys",))),
        destinations=_destinations(file, file.table(table, ("destinations",)), variables),
        models=_models(file, file.table(table, ("models",))),
        **made,
    )


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The settings file's text, kept so that a mistake can name its line."""

    path: Path
    text: str

    @classmethod
    def read(cls, home: Home) -> SettingsFile:
        """Return the home's settings file, empty when there is none."""
        try:
            return cls(home.config, home.config.read_text("utf-8"))
        except FileNotFoundError:
            return cls(home.config, "")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"The settings file {home.config} cannot be read.") from error

    def parse(self) -> dict[str, Any]:
        """Return the file's tables; ConfigError when it is not TOML."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            line = int(place.group(1)) if place else self.text.count("\n") + 1
            what = str(error).split(" (at ", 1)[0].rstrip(".")
            raise ConfigError(f"{self.path}, line {line}: not valid TOML: {what}.") from error

    def mistake(self, key: tuple[str, ...], what: str) -> ConfigError:
        """Return the error for something wrong at `key`, with the line it stands on."""
        return ConfigError(f"{self.path}, line {_line_of(self.text, key)}: {what}.")

    def table(self, parent: Mapping[str, Any], key: tuple[str, ...]) -> Mapping[str, Any]:
        """Return the table called by the last part of `key`, empty when it is missing."""
        found = parent.get(key[-1], {})
        if isinstance(found, dict):
            return found
        raise self.mistake(key, f'"{key[-1]}" is a section: write [{".".join(key)}]')


@dataclass(frozen=True, slots=True)
class _Variables:
    """The environment's `MASKWELL_<SECTION>_<KEY>` variables."""

    environ: Mapping[str, str]

    @classmethod
    def among(cls, environ: Mapping[str, str]) -> _Variables:
        """Pick them out once: every section asks, and the rest of an environment can be long."""
        return cls({name: environ[name] for name in environ if name.startswith("MASKWELL_")})

    def of(self, section: str, cls: type, *, strict: bool = True) -> dict[str, tuple[str, str]]:
        """Return key → (variable, text) of one section."""
        prefix = f"MASKWELL_{_upper(section)}_"
        valid = {_upper(_key(item)): _key(item) for item in _settable(cls)}
        found = {}
        for variable, text in self.environ.items():
            if not variable.startswith(prefix):
                continue
            word = variable[len(prefix) :]
            if word in valid:
                found[valid[word]] = (variable, text)
            elif strict:
                hint = near(word, valid)
                raise ConfigError(f"The environment variable {variable} sets nothing{hint}.")
        return found


def _upper(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "_", name.upper())


def _key(item: Field[Any]) -> str:
    return str(item.metadata.get("key", item.name))


def _settable(cls: type) -> Iterator[Field[Any]]:
    return (item for item in fields(cls) if item.name != "name")


def _build(
    cls: type,
    path: tuple[str, ...],
    file: SettingsFile,
    table: Mapping[str, Any],
    variables: Mapping[str, tuple[str, str]],
    **given: str,
) -> Any:
    valid = {_key(item): item for item in _settable(cls)}
    for key in table:
        if key not in valid:
            where = ".".join(path)
            raise file.mistake((*path, key), f'[{where}] has no key "{key}"{near(key, valid)}')
    values: dict[str, Any] = dict(given)
    for key, item in valid.items():
        if key in variables:
            variable, text = variables[key]
            values[item.name] = _from_text(item, variable, text)
        elif key in table:
            problem = _problem(item, table[key])
            if problem:
                raise file.mistake((*path, key), f'"{key}" {problem}')
            values[item.name] = table[key]
        elif item.default is MISSING:
            raise file.mistake(path, f'[{".".join(path)}] needs the key "{key}"')
    return cls(**values)


_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "str": ((str,), "is a text in quotes"),
    "int": ((int,), "is a whole number"),
    "float": ((int, float), "is a number"),
}


def _problem(item: Field[Any], value: object) -> str:
    """Return what is wrong with a value, or "" when nothing is."""
    kinds, name = _TYPES[str(item.type)]
    if not isinstance(value, kinds) or isinstance(value, bool):
        return name
    if (choices := item.metadata.get("choices")) and value not in choices:
        return f'cannot be "{value}"{near(str(value), choices)}'
    if limits := item.metadata.get("range"):
        low, high = limits
        if not low <= value <= high:
            return f"is between {low} and {high}"
    return ""


def _from_text(item: Field[Any], variable: str, text: str) -> object:
    value: object = text
    if item.type != "str":
        with suppress(ValueError):
            value = int(text) if item.type == "int" else float(text)
    if problem := _problem(item, value):
        raise ConfigError(f"The environment variable {variable} {problem}.")
    return value


def _keys(file: SettingsFile, table: Mapping[str, Any]) -> dict[str, str]:
    for action, keys in table.items():
        if not isinstance(keys, str):
            raise file.mistake(("keys", action), f'"{action}" is a text such as "ctrl+s"')
    return dict(table)


def _destinations(
    file: SettingsFile, table: Mapping[str, Any], variables: _Variables
) -> dict[str, DestinationSettings]:
    found = {"clipboard": DestinationSettings(name="clipboard", kind="clipboard")}
    for name in table:
        path = ("destinations", name)
        if not is_name(name):
            raise file.mistake(path, f'"{name}" cannot name a destination: letters, digits, ._-')
        section = variables.of(f"DESTINATIONS_{name}", DestinationSettings, strict=False)
        made = _build(DestinationSettings, path, file, file.table(table, path), section, name=name)
        made = replace(made, base_url=made.base_url or DEFAULT_ADDRESSES.get(made.kind, ""))
        if problem := _address_problem(made):
            raise file.mistake(path, f"[{'.'.join(path)}] {problem}")
        found[name] = made
    return found


def _models(file: SettingsFile, table: Mapping[str, Any]) -> dict[str, ModelSettings]:
    found = {}
    for name in table:
        path = ("models", name)
        if not is_name(name):
            raise file.mistake(path, f'"{name}" cannot name a model: letters, digits, ._-')
        made = _build(ModelSettings, path, file, file.table(table, path), {}, name=name)
        if not _SHA256.fullmatch(made.sha256):
            raise file.mistake((*path, "sha256"), '"sha256" is 64 hexadecimal digits')
        found[name] = made
    return found


def _address_problem(settings: DestinationSettings) -> str:
    """Return what is wrong with where a destination is, or ""."""
    if settings.kind == "clipboard":
        return ""
    if settings.kind == "llama":
        return "" if settings.model else 'needs the key "model"'
    if not settings.base_url:
        return 'needs the key "base_url"'
    for key, url in (("base_url", settings.base_url), ("proxy", settings.proxy)):
        if url and not is_url(url):
            return f"needs a {key} that starts with https:// or http://"
    return _nearness_problem(settings)


def _nearness_problem(settings: DestinationSettings) -> str:
    """Return what its address says against its class, or ""."""
    if settings.is_here:
        return ""
    if settings.given_class == "local":
        return "is not on this machine, so its class cannot be local"
    if settings.reach == "remote" and is_in_the_clear(settings):
        return "would send over plain http; use https://, or class trusted on your own network"
    return ""


def _line_of(text: str, path: tuple[str, ...]) -> int:
    """Return the line (from 1) where a key or section stands; 1 when it has none of its own."""
    header: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if section := re.match(r"\s*\[+([^\]]+)\]", line):
            header = _parts(section.group(1))
            place = header
        elif key := re.match(r"\s*([^=#]+?)\s*=", line):
            place = (*header, *_parts(key.group(1)))
        else:
            continue
        if place[: len(path)] == path:
            return number
    return 1


def _parts(dotted: str) -> tuple[str, ...]:
    words = re.findall(r'"[^"]*"|\'[^\']*\'|[^.\s]+', dotted)
    return tuple(word.strip("\"'") for word in words)
