#!/usr/bin/env python3
"""How fluid the terminal app stays: long chats, streaming replies, a megabyte being searched.

The app runs headless with a real vault, the real detector and a real model server on loopback,
which is in this process too.
An echo is the time from a key's event to the screen having been drawn with it. A slice is the
processor time the event loop spent on one thing before it looked at the next: what a key waits
for on any machine, however busy, and what other work of this process may not lengthen.

    .venv/bin/python scripts/bench/terminal_app.py [--messages 10000]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from textual import events  # noqa: E402  # after the path to the tests' model server

from maskwell.config import load_settings  # noqa: E402  # likewise
from maskwell.machine.clipboard import Clipboard  # noqa: E402  # likewise
from maskwell.paths import Home  # noqa: E402  # likewise
from maskwell.shield import Shield  # noqa: E402  # likewise
from maskwell.tui.app import MaskwellApp  # noqa: E402  # likewise
from support.model_server import ModelServer  # noqa: E402  # likewise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.pilot import Pilot

PASSPHRASE = "seven-quiet-otters"  # noqa: S105  # of a vault that is thrown away
LINE = "Marta Lindqvist, marta@example.com, wrote about her order and asked for a reply. "


def long_chat(shield: Shield, messages: int) -> int:
    """Store a chat of so many messages and return its number."""
    kept = shield.protect(LINE, scope="bench").kept
    history, scope = shield.vault.history, shield.vault.scopes.get("bench")
    with shield.vault.transaction():
        chat = history.start(scope=scope, title=kept, destination="clipboard", policy="everyday")
        for number in range(messages):
            history.append(chat.id, "assistant" if number % 2 else "user", kept)
    return chat.id


def slow_reply(_: str) -> Iterable[str]:
    """A reply of a few thousand words, streamed for some ten seconds."""
    for number in range(600):
        time.sleep(0.015)
        yield f"{number} {LINE}\n\n" if number % 10 == 0 else LINE


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    while not is_so():  # noqa: ASYNC110  # it looks from outside, as a person does
        await asyncio.sleep(0.005)


async def drawn(pilot: Pilot[int]) -> None:
    """Wait until what was asked for stands on the screen."""
    await pilot._wait_for_screen()  # noqa: SLF001  # the pilot's pause waits for idleness too


async def echoes(app: MaskwellApp, pilot: Pilot[int], is_on: Callable[[], bool]) -> list[float]:
    """Type while something goes on, and return each key's milliseconds to the screen."""
    taken = []
    composer = app.screen.composer
    while is_on() and len(taken) < 200:
        length = len(composer.text)
        began = time.perf_counter()
        app.post_message(events.Key("x", "x"))
        await until(lambda now=length: len(composer.text) > now)
        await drawn(pilot)
        taken.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.02)
    return taken


class Slices:
    """What the event loop spends at a time: milliseconds of processor, while it is watched."""

    def __init__(self) -> None:
        self._taken: list[float] = []
        run = asyncio.events.Handle._run  # noqa: SLF001  # there is no other place to look from

        def timed(handle: asyncio.events.Handle) -> None:
            began = time.thread_time()
            run(handle)
            self._taken.append((time.thread_time() - began) * 1000)

        asyncio.events.Handle._run = timed  # type: ignore[method-assign]  # noqa: SLF001  # likewise

    def clear(self) -> None:
        """Begin anew."""
        self._taken.clear()

    def taken(self) -> list[float]:
        """Return those worth telling of since `clear`."""
        return [one for one in self._taken if one >= 1.0]


def told(what: str, taken: list[float], aim: str) -> str:
    """Return one line of the table."""
    if not taken:
        return f"{what:44} none"
    ordered = sorted(taken)
    return (
        f"{what:44} {statistics.median(ordered):7.1f} {ordered[int(len(ordered) * 0.95)]:7.1f}"
        f" {ordered[-1]:7.1f}  {aim}  n={len(ordered)}"
    )


async def long_chats(app: MaskwellApp, pilot: Pilot[int], slices: Slices, chat_id: int) -> None:
    """Open a long chat and scroll through it."""
    opened, used, scrolled = [], [], []
    slices.clear()
    for _ in range(5):
        began, cpu = time.perf_counter(), time.process_time()
        await asyncio.to_thread(app.desk.resume, chat_id)
        await app.screen.thread.show(app.desk.chat.turns, app.desk.shown)
        await drawn(pilot)
        opened.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - cpu) * 1000)
    print(told("open the long chat", opened, "300"))
    print(told("  processor time of all threads", used, "300"))
    print(told("  the loop's slices", slices.taken(), ""))
    slices.clear()
    for _ in range(200):
        began = time.perf_counter()
        app.screen.thread.scroll_relative(y=-5, animate=False)
        await drawn(pilot)
        scrolled.append((time.perf_counter() - began) * 1000)
    print(told("scroll five rows up", scrolled, " 16"))
    print(told("  the loop's slices", slices.taken(), " 16"))


async def typing(app: MaskwellApp, pilot: Pilot[int], slices: Slices) -> None:
    """Type with nothing going on, then while a reply streams."""
    app.desk.new_chat()
    await app.screen.show_chat().wait()
    slices.clear()
    idle = await echoes(app, pilot, lambda: True)
    print(told("a key's echo, nothing going on", idle, " 16"))
    print(told("  the loop's slices", slices.taken(), " 16"))
    app.screen.composer.load_text("Hello")
    await pilot.press("enter")
    await until(lambda: type(app.screen).__name__ == "ReviewScreen" and app.screen.is_ready)
    await pilot.press("enter")
    await until(lambda: type(app.screen).__name__ == "ChatScreen" and app.screen.flow.is_streaming)
    await asyncio.sleep(0.5)
    slices.clear()
    streaming = await echoes(app, pilot, lambda: app.screen.flow.is_streaming)
    print(told("a key's echo while a reply streams", streaming, " 16"))
    print(told("  the loop's slices", slices.taken(), " 16"))


async def searching(app: MaskwellApp, pilot: Pilot[int], slices: Slices) -> None:
    """Type while a megabyte is searched."""
    app.screen.flow.stop()
    await until(lambda: not app.screen.flow.is_streaming)
    app.screen.composer.clear()
    app.screen.composer.post_message(events.Paste(LINE * (1_000_000 // len(LINE))))
    await until(lambda: bool(app.screen.attached))
    await pilot.press("enter")
    await until(lambda: app.screen.flow.is_looking)
    chat = app.screen
    slices.clear()
    looking = await echoes(app, pilot, lambda: chat.flow.is_looking and app.screen is chat)
    print(told("a key's echo while a megabyte is searched", looking, " 16"))
    print(told("  the loop's slices", slices.taken(), " 16"))
    chat.flow.stop()


async def journey(app: MaskwellApp, chat_id: int, slices: Slices) -> None:
    """Measure everything in one app."""
    async with app.run_test(size=(120, 36)) as pilot:
        await until(lambda: type(app.screen).__name__ == "ChatScreen" and app.is_warm)
        await pilot.pause(0.5)
        await long_chats(app, pilot, slices, chat_id)
        await typing(app, pilot, slices)
        await searching(app, pilot, slices)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    messages = parser.parse_args().messages
    os.environ["MASKWELL_VAULT_KDF_MEMORY_MIB"] = "64"
    with tempfile.TemporaryDirectory() as folder, ModelServer(slow_reply) as server:
        home = Home(Path(folder, "home"))
        home.make()
        home.config.write_text(server.config, "utf-8")
        with Shield.create(home.root, PASSPHRASE) as shield:
            chat_id = long_chat(shield, messages)
        board = Clipboard({"PATH": ""}, write_terminal=lambda _: True)
        app = MaskwellApp(home, load_settings(home), passphrase=PASSPHRASE, clipboard=board)
        print(f"{messages:,} messages; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; ms")
        print(f"{'':44} {'median':>7} {'95 %':>7} {'most':>7}  aim")
        asyncio.run(journey(app, chat_id, Slices()))


if __name__ == "__main__":
    main()
