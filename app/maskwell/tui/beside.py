"""Long texts are searched in a process of their own, so that the screen stays at hand.

Regular expressions over a megabyte hold Python's one interpreter lock for moments that a
person typing would feel. The child gets the text and the user's own words over a pipe, answers
with what it found, and ends; cancelling ends it at once.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from maskwell.detection.detector import Detector, shared_detector
from maskwell.detection.finding import EMPTY_LEXICON
from maskwell.errors import InputUnreadable, Interrupted

if TYPE_CHECKING:
    from maskwell.detection import Finding
    from maskwell.detection.finding import Lexicon

__all__ = ["LONG", "BesideDetector"]

LONG = 100_000
"""Characters from which a text is searched in a process of its own."""


class BesideDetector(Detector):
    """The shared detector, but for long texts."""

    def __init__(self) -> None:
        """Load nothing yet: the first text does."""
        self._child: subprocess.Popen[bytes] | None = None

    def __getattr__(self, name: str) -> Any:
        """Lend the shared detector's parts."""
        if name in {"recognizers", "names", "_scanner"}:
            return getattr(shared_detector(), name)
        raise AttributeError(name)

    def detect(self, text: str, lexicon: Lexicon = EMPTY_LEXICON) -> list[Finding]:
        """Return the private spans of `text`, as every detector does.

        Raises:
            Interrupted: `cancel` was called meanwhile.
            InputUnreadable: the child ended without an answer.
        """
        if len(text) < LONG:
            return shared_detector().detect(text, lexicon)
        return self._detected_beside(text, lexicon)

    def cancel(self) -> None:
        """End a search that is under way."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _detected_beside(self, text: str, lexicon: Lexicon) -> list[Finding]:
        command = [sys.executable, "-m", "maskwell.tui.beside"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as child:
            self._child = child
            answer, _ = child.communicate(pickle.dumps((text, lexicon)))
        was_cancelled, self._child = self._child is not child, None
        if was_cancelled:
            raise Interrupted("The search was cancelled; nothing was sent.")
        if child.returncode:
            raise InputUnreadable("The text could not be searched; try a shorter one.")
        found: list[Finding] = pickle.loads(answer)  # noqa: S301  # from a child of our own
        return found


def _serve() -> None:
    """Search one text, as the child."""
    text, lexicon = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our own parent
    sys.stdout.buffer.write(pickle.dumps(shared_detector().detect(text, lexicon)))


if __name__ == "__main__":
    _serve()
