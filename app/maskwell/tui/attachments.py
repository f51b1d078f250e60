"""Files that go along with a prompt: read once, as the text in them.

What is read is what the review shows and the policy decides about; the file itself never
leaves. Hostile formats are parsed in a confined process.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.guard import Source
    from maskwell.shield import Data

__all__ = ["Attachment", "dropped_paths", "long_paste", "read_attachment", "with_attachments"]

_LONGEST_DROP = 4096
_SHORTEST_PASTE = 40
LONG_PASTE = 50_000
"""Characters from which a paste goes along as if it were a file."""
_HEAD = "--- {name} ---\n"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that goes along."""

    name: str
    """Without folders."""
    text: str
    byte_count: int
    source: Source = "file"


def long_paste(pasted: str) -> Attachment | None:
    """Return a long paste as something that goes along; None when it can stand in the prompt."""
    if len(pasted) < LONG_PASTE:
        return None
    return Attachment("pasted text", pasted, len(pasted.encode("utf-8", "replace")), "pasted")


def dropped_paths(pasted: str) -> list[Path]:
    """Return the files that a paste is about; none unless it is nothing but paths of files.

    Terminals paste the path of a file that is dropped on them: quoted, escaped, or as a URL.
    """
    if not pasted.strip() or len(pasted) > _LONGEST_DROP:
        return []
    try:
        words = shlex.split(pasted.strip())
    except ValueError:
        return []
    paths = [_path_of(word) for word in words] or [None]
    found = [path for path in paths if path is not None]
    return found if len(found) == len(paths) else []


def _path_of(word: str) -> Path | None:
    if word.startswith("file://"):
        word = unquote(urlsplit(word).path)
    if not re.match(r"[/~]", word):
        return None
    try:
        path = Path(word).expanduser()
        return path if path.is_file() else None
    except (OSError, RuntimeError, ValueError):
        return None


def read_attachment(path: Path) -> Attachment:
    """Read a file as text; takes as long as its parsing.

    Raises:
        InputUnreadable: it is no regular file, or no text can be had from it.
        InputTooLarge: it is over the limit.
    """
    from maskwell.documents.attaching import read_words  # noqa: PLC0415  # not at start

    text, byte_count = read_words(path)
    return Attachment(path.name, text, byte_count)


def with_attachments(
    prompt: str, pasted: Sequence[str], files: Sequence[Attachment]
) -> tuple[str, tuple[Data, ...]]:
    """Return the whole text of a prompt, and the stretches of it the user did not write.

    Args:
        prompt: what stands in the composer.
        pasted: what was pasted into it; the pieces still standing there count.
        files: what goes along, each put behind under its name.
    """
    from maskwell.shield import Data  # noqa: PLC0415  # after the first screen

    data = []
    at = 0
    for piece in pasted:
        found = prompt.find(piece, at) if len(piece) >= _SHORTEST_PASTE else -1
        if found >= 0:
            at = found + len(piece)
            data.append(Data(found, at, "pasted"))
    text = prompt
    for file in files:
        text += "\n\n" * bool(text) + _HEAD.format(name=file.name)
        data.append(Data(len(text), len(text) + len(file.text), file.source))
        text += file.text
    return text, tuple(data)
