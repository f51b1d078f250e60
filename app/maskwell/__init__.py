"""Maskwell: a local-first privacy shield for talking to language models.

Importing this package is instant and loads no heavy library; `Shield` is looked
up on first use. Invariant: no library loaded after it reports to its maker.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # importing typing takes longer than all else here
if TYPE_CHECKING:
    from maskwell.shield import Shield

__all__ = ["Shield", "__version__"]

__version__ = "0.1.0"

# onnxruntime keeps a log of its use, with the path of the program, and sends it off. It asks this
# variable while it is being loaded, so whatever imports it, and whatever was set before, comes too
# late here; its own `disable_telemetry_events` leaves the look-ups of its server.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def __getattr__(name: str) -> object:
    if name == "Shield":
        from maskwell.shield import Shield  # noqa: PLC0415  # loading the engine waits for its use

        return Shield
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
