"""When Python looks for garbage: not while somebody types or a reply comes in.

Looking through everything takes a tenth of a second, six frames of a screen that should answer
within one. So the whole is looked through when nobody has touched anything for a while, and what
is loaded once and stays is left out. Garbage is still bounded: after very much of it the whole is
looked through at any moment.
"""

from __future__ import annotations

import gc

__all__ = ["Tidying"]

_WAIT_S = 3.0
_WORTH_IT = 10
"""Collections of the middle generation since the whole was looked through."""
_AT_THE_LATEST = 500
"""Likewise."""


class Tidying:
    """One app's arrangement with the collector; `end` leaves it as it was."""

    def __init__(self) -> None:
        self._before = gc.get_threshold()

    def begin(self) -> None:
        """Collect from now on, the whole only when it is asked for."""
        gc.set_threshold(*self._before[:2], _AT_THE_LATEST)
        gc.enable()

    def keep(self) -> None:
        """Leave what there is by now out of every later look."""
        gc.freeze()

    def rest(self, idle_s: float) -> None:
        """Look through everything if nobody has touched anything for a while, in seconds."""
        if idle_s >= _WAIT_S and gc.get_count()[2] >= _WORTH_IT:
            gc.collect()

    def end(self) -> None:
        """Leave the collector as it was found."""
        gc.set_threshold(*self._before)
        gc.unfreeze()
