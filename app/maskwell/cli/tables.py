"""Lists for people and for programs: a table on a terminal, tabs in a pipe, JSON on request."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from maskwell.cli.outputs import json_line
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["show", "show_json"]

Row = "Mapping[str, Any]"


def show(
    rows: Sequence[Mapping[str, Any]],
    columns: Mapping[str, str],
    *,
    as_json: bool,
    empty: str = "",
) -> None:
    """Write rows to stdout.

    Args:
        rows: one mapping per row; JSON holds all of it, a table what `columns` names.
        columns: key → heading.
        as_json: write one JSON array.
        empty: the sentence for stderr when a person would see an empty table.
    """
    if as_json:
        show_json([_plain(row) for row in rows])
    elif not rows and empty:
        sys.stderr.write(empty + "\n")
    elif sys.stdout.isatty():
        _table(rows, columns)
    else:
        for row in rows:
            sys.stdout.write("\t".join(_cell(row.get(key)) for key in columns) + "\n")


def show_json(value: Any) -> None:
    """Write one value as JSON."""
    sys.stdout.buffer.write(json_line(value))


def _table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> None:
    from rich import box  # noqa: PLC0415  # only a terminal needs it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(key))) for key in columns))
    Console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(one) for one in value)
    return inert(str(value), keep_newlines=False)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in row.items()
    }
