"""Where in a policy file a word stands, for errors that point at it."""

from __future__ import annotations

import re

__all__ = ["line_of"]

_COMMENT = re.compile(r"(?:^|\s)#")
_RULE_HEADER = re.compile(r"\s*\[\[\s*rules\s*\]\]")


def line_of(toml_text: str, word: str, rule: int | None) -> int:
    """Return the line, counted from 1, of the first place a word stands in its part.

    Args:
        toml_text: the whole file.
        word: a key or a value; "" for the beginning of the part.
        rule: the rule the word belongs to, counted from 0; None for what precedes the rules.
    """
    lines = toml_text.splitlines()
    headers = [n for n, line in enumerate(lines) if _RULE_HEADER.match(line)]
    if rule is None:
        begin, end = 0, headers[0] if headers else len(lines)
    else:
        bounds = [*headers, len(lines)]
        begin, end = (bounds[rule], bounds[rule + 1]) if rule < len(headers) else (0, len(lines))
    whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    for number in range(begin, end):
        code = _COMMENT.split(lines[number], maxsplit=1)[0]
        if word and whole.search(code):
            return number + 1
    return min(begin, max(len(lines) - 1, 0)) + 1
