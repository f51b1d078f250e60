"""Python values as parameters of a statement, so that every text comes back exactly.

Lone surrogates have no UTF-8. They are stored as their three-byte generalised form, which
SQLite keeps as it is, and which a keyed connection reads back the same way.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["sql_list", "sql_text"]


def sql_text(text: str) -> str | bytes:
    """Return `text` as a parameter for `CAST(? AS TEXT)`."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def sql_list(values: Iterable[object]) -> str | bytes:
    """Return many values as one parameter for `json_each(CAST(? AS TEXT))`.

    Args:
        values: texts, numbers, or tuples of them; a tuple's parts are `value->>0` and so on.
    """
    return sql_text(json.dumps(list(values), ensure_ascii=False))
