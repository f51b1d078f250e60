"""The user's settings: one TOML file in the home, every key also an environment variable.

Nothing private is kept here: the user's own words, corrections and API keys live in the
vault. A mistake is never guessed around: it names the file, the line and the nearest
valid word. `MASKWELL_<SECTION>_<KEY>` overrides the file, which overrides the defaults.
"""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maskwell.errors import ConfigError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.paths import Home

__all__ = [
    "DESTINATION_KINDS",
    "DefaultSettings",
    "DestinationSettings",
    "ReviewSettings",
    "Settings",
    "UiSettings",
    "VaultSettings",
    "load_settings",
    "near",
    "remove_setting",
    "write_setting",
]

DESTINATION_KINDS = ("clipboard", "openai")
CLASSES = ("local", "trusted", "remote")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultSettings:
    """What a command uses when it is not told."""

    destination: str = "clipboard"
    policy: str = "everyday"
    scope: str = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    """When the review is shown before sending; `policy` leaves it to the policy in force."""

    when: str = field(
        default="policy", metadata={"choices": ("policy", "always", "uncertain", "never")}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UiSettings:
    """How the terminal app looks."""

    theme: str = "maskwell-dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSettings:
    """How a new vault's passphrase slot is made."""

    kdf_memory_mib: int = field(default=256, metadata={"range": (64, 4096)})
    """Memory of the Argon2id key derivation, in MiB; RFC 9106's floor for it is 64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSettings:
    """One place protected text may go, as configured; its key lives in the vault."""

    name: str
    kind: str = field(metadata={"choices": DESTINATION_KINDS})
    base_url: str = ""
    model: str = ""
    reach: str = field(default="", metadata={"key": "class", "choices": CLASSES})
    """The class the user gave it ("" = judged from the address)."""
    timeout_s: float = field(default=120.0, metadata={"range": (1, 3600)})
    """Longest silence in seconds: until the first word, and between two words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the user set, with defaults for the rest."""

    default: DefaultSettings = DefaultSettings()
    review: ReviewSettings = ReviewSettings()
    ui: UiSettings = UiSettings()
    vault: VaultSettings = VaultSettings()
    keys: Mapping[str, str] = field(default_factory=dict)
    """The user's key bindings: action id → keys, as Textual writes them ("ctrl+s")."""
    destinations: Mapping[str, DestinationSettings] = field(default_factory=dict)

    def destination(self, name: str | None = None) -> DestinationSettings:
        """Return a destination by name, or the default one.

        Raises:
            UnknownName: no destination is called that; near names are listed.
        """
        wanted = name or self.default.destination
        if wanted in self.destinations:
            return self.destinations[wanted]
        raise UnknownName(
            f'There is no destination "{wanted}"{near(wanted, self.destinations)}; '
            "see: maskwell destination list."
        )


_SECTIONS: dict[str, type] = {
    "default": DefaultSettings,
    "review": ReviewSettings,
    "ui": UiSettings,
    "vault": VaultSettings,
}
_ALL_SECTIONS = (*_SECTIONS, "keys", "destinations")


def near(word: str, valid: Iterable[str]) -> str:
    """Return ` (did you mean "x"?)` for the nearest valid word, else the valid words."""
    words = sorted(valid)
    if matches := get_close_matches(word, words, n=1, cutoff=0.5):
        return f' (did you mean "{matches[0]}"?)'
    return f" (valid: {', '.join(words)})" if words else ""


def load_settings(home: Home, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the home's `config.toml`, if there is one, and the environment over it.

    Raises:
        ConfigError: a mistake in either, with its place and the nearest valid name.
    """
    return _load(_File.read(home), _Variables(os.environ if environ is None else environ))


def write_setting(home: Home, path: tuple[str, ...], value: object) -> None:
    """Set one key (or, with a mapping, one table) in the settings file; its comments stay.

    Raises:
        ConfigError: the file as it would be is not valid; it was left as it was.
    """
    import tomlkit  # noqa: PLC0415  # only commands that change settings need it

    document = tomlkit.parse(_File.read(home).text)
    place: Any = document
    for part in path[:-1]:
        if part not in place:
            place[part] = tomlkit.table(is_super_table=place is document and len(path) > 2)
        place = place[part]
    place[path[-1]] = value
    _replace(home, tomlkit.dumps(document))


def remove_setting(home: Home, path: tuple[str, ...]) -> bool:
    """Take one key or table out of the settings file; False when it was not there."""
    import tomlkit  # noqa: PLC0415  # only commands that change settings need it

    document = tomlkit.parse(_File.read(home).text)
    place: Any = document
    for part in path[:-1]:
        place = place.get(part, {})
    if path[-1] not in place:
        return False
    del place[path[-1]]
    _replace(home, tomlkit.dumps(document))
    return True


def _load(file: _File, variables: _Variables) -> Settings:
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
        **made,
    )


@dataclass(frozen=True, slots=True)
class _File:
    """The settings file's text, kept so that a mistake can name its line."""

    path: Path
    text: str

    @classmethod
    def read(cls, home: Home) -> _File:
        try:
            return cls(home.config, home.config.read_text("utf-8"))
        except FileNotFoundError:
            return cls(home.config, "")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"The settings file {home.config} cannot be read.") from error

    def parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            line = int(place.group(1)) if place else self.text.count("\n") + 1
            what = str(error).split(" (at ", 1)[0].rstrip(".")
            raise ConfigError(f"{self.path}, line {line}: not valid TOML: {what}.") from error

    def mistake(self, key: tuple[str, ...], what: str) -> ConfigError:
        return ConfigError(f"{self.path}, line {_line_of(self.text, key)}: {what}.")

    def table(self, parent: Mapping[str, Any], key: tuple[str, ...]) -> Mapping[str, Any]:
        found = parent.get(key[-1], {})
        if isinstance(found, dict):
            return found
        raise self.mistake(key, f'"{key[-1]}" is a section: write [{".".join(key)}]')


@dataclass(frozen=True, slots=True)
class _Variables:
    """The environment's `MASKWELL_<SECTION>_<KEY>` variables."""

    environ: Mapping[str, str]

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
    file: _File,
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


def _keys(file: _File, table: Mapping[str, Any]) -> dict[str, str]:
    for action, keys in table.items():
        if not isinstance(keys, str):
            raise file.mistake(("keys", action), f'"{action}" is a text such as "ctrl+s"')
    return dict(table)


def _destinations(
    file: _File, table: Mapping[str, Any], variables: _Variables
) -> dict[str, DestinationSettings]:
    found = {"clipboard": DestinationSettings(name="clipboard", kind="clipboard")}
    for name in table:
        path = ("destinations", name)
        if not _NAME.fullmatch(name):
            raise file.mistake(path, f'"{name}" cannot name a destination: letters, digits, ._-')
        section = variables.of(f"DESTINATIONS_{name}", DestinationSettings, strict=False)
        made = _build(DestinationSettings, path, file, file.table(table, path), section, name=name)
        if made.kind == "openai" and not made.base_url:
            raise file.mistake(path, f'[{".".join(path)}] needs the key "base_url"')
        found[name] = made
    return found


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


def _replace(home: Home, text: str) -> None:
    """Put a new settings file in place, whole or not at all, once it is known to be valid."""
    _load(_File(home.config, text), _Variables({}))
    home.make()
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=home.root, prefix=".config-", delete=False
    ) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(home.config)
        except OSError as error:
            Path(file.name).unlink(missing_ok=True)
            raise ConfigError(f"The settings file {home.config} cannot be written.") from error
