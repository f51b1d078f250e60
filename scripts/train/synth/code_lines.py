"""Real code with nobody in it: stretches of the running Python's own standard library.

What might be a person's name there (two capitalised words, an author line) is left open rather
than taught as nobody's; dates too.
"""

from __future__ import annotations

import re
import sysconfig
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tagger.example import UNSURE, Example, Span
from tagger.labels import LABELS

if TYPE_CHECKING:
    import random

__all__ = ["TRAINED_MODULES", "code_text"]

TRAINED_MODULES = (
    "argparse ast base64 bdb bisect calendar cmd codecs collections/__init__ configparser csv "
    "dataclasses datetime difflib dis email/message enum fileinput fractions functools gettext "
    "glob gzip heapq http/client http/cookiejar imaplib inspect ipaddress json/decoder "
    "logging/handlers mailbox mimetypes multiprocessing/pool optparse os pathlib pdb pickle "
    "pickletools platform plistlib pprint pstats queue random re/_parser sched selectors shelve "
    "shlex shutil smtplib socket socketserver sqlite3/dbapi2 ssl statistics string subprocess "
    "tarfile tempfile textwrap threading tokenize traceback turtle typing unittest/mock "
    "urllib/request uuid wave weakref xml/sax/handler xmlrpc/client zipfile"
).split()
"""What training reads; measuring silence must read other modules."""
_PERHAPS_PRIVATE = re.compile(
    r"(?im:^.*(?:author|written by|contribut|copyright|thanks to|maintain|©|@\w+\.).*$)"
    r"|(?-i:\b[A-Z][a-z]+(?:\s+[A-Z]\.?)?\s+[A-Z][a-z]+\b)"
    r"|(?-i:\b(?:Guido|Tim|Barry|Raymond|Fred|Skip|Martin|Mark|Ka-Ping|Neal|Vinay)\b)"
)
_KNOWN = frozenset(LABELS) - {"DATE", "DOB"}


@cache
def _modules() -> tuple[str, ...]:
    library = Path(sysconfig.get_paths()["stdlib"])
    paths = (library / f"{name}.py" for name in TRAINED_MODULES)
    return tuple(p.read_text(encoding="utf-8", errors="replace") for p in paths if p.is_file())


def code_text(rng: random.Random) -> Example:
    """Cut some lines out of a module."""
    lines = rng.choice(_modules()).splitlines()
    start = rng.randrange(max(1, len(lines) - 12))
    text = "\n".join(lines[start : start + rng.randint(2, 14)])[:600]
    if rng.random() < 0.2:
        text = re.sub(r"\s+", " ", text)
    spans = tuple(Span(*m.span(), UNSURE) for m in _PERHAPS_PRIVATE.finditer(text) if m.group())
    return Example(text, spans, _KNOWN, "stdlib")
