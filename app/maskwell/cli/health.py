"""What `doctor` looks at. Each check answers for one thing and never raises."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from maskwell import __version__
from maskwell.config.rules import refuse_flawed
from maskwell.errors import MaskwellError
from maskwell.paths import asset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maskwell.cli.session import Session

__all__ = ["Check", "all_checks"]

_PACKAGES = (
    "presidio-analyzer",
    "onnxruntime",
    "sqlcipher3",
    "argon2-cffi",
    "cryptography",
    "openai",
    "textual",
    "typer",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing and how it is."""

    name: str
    value: str
    is_healthy: bool = True
    advice: str = ""


def all_checks(session: Session) -> list[Check]:
    """Look at everything."""
    return [check for look in _LOOKS for check in look(session)]


def _versions(_: Session) -> Iterator[Check]:
    yield Check("maskwell", __version__)
    yield Check("python", f"{platform.python_version()} on {platform.platform(terse=True)}")
    for package in _PACKAGES:
        try:
            yield Check(package, version(package))
        except PackageNotFoundError:
            yield Check(package, "missing", is_healthy=False, advice="install Maskwell again")


def _paths(session: Session) -> Iterator[Check]:
    home = session.home
    yield _folder(home.root)
    for name, path in (("settings", home.config), ("policies", home.policies), ("log", home.log)):
        yield Check(name, str(path) if path.exists() else f"{path} (not there; not needed)")


def _folder(root: Path) -> Check:
    try:
        mode = root.stat().st_mode & 0o777
    except FileNotFoundError:
        return Check("home", f"{root} (made when it is needed)")
    except OSError:
        return Check("home", str(root), is_healthy=False, advice="it cannot be read")
    if os.name == "posix" and mode & 0o077:
        return Check("home", str(root), is_healthy=False, advice=f"close it: chmod 700 {root}")
    return Check("home", str(root))


def _settings(session: Session) -> Iterator[Check]:
    try:
        settings = session.settings
        names = ", ".join(settings.destinations)
        yield Check("destinations", f"{names} (default: {settings.destination().name})")
    except MaskwellError as error:
        yield Check("settings", "not valid", is_healthy=False, advice=str(error))
        return
    for one in settings.destinations.values():
        try:
            refuse_flawed(one)
        except MaskwellError as error:
            value = f"{one.base_url} (not used)"
            yield Check(f"destination {one.name}", value, is_healthy=False, advice=str(error))


def _policies(session: Session) -> Iterator[Check]:
    from maskwell.policy import load_policy, preset_names  # noqa: PLC0415  # not for help

    names = preset_names(session.home)
    for name in names:
        try:
            load_policy(name, home=session.home)
        except MaskwellError as error:
            yield Check(f"policy {name}", "not valid", is_healthy=False, advice=str(error))
    yield Check("policies", ", ".join(names))


def _vault(session: Session) -> Iterator[Check]:
    from maskwell.vault.header import read_header  # noqa: PLC0415  # loads the vault

    if not session.has_vault:
        yield Check("vault", "none yet", advice="maskwell vault init")
        return
    try:
        header = read_header(session.home.header)
    except MaskwellError as error:
        yield Check("vault", str(session.home.vault), is_healthy=False, advice=str(error))
        return
    slots = ", ".join(slot.kind for slot in header.slots)
    yield Check("vault", f"{session.home.vault} (schema {header.schema}, opens with: {slots})")
    for path in (session.home.vault, session.home.header):
        if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
            advice = f"close it: chmod 600 {path}"
            yield Check("vault file", str(path), is_healthy=False, advice=advice)


def _detector(_: Session) -> Iterator[Check]:
    from maskwell.detection import shared_detector  # noqa: PLC0415  # loads the recognisers

    found = shared_detector().detect("Write to jane.doe@example.com.")
    is_found = any(one.entity_type.value == "EMAIL" for one in found)
    yield Check("detector", "finds" if is_found else "does not find", is_healthy=is_found)


def _assets(_: Session) -> Iterator[Check]:
    is_there = asset("policies").is_dir()
    yield Check("assets", str(asset()), is_healthy=is_there, advice="" if is_there else "reinstall")


def _clipboard(_: Session) -> Iterator[Check]:
    from maskwell.machine.clipboard import ways  # noqa: PLC0415  # not for help

    found = ways(sys.platform, os.environ)
    advice = "" if found else "install wl-clipboard, xclip or xsel; without, text is printed"
    yield Check("clipboard", ", ".join(found) or "none", advice=advice)


_LOOKS: tuple[Callable[[Session], Iterator[Check]], ...] = (
    _versions,
    _paths,
    _assets,
    _settings,
    _policies,
    _vault,
    _detector,
    _clipboard,
)
