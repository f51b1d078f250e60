"""Where things are: one home for the user's files, one way to the shipped assets.

`MASKWELL_HOME` overrides the platform's folders. Folders are made 0700.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Home", "asset", "find_home"]


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything Maskwell keeps for its one user."""

    root: Path

    @property
    def vault(self) -> Path:
        """The SQLCipher database."""
        return self.root / "vault.db"

    @property
    def header(self) -> Path:
        """The key slots, beside the database."""
        return self.root / "vault.header"

    @property
    def config(self) -> Path:
        """The user's settings; holds no private value."""
        return self.root / "config.toml"

    @property
    def policies(self) -> Path:
        """The user's own policy files."""
        return self.root / "policies"

    @property
    def log(self) -> Path:
        """The value-free log."""
        return self.root / "maskwell.log"

    def make(self) -> None:
        """Create the folder with access for its owner alone.

        Raises:
            InputUnreadable: the folder cannot be made.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise InputUnreadable(
                f"The folder {self.root} cannot be made ({error.strerror}); "
                "choose another with --home."
            ) from error


def find_home(chosen: str | os.PathLike[str] | None = None) -> Home:
    """Return the home: the one chosen, else `MASKWELL_HOME`, else the platform's data folder."""
    if chosen is not None:
        return Home(Path(chosen).expanduser())
    if configured := os.environ.get("MASKWELL_HOME"):
        return Home(Path(configured).expanduser())
    from platformdirs import user_data_path  # noqa: PLC0415  # not needed when a home is given

    return Home(user_data_path("maskwell", appauthor=False, roaming=False))


def asset(*parts: str) -> Traversable:
    """Return a shipped asset, from an installed wheel or from a checkout."""
    package = files("maskwell")
    packaged = package.joinpath("assets")
    root = packaged if packaged.is_dir() else package.joinpath("..", "..", "assets")
    return root.joinpath(*parts)
