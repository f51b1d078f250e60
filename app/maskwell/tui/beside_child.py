"""The process beside the app that reads its texts: loads the detector, answers, ends with it.

Regular expressions over a long text hold Python's one interpreter lock for moments that a
person typing would feel, and the name model is larger than the app. Both live here. What stands
in a text can do no harm from here: sockets, new programs and files were given up before the first
text came. Nothing is written anywhere but to the pipe, and nothing is remembered.
"""

from __future__ import annotations

import ctypes
import gc
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from maskwell.documents.landlock import fence
from maskwell.entity_types import EntityType
from maskwell.errors import MaskwellError
from maskwell.machine.confinement import confine
from maskwell.machine.frames import pack, unpack

if TYPE_CHECKING:
    from maskwell.detection import Detector, Lexicon

__all__ = ["LONG", "main"]

LONG = 20_000
"""Characters from which a text is long: it is read behind everything else the machine does."""

_ROWS_AT_ONCE = 200
"""So few findings a frame that reading one is not felt by the reader."""
_MOST_BYTES = 2**40
_SAMPLE = "Jane Doe wrote to jane@example.com."

Row = list[Any]
Tell = Callable[[int], None]
"""Told how many characters have been read."""


def main() -> None:
    """Serve the parent on stdin and stdout until stdin ends."""
    out = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    detector = _loaded()
    _give_back_memory()
    fence()
    confine({"RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 64}, with_threads=True)
    # The kernel's fence around files holds for threads that are started inside it.
    requests: queue.SimpleQueue[tuple[dict[str, Any], str]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    while True:
        _answer(detector, *requests.get(), out)


def _listen(stream: IO[bytes], requests: queue.SimpleQueue[tuple[dict[str, Any], str]]) -> None:
    """Hand requests on; end the process, whatever it is doing, when the parent is gone."""
    try:
        while True:
            message, blob = unpack(stream, _MOST_BYTES)
            requests.put((message, blob.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError):
        os._exit(0)


def _loaded() -> Detector:
    """Return the detector, with everything loaded: no file can be read once this is confined."""
    from maskwell.detection import shared_detector  # noqa: PLC0415  # not before the parent is heard
    from maskwell.guard import inspect  # noqa: PLC0415  # likewise
    from maskwell.masking import KnownValues  # noqa: F401, PLC0415  # for its effect

    detector = shared_detector()
    detector.detect(_SAMPLE)
    inspect(_SAMPLE, source="pasted")
    return detector


def _give_back_memory() -> None:
    """Return to the system what loading took for a moment: a fifth of all."""
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError):  # not every C library has it
        ctypes.CDLL(None).malloc_trim(0)


def _answer(detector: Detector, request: dict[str, Any], text: str, out: IO[bytes]) -> None:
    def tell(message: dict[str, Any]) -> None:
        out.write(pack(message))
        out.flush()

    if len(text) >= LONG:
        os.nice(5)
    try:
        rows = _WORK[request["do"]](detector, request, text, lambda done: tell({"read": done}))
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            tell({"rows": rows[first : first + _ROWS_AT_ONCE]})
        tell({"done": len(rows)})
    except BrokenPipeError:
        os._exit(0)
    except MaskwellError as error:
        tell({"error": type(error).__name__, "message": str(error)})
    except Exception:  # noqa: BLE001  # whatever a text brings about, its words stay here
        tell({"error": "", "message": ""})


def _detect(detector: Detector, request: dict[str, Any], text: str, tell: Tell) -> list[Row]:
    from maskwell.detection.progress import telling  # noqa: PLC0415  # loaded by now

    with telling(tell):
        found = detector.detect(text, _lexicon(request["lexicon"]), names=request["names"])
    return [
        [one.entity_type, one.start, one.end, one.score, one.recognizer, one.reason, one.subtype]
        for one in found
    ]


def _inspect(_: Detector, request: dict[str, Any], text: str, __: Tell) -> list[Row]:
    from maskwell.guard import inspect  # noqa: PLC0415  # loaded by now

    found = inspect(text, source=request["source"]).warnings
    return [[one.kind, one.start, one.end, one.score, one.reason] for one in found]


def _known(_: Detector, request: dict[str, Any], text: str, __: Tell) -> list[Row]:
    from maskwell.masking import KnownValues  # noqa: PLC0415  # loaded by now
    from maskwell.vault import Variant  # noqa: PLC0415  # likewise

    surfaces = request["surfaces"]
    variants = (
        Variant(number, 0, EntityType.TERM, 0, "", "", one) for number, one in enumerate(surfaces)
    )
    found: Iterator[tuple[int, int, Variant]] = iter(KnownValues(variants).find(text))
    return [[start, end, variant.entity_id] for start, end, variant in found]


_WORK = {"detect": _detect, "inspect": _inspect, "known": _known}


def _lexicon(row: list[Any]) -> Lexicon:
    from maskwell.detection import Lexicon, Term  # noqa: PLC0415  # loaded by now

    terms, ignored, thresholds = row
    return Lexicon(
        terms=tuple(Term(text, EntityType(kind), is_pattern) for text, kind, is_pattern in terms),
        ignored=frozenset(ignored),
        thresholds={EntityType(kind): least for kind, least in thresholds.items()},
    )
