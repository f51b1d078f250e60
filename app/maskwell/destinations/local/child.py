"""The process a local model runs in: it loads one file, answers chats, and ends with its parent.

Everything hostile a model file can hold (its tensors, its chat template) is met in here, after
what it could do harm with was given up. Nothing is written anywhere but to the pipe.
"""

from __future__ import annotations

import importlib
import os
import queue
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, Any

from maskwell.destinations.local.lines import read_line, to_line
from maskwell.machine.confinement import confine_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["main"]

_ALIVE_EVERY_S = 1.0
_CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "<|im_start|>assistant\n"
)
"""For a file that does not say how it wants a chat written; what most models understand."""


class Failed(Exception):  # a message to the parent, by its code
    """The chat cannot be answered; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Inbox:
    """What the parent asks, read in a thread so that a stop is heard while a reply is made."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._stopped: set[int] = set()
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def is_stopped(self, number: int) -> bool:
        """Whether the parent wants no more of this chat."""
        return number in self._stopped

    def _read(self, stream: IO[bytes]) -> None:
        while message := read_line(stream):
            if message["do"] == "stop":
                self._stopped.add(message["id"])
            else:
                self.requests.put(message)
        os._exit(0)


class Model:
    """One loaded model file."""

    def __init__(self, request: dict[str, Any]) -> None:
        llama_cpp: Any = importlib.import_module("llama_cpp")  # in the child alone
        # llama.cpp looks for its devices and starts its threads' machinery before it is confined.
        llama_cpp.llama_backend_init()
        gpu = bool(llama_cpp.llama_supports_gpu_offload())
        confine_engine(with_devices=gpu)
        self._llama: Any = llama_cpp.Llama(
            request["path"],
            n_ctx=request["context"],
            n_threads=request["threads"],
            n_threads_batch=request["threads"],
            n_gpu_layers=request["gpu_layers"] if gpu else 0,
            verbose=False,
        )
        self._template = self._template_of()
        self._should_stop: Callable[[], bool] = lambda: False
        self._callback = llama_cpp.ggml_abort_callback(lambda _: self._should_stop())
        llama_cpp.llama_set_abort_callback(self._llama.ctx, self._callback, None)

    def reply(self, request: dict[str, Any], inbox: Inbox, alive: Any) -> Iterator[str]:
        """Yield the pieces of a reply until it is complete or stopped."""
        number = request["id"]

        def should_stop() -> bool:
            alive()
            return inbox.is_stopped(number)

        self._should_stop = should_stop
        tokens = self._tokens(request["messages"])
        if len(tokens) >= self._llama.n_ctx() - 8:
            raise Failed("too_long")
        try:
            for piece in self._llama.create_completion(
                tokens,
                max_tokens=request["max_tokens"] or None,
                stop=[self._eos] if self._eos else [],
                stream=True,
            ):
                if inbox.is_stopped(number):
                    return
                if text := piece["choices"][0]["text"]:
                    yield text
        except RuntimeError:
            # What was half computed is of no use to the next chat.
            self._llama.reset()
            self._llama._ctx.kv_cache_clear()  # noqa: SLF001  # the public way keeps the cells
            if not inbox.is_stopped(number):
                raise
        finally:
            self._should_stop = lambda: False

    def _template_of(self) -> Any:
        formats: Any = importlib.import_module("llama_cpp.llama_chat_format")
        llama = self._llama
        self._eos, bos = (
            llama._model.token_get_text(token) if token != -1 else ""  # noqa: SLF001  # no other way
            for token in (llama.token_eos(), llama.token_bos())
        )
        template = llama.metadata.get("tokenizer.chat_template") or _CHATML
        return formats.Jinja2ChatFormatter(template, eos_token=self._eos, bos_token=bos)

    def _tokens(self, messages: list[dict[str, str]]) -> list[int]:
        try:
            prompt = self._template(messages=messages).prompt
        except Exception:  # noqa: BLE001  # a template may raise what it likes
            try:
                # Many templates know no system message: it is put before the first prompt.
                prompt = self._template(messages=_folded(messages)).prompt
            except Exception as error:
                raise Failed("template") from error
        tokens: list[int] = self._llama.tokenize(prompt.encode(), add_bos=False, special=True)
        bos = self._llama.token_bos()
        if bos != -1 and self._llama._model.add_bos_token() and tokens[:1] != [bos]:  # noqa: SLF001
            return [bos, *tokens]
        return tokens


def _folded(messages: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the messages with what the system says before what the user says first."""
    system = "\n\n".join(one["content"] for one in messages if one["role"] == "system")
    rest = [dict(one) for one in messages if one["role"] != "system"]
    for one in rest:
        if one["role"] == "user":
            one["content"] = f"{system}\n\n{one['content']}" if system else one["content"]
            break
    return rest


class Outbox:
    """What is told to the parent."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._told_alive = 0.0
        self.number = -1

    def tell(self, what: str, **more: Any) -> None:
        """Say one thing about the chat that is being answered."""
        self._stream.write(to_line({"is": what, "id": self.number, **more}))
        self._stream.flush()

    def alive(self) -> None:
        """Say that the engine is at work, now and then; it is asked between its steps."""
        now = time.monotonic()
        if now - self._told_alive >= _ALIVE_EVERY_S:
            self._told_alive = now
            self.tell("alive")


def main() -> None:
    """Serve the parent on stdin and stdout until stdin ends."""
    outbox = Outbox(os.fdopen(os.dup(1), "wb"))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    inbox = Inbox(os.fdopen(os.dup(0), "rb"))
    model: Model | None = None
    while True:
        request = inbox.requests.get()
        outbox.number = request["id"]
        try:
            if request["do"] == "load":
                model = Model(request)
                outbox.tell("ready")
            elif model is not None:
                _answer(model, request, inbox, outbox)
        except Failed as error:
            outbox.tell("failed", code=error.code)
        except MemoryError:
            outbox.tell("failed", code="memory")
        except BrokenPipeError:
            sys.exit(0)
        except Exception:  # noqa: BLE001  # whatever a model file brings about is a refusal
            outbox.tell("failed", code=request["do"])


def _answer(model: Model, request: dict[str, Any], inbox: Inbox, outbox: Outbox) -> None:
    for text in model.reply(request, inbox, outbox.alive):
        outbox.tell("text", text=text)
    outbox.tell("done")
