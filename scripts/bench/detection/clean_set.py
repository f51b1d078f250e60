"""Clean text: prose, code, logs, recipes and manuals in which nothing private stands.

Prose, recipes and manuals are written for this set; logs are generated; code and reference
manuals are read from the running Python and its documentation when the benchmark runs. None of
the modules is one that the tagger's training reads. Lines that name an author, a helper or a mail
address are left out.
"""

from __future__ import annotations

import random
import re
import sysconfig
from pathlib import Path

__all__ = ["clean_set"]

_HERE = Path(__file__).resolve().parent / "clean"
_MODULES = (
    "asyncio/base_events asyncio/streams cProfile codeop compileall contextlib copy ctypes/util "
    "curses/ascii encodings/idna ensurepip/__init__ filecmp ftplib gc genericpath getopt graphlib "
    "hashlib hmac html/parser importlib/util keyword linecache locale lzma modulefinder netrc "
    "numbers opcode poplib profile py_compile rlcompleter secrets signal site stat stringprep "
    "struct symtable sysconfig tabnanny timeit trace tty types venv/__init__ warnings webbrowser "
    "wsgiref/handlers zipapp zipimport"
).split()
_PRIVATE_LINE = re.compile(
    r"(?i)author|written by|contribut|copyright|thanks|maintain|@\w+\.|guido|licen[cs]ed"
)
_CREDIT = re.compile(
    r"(?:\b[Bb]y|[Cc]redits to|[Ii]ntroduction|[Bb]ased on the|[Mm]odified by|[Ii]mproved by|--) ?"
    r"(?:[A-Z][a-z]*\.? )?[A-Z][a-z]+(?:'|\b)(?! [a-z]+ is)"
)
"""Lines that thank or cite a real person, who would rightly be found."""
_LOG_PARTS = {
    "level": ("INFO", "WARN", "ERROR", "DEBUG", "info", "notice"),
    "source": (
        "ingest",
        "billing-worker",
        "auth",
        "c.e.s.OrderService",
        "scheduler",
        "gateway[7]",
        "kube-proxy",
    ),
    "event": (
        "cache miss for shard",
        "lease renewed on partition",
        "retrying upload, attempt",
        "GC pause of ms",
        "connection reset by peer, port",
        "queue depth is",
        "skipped stale heartbeat",
        "checkpoint written at offset",
        "slow query took ms",
        "certificate reload, generation",
        "worker exited with status",
        "Rate Limit Exceeded, bucket",
        "Using Spring profile",
        "Starting Tomcat on port",
        "Listening on Unix socket, backlog",
        "Flushing Bloom filter, bits",
    ),
}


def clean_set() -> dict[str, list[str]]:
    """Return texts by kind."""
    return {
        "prose": _paragraphs("prose.txt"),
        "recipes": _paragraphs("recipes.txt"),
        "manuals": [*_paragraphs("manuals.txt"), *_reference()],
        "code": list(_code()),
        "logs": list(_logs()),
    }


def _paragraphs(name: str) -> list[str]:
    text = (_HERE / name).read_text(encoding="utf-8")
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _reference(words: int = 9000) -> list[str]:
    """Take chapters of Python's own reference until there are enough words."""
    from pydoc_data.topics import topics  # half a megabyte, needed here alone

    chosen: list[str] = []
    for name in sorted(topics, key=lambda n: (len(n) % 7, n)):
        chosen.append(topics[name])
        words -= len(topics[name].split())
        if words < 0:
            break
    return chosen


def _names_someone(line: str) -> bool:
    return bool(_PRIVATE_LINE.search(line) or _CREDIT.search(line))


def _code() -> list[str]:
    library = Path(sysconfig.get_paths()["stdlib"])
    texts = []
    for name in _MODULES:
        path = library / f"{name}.py"
        if path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[:160]
            texts.append("\n".join(line for line in lines if not _names_someone(line)))
    return texts


def _logs(count: int = 60, lines: int = 12) -> list[str]:
    rng = random.Random(7)
    return ["\n".join(_log_line(rng) for _ in range(lines)) for _ in range(count)]


def _log_line(rng: random.Random) -> str:
    part = {name: rng.choice(options) for name, options in _LOG_PARTS.items()}
    seconds = f"{rng.randrange(24):02}:{rng.randrange(60):02}:{rng.randrange(60):02}"
    shape = rng.choice(
        (
            "{t}.{n:03} {level:5} [{source}] {event} {n}",
            "{level} {t} {source}: {event} {n}",
            "[{t}] {source} {level}: {event} {n}",
            '{{"ts":{n},"level":"{level}","logger":"{source}","msg":"{event} {n}"}}',
        )
    )
    return shape.format(t=seconds, n=rng.randrange(999), **part)
