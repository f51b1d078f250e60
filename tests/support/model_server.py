"""A chat server that answers as a model would: with the tokens it got."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.chat_server import ChatServer, Play

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TOKEN = re.compile(r"\[[A-Z]+_\d+[A-Z]{2}(?::\w+)?\]")


def polite(prompt: str) -> Iterable[str]:
    """Answer with every token of the prompt, in pieces that cut them."""
    tokens = list(dict.fromkeys(TOKEN.findall(prompt)))
    reply = "Dear " + ", ".join(tokens) + ",\n\n**thank you** for writing."
    return [reply[at : at + 7] for at in range(0, len(reply), 7)]


class ModelServer(ChatServer):
    """One that the app has as its default destination."""

    def __init__(self, answer: Callable[[str], Iterable[str | None]] = polite) -> None:
        super().__init__(Play(answer=answer))

    @property
    def config(self) -> str:
        """Settings that make this server the default destination."""
        return (
            '[default]\ndestination = "desk"\n'
            f'[destinations.desk]\nkind = "openai"\nbase_url = "{self.url}"\nmodel = "small"\n'
        )

    @property
    def prompts(self) -> list[str]:
        """The last message of each request."""
        return [one.prompt for one in self.received]
