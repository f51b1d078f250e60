"""The guide for beginners, followed to the letter: its keys, its commands, what it says is seen.

Two things differ from what a reader does. The launcher's environment is the one the tests run
in, and the model server has a port of its own.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e.guide import deeds
from e2e.terminal import KEYS, Terminal
from e2e.test_terminal_app import environ
from maskwell.tui.keys import ACTIONS, key_names
from support.model_server import TOKEN, ModelServer, polite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from e2e.guide import Deed

__all__ = ["environ"]

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "first-ten-minutes.md").read_text("utf-8")
LAUNCHER = "./scripts/maskwell"
SERVER = "127.0.0.1:11434"
"""The model server as the guide has it."""
NAMES = {
    name: key.strip()
    for action in ACTIONS
    for name, key in zip(key_names(action, {}).split(" · "), action.keys.split(","), strict=True)
}
"""Keys by the names people read."""


class Reader:
    """Somebody at a terminal with the guide beside it."""

    def __init__(
        self, terminal: Terminal, environ: Mapping[str, str], board: Path, server: ModelServer
    ) -> None:
        self.terminal = terminal
        self.environ = environ
        self.board = board
        self.server = server

    def follow(self, deed: Deed) -> None:
        getattr(self, deed.kind)(deed.words)

    def see(self, words: str) -> None:
        self.terminal.wait_for(words)
        self.terminal.read(0.5)

    def press(self, name: str) -> None:
        self.terminal.press(KEYS.get(NAMES[name], NAMES[name]))
        self.terminal.read(0.4)

    def type(self, words: str) -> None:
        self.terminal.press(words)

    def carry(self, words: str) -> None:
        """Go to a chatbot with the clipboard, or come back with it."""
        if words == "paste the reply":
            self.terminal.paste(self.board.read_text("utf-8"))
        else:
            self.board.write_text("".join(polite(self.board.read_text("utf-8"))), "utf-8")

    def shell(self, line: str) -> None:
        """Run a command in another terminal."""
        assert line.startswith(LAUNCHER)
        line = line.replace(LAUNCHER, f"{shlex.quote(sys.executable)} -m maskwell")
        line = line.replace(SERVER, f"127.0.0.1:{self.server.port}")
        environ = {**os.environ, **self.environ}
        subprocess.run(["/bin/sh", "-c", line], env=environ, check=True, capture_output=True)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_the_guide_can_be_followed_to_the_letter(
    environ: Mapping[str, str], tmp_path: Path, columns: int, rows: int
) -> None:
    begin, *rest = deeds(GUIDE)
    assert (begin.kind, begin.words) == ("shell", LAUNCHER)
    with ModelServer() as server, Terminal(environ, columns=columns, rows=rows) as terminal:
        reader = Reader(terminal, environ, tmp_path / "clipboard", server)
        for deed in rest:
            reader.follow(deed)

        assert terminal.end() == 0
    [sent] = server.prompts
    assert "Lindqvist" not in sent
    assert TOKEN.search(sent)


def test_the_guide_tells_about_every_part() -> None:
    steps = list(deeds(GUIDE))

    assert len(re.findall(r"^## \d\. ", GUIDE, re.MULTILINE)) == 7
    assert {one.kind for one in steps} == {"shell", "press", "type", "see", "carry"}
    assert any(SERVER in one.words for one in steps)


def test_a_step_that_tells_nothing_is_a_fault_of_the_guide() -> None:
    with pytest.raises(ValueError, match="nobody knows how to follow: Think about it"):
        list(deeds("1. Think about it.\n"))
