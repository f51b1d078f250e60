"""Looking for model servers on this machine, when asked: loopback, well-known ports, no text.

A server is asked for its list of models and nothing else; who does not answer within a second
is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.config import DestinationSettings
from maskwell.destinations.http_chat import HttpChat
from maskwell.errors import DestinationError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PORTS", "Found", "probe"]

PORTS = {"ollama": 11434, "llama.cpp": 8080, "lm-studio": 1234}
_TIMEOUT_S = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """A server that answered."""

    name: str
    """What it is, judged by its port, and good to call it by."""
    base_url: str
    models: tuple[str, ...]


def probe(ports: Mapping[str, int] = PORTS) -> list[Found]:
    """Return the model servers on this machine that answer on their usual ports."""
    found = []
    for name, port in ports.items():
        url = f"http://127.0.0.1:{port}/v1"
        settings = DestinationSettings(name=name, kind="openai", base_url=url, timeout_s=_TIMEOUT_S)
        try:
            found.append(Found(name, url, tuple(HttpChat(settings).models())))
        except DestinationError:
            continue
    return found
