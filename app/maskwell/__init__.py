"""Maskwell: a local-first privacy shield for talking to language models.

Importing this package is instant and loads no heavy library; `Shield` is looked
up on first use.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing takes longer than all else here
if TYPE_CHECKING:
    from maskwell.shield import Shield

__all__ = ["Shield", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "Shield":
        from maskwell.shield import Shield  # noqa: PLC0415  # loading the engine waits for its use

        return Shield
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
