"""File names inside containers: their words are text, their endings and slashes are not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.documents.segments import Segment, edited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.documents.segments import Edits

__all__ = ["Names", "plain_name", "split_name", "spoken"]

_PREFIX = "name:"
_ENDING = re.compile(
    r"(?<=.)\.(?:txt|md|log|csv|tsv|tab|jsonl?|ndjson|ya?ml|toml|xml|x?html?|eml|mbox|mbx|zip|pdf"
    r"|docx?|xlsx?|pptx?|odt|rtf|msg|ics|vcf|ipynb|png|jpe?g|gif|tiff?|svg|py|js|ts|c|h|cpp|cs|java"
    r"|go|rs|rb|sh|css|sql|ini|cfg|conf)\Z",
    re.IGNORECASE,
)
"""Endings that say what a file is; any other may be someone's name ("John.Smith")."""
_UNDERSCORE = re.compile(r"_(?![0-9]+[A-Z]{2}[\]}:])")


def plain_name(name: str) -> str:
    """Return a name that is one plain path component."""
    safe = "".join("_" if c in '/\\:\0"' or not c.isprintable() else c for c in name)
    return safe if safe.strip(". ") else "file"


def split_name(name: str) -> tuple[str, str]:
    """Return a file's name and its ending; not all that follows a full stop is one."""
    found = _ENDING.search(name)
    return (name[: found.start()], found.group()) if found else (name, "")


def spoken(stem: str) -> str:
    """Return a name as words: underscores as spaces, those in tokens excepted; same length."""
    return _UNDERSCORE.sub(" ", stem)


class Names:
    """The words of some paths, each distinct component once."""

    def __init__(self, paths: Iterable[str]) -> None:
        components = (part for path in paths for part in path.split("/") if part)
        self._stems = dict.fromkeys(split_name(part)[0] for part in components)

    def segments(self) -> Iterator[Segment]:
        """Yield the components, underscores shown as spaces."""
        for number, stem in enumerate(self._stems):
            yield Segment(f"{_PREFIX}{number}", spoken(stem), "file")

    @staticmethod
    def split(replace: Edits) -> tuple[Edits, Edits]:
        """Return the edits of names, and all others."""
        names = {key: edits for key, edits in replace.items() if key.startswith(_PREFIX)}
        return names, {key: edits for key, edits in replace.items() if key not in names}

    def rewritten(self, path: str, replace: Edits) -> str:
        """Return a path with the edits made in each of its components."""
        numbers = {stem: number for number, stem in enumerate(self._stems)}
        parts = []
        for part in path.split("/"):
            stem, ending = split_name(part)
            edits = replace.get(f"{_PREFIX}{numbers[stem]}", ()) if part else ()
            parts.append(plain_name(edited(stem, edits) + ending) if edits else part)
        return "/".join(parts)
