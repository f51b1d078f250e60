"""A model on this machine as a place that answers a chat.

This module is light: the engine's process is started when the first reply is read.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.destinations.base import ChatMessage, ChatRequest, Outgoing
from maskwell.errors import InputUnreadable, IntegrityError, StreamBroken

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from maskwell.config import DestinationSettings, ModelSettings
    from maskwell.destinations.base import BeforeSend
    from maskwell.destinations.local.engine import Chat, Engine
    from maskwell.paths import Home

__all__ = ["LocalModel"]

_DEFAULT_CONTEXT = 8192
"""Tokens: a model made for 131,072 would take tens of gigabytes for a short chat."""
_SMALLEST_CONTEXT = 64
_MANY_CORES = 4


class LocalModel:
    """A GGUF file, answered for by llama.cpp in a process of its own."""

    kind = "llama"
    is_interactive = False

    def __init__(
        self, settings: DestinationSettings, models: Mapping[str, ModelSettings], home: Home | None
    ) -> None:
        self._settings = settings
        self._models = models
        self._home = home
        self._loaded: tuple[Path, list[int]] | None = None

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self._settings.name

    @property
    def reach(self) -> str:
        """`local`, unless the user said otherwise."""
        return self._settings.reach

    @property
    def model(self) -> str:
        """The model that answers, as it was added."""
        return self._settings.model

    def models(self) -> list[str]:
        """Check the model's file and have the engine load it; return its name.

        Raises:
            DestinationError, IntegrityError: as their names say.
        """
        greeting = ChatRequest((ChatMessage("user", "Hello"),))
        for _ in LocalReply(self, greeting, lambda _: None, max_tokens=1):
            pass
        return [self._settings.model]

    def stream(self, request: ChatRequest, *, before_send: BeforeSend) -> LocalReply:
        """Return the reply as it streams; see `Destination.stream`."""
        return LocalReply(self, request, before_send)

    def opened(self) -> Chat:
        """Return a chat with the engine, started if need be.

        Raises:
            DestinationError, IntegrityError, UsageError: as their names say.
        """
        return self._engine().open_chat()

    def check_unchanged(self) -> None:
        """Make sure, once the engine has read the file, that it still is the one that was checked.

        Raises:
            IntegrityError: it changed meanwhile.
        """
        from maskwell.destinations.local.files import stamp_of  # noqa: PLC0415  # when used

        if self._loaded is not None:
            path, stamp = self._loaded
            if not path.exists() or stamp_of(path) != stamp:
                raise IntegrityError(f"The model file {path} changed while it was loaded.")

    @property
    def settings(self) -> DestinationSettings:
        """What the user configured."""
        return self._settings

    def _engine(self) -> Engine:
        from maskwell.destinations.local.engine import Spec, engine_for  # noqa: PLC0415  # when used
        from maskwell.destinations.local.files import (  # noqa: PLC0415  # likewise
            checked,
            find_model,
            stamp_of,
        )

        model = find_model(self._models, self._settings.model)
        path = Path(model.path)
        header = checked(model, self._home)
        stamp = stamp_of(path)
        made_for = header.context_length or _DEFAULT_CONTEXT
        self._loaded = (path, stamp)
        return engine_for(
            Spec(
                name=self.name,
                path=model.path,
                sha256=model.sha256,
                context=max(
                    _SMALLEST_CONTEXT, self._settings.context or min(made_for, _DEFAULT_CONTEXT)
                ),
                threads=self._settings.threads or _default_threads(),
                gpu_layers=self._settings.gpu_layers,
            )
        )


class LocalReply:
    """A reply's pieces; `close` may come from another thread while one is waited for."""

    def __init__(
        self,
        destination: LocalModel,
        request: ChatRequest,
        before_send: BeforeSend,
        *,
        max_tokens: int = 0,
    ) -> None:
        self._destination = destination
        self._request = request
        self._before_send = before_send
        self._max_tokens = max_tokens or destination.settings.max_tokens
        self._closed = threading.Event()
        self._chat: Chat | None = None
        self._pieces = self._stream()

    def __iter__(self) -> LocalReply:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Stop the engine's work on this reply. Closing twice is harmless."""
        self._closed.set()
        if self._chat is not None:
            self._chat.stop()
        try:
            self._pieces.close()
        except ValueError:
            return  # the reader is inside it; the stop wakes it

    def _stream(self) -> Generator[str, None, None]:
        settings = self._destination.settings
        self._chat = chat = self._destination.opened()
        asked = False
        try:
            body = self._body(chat.number)
            self._before_send(Outgoing(body))
            if self._closed.is_set():
                raise StreamBroken("The reply was stopped before it began.")
            asked = True
            for number, piece in enumerate(chat.ask(body, timeout_s=settings.timeout_s)):
                if number == 0:
                    self._destination.check_unchanged()
                yield piece
        finally:
            if not asked:
                chat.forget()

    def _body(self, number: int) -> bytes:
        from maskwell.destinations.local.lines import to_line  # noqa: PLC0415  # when used

        messages = [{"role": one.role, "content": one.content} for one in self._request.messages]
        try:
            return to_line(
                {"do": "chat", "id": number, "messages": messages, "max_tokens": self._max_tokens}
            )[:-1]
        except UnicodeEncodeError as error:
            raise InputUnreadable(
                "The text holds half a character (a lone surrogate) and cannot be sent."
            ) from error


def _default_threads() -> int:
    """Return how many threads serve best: the cores, half of them where they are many.

    With many, two share one core's arithmetic, and waiting for the slower one costs time.
    """
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count() or 1
    return cores if cores <= _MANY_CORES else max(_MANY_CORES, cores // 2)
