"""A process to be killed while it works off a watched folder.

Run by path with HOME KEYHEX DIR OUT FATE. It imports and loads once, then forks a fresh worker
for every line on stdin; the worker tells its process id and "done N" when it was not killed, and
the parent writes "dead STATUS".
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from maskwell.config import load_settings
from maskwell.detection import shared_detector
from maskwell.documents import formats, sanitise  # noqa: F401  # loaded before the forks
from maskwell.paths import Home
from maskwell.shield import Shield, files  # noqa: F401  # likewise
from maskwell.vault import Vault
from maskwell.vault.keys import DataKey
from maskwell.watching import FolderWatch, OpenDoor, WatchSettings


def say(line: object) -> None:
    os.write(1, f"{line}\n".encode())


def work(home: Home, key: bytes, folder: str, out: str, fate: str) -> None:
    vault = Vault.open_with(home, lambda _header: DataKey(bytearray(key)))
    detector = shared_detector(names=False)
    shield = Shield(home, vault, load_settings(home), detector=detector)
    settings = WatchSettings.checked(folder, out, scope="acme", source=fate, settle_s=0.05)
    with shield:
        say("begun")
        done = FolderWatch(settings, OpenDoor(lambda: shield)).run(once=True)
        say(f"done {done.finished}")


def main() -> None:
    root, key, folder, out, fate = sys.argv[1:]
    shared_detector(names=False).detect("warm")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                say(os.getpid())
                work(Home(Path(root)), bytes.fromhex(key), folder, out, fate)
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        say(f"dead {status}")


if __name__ == "__main__":
    main()
