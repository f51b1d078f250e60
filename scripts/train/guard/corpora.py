"""Ordinary text, in which nobody gives a model orders: what the linear model must leave alone.

Each corpus is divided by a fixed rule into a half to learn from and a half that only
`scripts/bench/guard` reads. A document is a list of sentences or lines.
"""

from __future__ import annotations

import ast
import json
import re
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = list[str]
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def is_held_back(name: str) -> bool:
    """Whether a document of this name is kept for measuring."""
    return crc32(name.encode()) % 2 == 1


def web(path: Path) -> Iterator[Document]:
    """Yield the documents of a CoNLL-like file with `# newdoc` and `# text =` lines."""
    document: Document = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        elif line.startswith("# text = "):
            document.append(line.removeprefix("# text = "))
    yield document


def columns(path: Path, size: int) -> Iterator[Document]:
    """Yield `size` sentences at a time of a file with one word a line."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    sentences = [
        " ".join(line.split()[0] for line in block.splitlines() if line.strip() and line[0] != "#")
        for block in blocks
    ]
    whole = [one for one in sentences if one]
    for at in range(0, len(whole), size):
        yield whole[at : at + size]


def articles(path: Path, *, held_back: bool) -> Iterator[str]:
    """Yield the texts of a JSONL file of `{id, text}`, of one half."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if is_held_back(str(row["id"])) == held_back:
            yield row["text"]


def modules(*, held_back: bool) -> Iterator[tuple[str, str]]:
    """Yield name and source of the standard library's modules, of one half."""
    root = Path(sysconfig.get_paths()["stdlib"])
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith("site-packages") or "test" in name or "lib2to3" in name:
            continue
        if is_held_back(name) == held_back:
            yield name, path.read_text(encoding="utf-8", errors="replace")


def docstrings(source: str) -> Iterator[str]:
    """Yield the docstrings of one module."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text and len(text) > 40:
                yield text


def sentences(text: str) -> Document:
    """Cut running text into sentences and lines."""
    return [one for one in _SENTENCE_END.split(text) if one.strip()]
