"""Emptying the clipboard a while later, when the command that filled it has long ended.

The process that waits is given a salted hash and never the text, so nothing real stays in
memory for longer than the clipboard itself holds it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
from typing import Any

from maskwell.machine.clipboard.board import Clipboard, plain

__all__ = ["clear_in_background", "main"]

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from maskwell.machine.clipboard.clearing import main; main()"
)


def clear_in_background(text: str, seconds: float) -> None:
    """Have the clipboard emptied after this time if it still holds `text`.

    A process of its own waits for it and outlives this one.
    """
    salt = os.urandom(16)
    order = {"salt": salt.hex(), "hash": _hashed(salt, text), "seconds": seconds}
    path = [os.path.abspath(one) for one in sys.path if one]  # noqa: PTH100  # also zip files
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOT, json.dumps(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdin is not None  # noqa: S101  # a pipe was asked for
    with process.stdin as stdin:
        stdin.write(json.dumps(order).encode())
    if hasattr(os, "fork"):
        process.wait()


def main() -> None:
    """Read the order from stdin, go to the background, wait, and carry it out."""
    order: dict[str, Any] = json.load(sys.stdin)
    if hasattr(os, "fork") and os.fork():
        os._exit(0)
    time.sleep(order["seconds"])
    salt = bytes.fromhex(order["salt"])
    Clipboard().clear_when(lambda held: hmac.compare_digest(_hashed(salt, held), order["hash"]))


def _hashed(salt: bytes, text: str) -> str:
    return hashlib.sha256(salt + plain(text).encode("utf-8", "surrogatepass")).hexdigest()
