"""Model files the user added, and the proof that each still is what it was then.

The SHA-256 stands in the settings file, beside what decides where text goes: who can change
that can send it anywhere, so a model's pin needs no stronger place, and listing or checking
models needs no passphrase. Hashing gigabytes takes seconds, so a file that was checked is
known again by its size, times and inode until one of them changes; a full check is always one
command away.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maskwell.config import ModelSettings, near
from maskwell.destinations.local.gguf import read_header
from maskwell.errors import DestinationUnreachable, InputUnreadable, IntegrityError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maskwell.destinations.local.gguf import Header
    from maskwell.paths import Home

__all__ = ["checked", "described", "find_model", "folder_of", "measure", "stamp_of"]


def described(path: Path, *, name: str = "", source: str = "") -> tuple[ModelSettings, Header]:
    """Read a file the user wants to add; return what will be known of it, and its head.

    Raises:
        InputUnreadable: it cannot be read, or is no sound GGUF file.
    """
    path = path.expanduser().absolute()
    header = read_header(path)
    name = name or re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip("-._")[:64] or "model"
    model = ModelSettings(name=name, path=str(path), sha256=measure(path), source=source)
    return model, header


def find_model(models: Mapping[str, ModelSettings], wanted: str) -> ModelSettings:
    """Return a model by its name or its file.

    Raises:
        UsageError: no such model was added.
    """
    if wanted in models:
        return models[wanted]
    path = os.path.abspath(os.path.expanduser(wanted))  # noqa: PTH100, PTH111  # text, no access
    for one in models.values():
        if one.path == path:
            return one
    raise UsageError(
        f'There is no model "{wanted}"{near(wanted, models)}; '
        "add its file with: maskwell model add FILE."
    )


def checked(model: ModelSettings, home: Home | None, *, in_full: bool = False) -> Header:
    """Return the head of a model's file once the file is known to be the one that was added.

    Args:
        model: the model.
        home: where is kept what was checked; None checks in full.
        in_full: read the whole file even if it looks unchanged.

    Raises:
        DestinationUnreachable: the file is gone.
        IntegrityError: it is not the file that was added.
    """
    path = Path(model.path)
    try:
        stamp = stamp_of(path)
    except OSError as error:
        raise DestinationUnreachable(
            f'The file of the model "{model.name}" is gone from {path}; '
            "add it again with: maskwell model add FILE."
        ) from error
    seen = {} if home is None else _seen(home)
    if in_full or seen.get(model.path) != [model.sha256, *stamp]:
        if measure(path) != model.sha256 or stamp_of(path) != stamp:
            raise IntegrityError(
                f'The model "{model.name}" is not the file that was added: {path} has changed. '
                "If you changed it, add it again with: maskwell model add FILE."
            )
        if home is not None:
            _remember(home, {**seen, model.path: [model.sha256, *stamp]})
    return read_header(path)


def measure(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises:
        InputUnreadable: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputUnreadable(f'The model file "{path}" cannot be read.') from error


def stamp_of(path: Path) -> list[int]:
    """Return what changes when a file does: device, inode, size, and its times in nanoseconds."""
    told = path.stat()
    return [told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns]


def folder_of(home: Home) -> Path:
    """Return the folder that pulled models are kept in."""
    return home.root / "models"


def _seen(home: Home) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        seen = json.loads(_seen_file(home).read_bytes())
        if isinstance(seen, dict):
            return seen
    return {}


def _remember(home: Home, seen: Mapping[str, Any]) -> None:
    """Keep what was checked; not being able to costs the next start its time, no more."""
    with (
        suppress(OSError),
        tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=home.root, prefix=".models-", delete=False
        ) as file,
    ):
        json.dump(dict(seen), file)
        file.close()
        Path(file.name).replace(_seen_file(home))


def _seen_file(home: Home) -> Path:
    return home.root / "models.checked.json"
