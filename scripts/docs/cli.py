#!/usr/bin/env python3
"""Writes docs/cli.md from the command line itself, so that it cannot be wrong.

usage: scripts/docs/cli.py [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from maskwell.cli.app import command

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
INTRODUCTION = """\
# The command line

This page is written by `scripts/docs/cli.py` from the program itself.

stdout is data only; everything said to a person goes to stderr. `-` or no file is standard
input. No command waits for an answer where there is no terminal.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | findings, with `scan --fail`; something wrong, with `doctor`; something unforeseen |
| 2 | a wrong argument, name, setting or policy |
| 3 | the vault is missing, locked, busy, or the passphrase is wrong |
| 4 | blocked by the policy |
| 5 | the destination failed |
| 6 | the input cannot be read or is of a kind that is not supported |
| 7 | something kept is damaged |
| 130 | interrupted |
"""


def page() -> str:
    """Return the whole page."""
    root = command()
    parts = [INTRODUCTION, _section(root, "maskwell", level=2)]
    for name, one in root.commands.items():
        parts += _sections(one, f"maskwell {name}", level=2)
    return "\n".join(parts)


def _sections(one: Any, path: str, level: int) -> list[str]:
    parts = [_section(one, path, level)]
    for name, below in getattr(one, "commands", {}).items():
        parts += _sections(below, f"{path} {name}", level + 1)
    return parts


def _section(one: Any, path: str, level: int) -> str:
    context = one.make_context(path, [], resilient_parsing=True)
    usage = " ".join([path, *one.collect_usage_pieces(context)])
    lines = [f"{'#' * level} {path}", "", (one.help or "").strip(), "", f"    {usage}", ""]
    rows = [row for parameter in one.get_params(context) if (row := _row(parameter, context))]
    if rows:
        lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _row(parameter: Any, context: Any) -> str:
    record = parameter.get_help_record(context)
    if record is None or "--help" in parameter.opts or "completion" in record[0]:
        return ""
    name, text = (" ".join(part.split()).replace("|", "\\|") for part in record)
    return f"| `{re.sub(r' <.*>$', '', name)}` | {text} |"


def main() -> int:
    """Write the page, or say whether it is up to date."""
    text = page()
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.read_text("utf-8") == text else 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
