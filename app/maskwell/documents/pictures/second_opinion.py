"""Tesseract, where it is installed, as a second reader of a picture that was made.

It is a program, which a confined child may not start; so it is given finished pictures alone,
whose bytes were written here from raw pixels, and only what it reads is taken from it.
"""

from __future__ import annotations

import os
import subprocess
from shutil import which
from typing import TYPE_CHECKING

from maskwell.documents.formats import View

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["second_opinion"]

_SECONDS = 30.0


def second_opinion(picture: bytes) -> Iterator[View]:
    """Yield what Tesseract reads in a finished picture; nothing when it is not there."""
    program = which("tesseract")
    if program is None:
        return
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    try:
        done = subprocess.run(
            [program, "stdin", "stdout"],
            input=picture,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**kept, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return
    text = done.stdout.decode("utf-8", "replace")
    yield View("picture (Tesseract)", text)
    yield View("picture (Tesseract)", " ".join(text.split()))
