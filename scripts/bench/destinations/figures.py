"""Measure what the shield costs a chat: per streamed chunk, to the first text, per long chat.

    python scripts/bench/destinations/figures.py

Prints processor time of the thread that reads, so that the server's own work is not counted;
it runs in threads of this process and speaks over real loopback connections.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "app"), str(ROOT / "tests")]
os.environ["MASKWELL_VAULT_KDF_MEMORY_MIB"] = "64"

import openai  # noqa: E402  # the peer: the official client, used as its manual says

from maskwell.config import DestinationSettings  # noqa: E402
from maskwell.conversation import Conversation  # noqa: E402
from maskwell.shield import Shield  # noqa: E402
from support.chat_server import ChatServer, Play  # noqa: E402  # found just above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNKS = 3000
TURNS = 200
WORDS = ("The", " plan", " is", " sound", ",", " and", " nobody", " objects", ".", "\n")
PROMPT = "Please write to Elena Brandt (elena.brandt{n}@example.com) about invoice {n}."


def chat_with(shield: Shield, server: ChatServer) -> Conversation:
    """Begin a chat with the server."""
    lab = DestinationSettings(
        name="lab", kind="openai", base_url=server.url, model="small", requests_per_minute=100_000
    )
    known = {**shield.settings.destinations, "lab": lab}
    shield.settings = replace(shield.settings, destinations=known)
    return Conversation.start(shield, destination="lab")


def reader_time(read: Callable[[], Iterator[object]]) -> tuple[float, int]:
    """Return the reading thread's processor seconds from the second chunk on, and the chunks."""
    count, began = 0, 0.0
    for _ in read():
        count += 1
        if count == 1:
            began = time.thread_time()
    return time.thread_time() - began, count


def per_chunk(shield: Shield) -> None:
    """Print what a chunk costs with the official client alone, and through the shield."""
    pieces = tuple(WORDS[n % len(WORDS)] for n in range(CHUNKS))
    alone, through = [], []
    with ChatServer(Play(pieces=pieces)) as server:
        client = openai.OpenAI(base_url=server.url, api_key="none")
        for _ in range(3):
            taken, count = reader_time(
                lambda: client.chat.completions.create(
                    model="small", messages=[{"role": "user", "content": "Hi"}], stream=True
                )
            )
            alone.append(taken / count * 1e6)
            chat = chat_with(shield, server)
            plan = chat.plan(PROMPT.format(n=1))
            taken, _ = reader_time(lambda c=chat, p=plan: c.send(p))
            through.append(taken / CHUNKS * 1e6)
    print(f"a chunk, official client alone     {min(alone):8.1f} µs")
    print(f"a chunk, through the shield        {min(through):8.1f} µs")
    print(f"slow-down per chunk                {min(through) - min(alone):8.1f} µs   (≤ 50)")


class Counted:
    """A destination that hands out chunks from a list and counts how many were taken."""

    name, kind, reach, model, is_interactive = "lab", "openai", "remote", "small", False

    def __init__(self, chunks: tuple[str, ...]) -> None:
        self.chunks = chunks
        self.taken = 0

    def stream(self, _: object, *, before_send: object) -> Iterator[str]:
        """Yield the chunks; nothing is sent."""
        del before_send
        for chunk in self.chunks:
            self.taken += 1
            yield chunk


def first_text(shield: Shield) -> None:
    """Print after how many chunks the first text is there, for replies of different starts."""
    with ChatServer() as server:
        for start in (("Hello", " there"), ("**Dear", " friend"), ("1", "."), ("```py", "\n")):
            chat = chat_with(shield, server)
            place = Counted((*start, " and", " so", " on", "."))
            shield.destination = lambda _, place=place: place  # type: ignore[method-assign]
            reply = chat.send(chat.plan(PROMPT.format(n=2)))
            next(reply)
            print(f"first text of {start[0]!r:10} is there after {place.taken:3d} chunks (≤ 2)")
            reply.close()
        del shield.destination  # type: ignore[method-assign]


def long_chat(shield: Shield) -> None:
    """Print what the next turn costs in a new chat and after 200 turns."""
    with ChatServer(Play(pieces=("Thank", " you", "."))) as server:
        new = [turn_time(chat_with(shield, server), n) for n in range(20)]
        chat = chat_with(shield, server)
        for n in range(TURNS):
            for _ in chat.send(chat.plan(PROMPT.format(n=n))):
                pass
        old = [turn_time(chat, TURNS + n) for n in range(20)]
        began = time.thread_time()
        for _ in chat.send(chat.plan(PROMPT.format(n=999))):
            pass
        whole = time.thread_time() - began
    print(f"protecting a turn in a new chat    {median(new) * 1e3:8.1f} ms")
    print(f"protecting a turn after {TURNS} turns  {median(old) * 1e3:8.1f} ms")
    print(f"turn {TURNS + 1} whole, rescan and ledger  {whole * 1e3:8.1f} ms")


def turn_time(chat: Conversation, n: int) -> float:
    """Return the processor seconds of finding and protecting the values of one turn."""
    began = time.thread_time()
    chat.shield.preview(chat.plan(PROMPT.format(n=n)))
    return time.thread_time() - began


def main() -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Shield.create(Path(folder) / "home", "seven quiet otters") as shield,
    ):
        shield.protect("Warm up with Elena Brandt.")
        per_chunk(shield)
        first_text(shield)
        long_chat(shield)
    print("egress rescan of 100 KB:", flush=True)
    subprocess.run([sys.executable, ROOT / "scripts/bench/guard/egress.py"], check=True)


if __name__ == "__main__":
    main()
