"""Markdown for the screen: parsed into blocks of styled text, with nothing that acts.

A link is its text and its real target, in words, and cannot be followed; an image is a
sentence, and nothing is fetched; HTML is shown as the characters it is. Private values
travel through as single characters (see `values`), so they are never read as Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from textual.content import Content

from maskwell.text.inert import inert
from maskwell.tui.values import MarkedText, filled, with_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from textual.highlight import HighlightTheme

__all__ = ["Block", "blocks_of"]

_INLINE = {"strong_open": "bold", "em_open": "italic", "s_open": "strike"}
_CODE = "$code"
_FAINT = "$faint"
_BULLETS = "•◦▪"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, code block, table row set or rule, ready to be laid out."""

    kind: str
    """`text`, `heading`, `code`, `table` or `rule`."""
    content: Content
    gutter: str = ""
    """What stands before the first line (a bullet, a number, a quote bar)."""
    indent: str = ""
    """What stands before every other line; as wide as the gutter."""
    rows: tuple[tuple[Content, ...], ...] = ()
    """A table's cells, its heading row first."""
    tight: bool = False
    """No empty line before it."""
    language: str = ""


def blocks_of(marked: MarkedText, *, tokens: bool = False) -> list[Block]:
    """Parse Markdown and return its blocks, private values marked (or as tokens)."""
    source = with_places(replace(marked, text=marked.text))
    walk = _Walk(_parser().parse(source), marked, tokens=tokens)
    return list(walk.blocks())


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # 50 ms, not before the first reply

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@dataclass(slots=True)
class _Level:
    """One list or quotation that the walk is inside of."""

    indent: str
    gutter: str = ""
    number: int | None = None
    tight: bool = False


@dataclass(slots=True)
class _Walk:
    """A walk over markdown-it's flat tokens that keeps what it is inside of."""

    parsed: Sequence[Token]
    marked: MarkedText
    tokens: bool
    levels: list[_Level] = field(default_factory=list)

    def __init__(self, parsed: Sequence[Token], marked: MarkedText, *, tokens: bool) -> None:
        self.parsed = parsed
        self.marked = marked
        self.tokens = tokens
        self.levels = []

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order."""
        at = 0
        while at < len(self.parsed):
            token = self.parsed[at]
            if token.type == "table_open":
                at, block = self._table(at)
                yield block
            elif token.type == "inline":
                yield self._text(token, self.parsed[at - 1])
            elif token.type in {"fence", "code_block", "html_block"}:
                yield self._code(token)
            elif token.type == "hr":
                yield self._placed("rule", Content(""))
            else:
                self._enter_or_leave(token)
            at += 1

    def _enter_or_leave(self, token: Token) -> None:
        if token.type == "blockquote_open":
            self.levels.append(_Level("▏ ", "▏ "))
        elif token.type == "bullet_list_open":
            self.levels.append(_Level("  "))
        elif token.type == "ordered_list_open":
            self.levels.append(_Level("   ", number=int(token.attrGet("start") or 1)))
        elif token.type == "list_item_open":
            self._item(self.levels[-1])
        elif token.type in {"blockquote_close", "bullet_list_close", "ordered_list_close"}:
            self.levels.pop()

    def _item(self, level: _Level) -> None:
        if level.number is None:
            depth = sum(1 for one in self.levels if one.indent == "  ")
            level.gutter = f"{_BULLETS[(depth - 1) % len(_BULLETS)]} "
            return
        level.gutter = f"{level.number}. ".ljust(3)
        level.indent = " " * len(level.gutter)
        level.number += 1

    def _text(self, token: Token, opening: Token) -> Block:
        content = self._inline(token)
        if opening.type == "heading_open":
            style = "bold underline" if opening.tag == "h1" else "bold"
            return self._placed("heading", content.stylize_before(f"$heading {style}"))
        block = self._placed("text", content)
        return replace(block, tight=opening.hidden)

    def _code(self, token: Token) -> Block:
        language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
        text = inert(token.content.rstrip("\n"))
        content = filled(_highlighted(text, language), self.marked, tokens=self.tokens)
        return replace(self._placed("code", content), language=inert(language[:20]))

    def _table(self, at: int) -> tuple[int, Block]:
        rows: list[list[Content]] = []
        while self.parsed[at].type != "table_close":
            if self.parsed[at].type == "tr_open":
                rows.append([])
            elif self.parsed[at].type == "inline":
                rows[-1].append(self._inline(self.parsed[at]))
            at += 1
        block = self._placed("table", Content(""))
        return at, replace(block, rows=tuple(map(tuple, rows)))

    def _placed(self, kind: str, content: Content) -> Block:
        """Return a block with the bullets of its levels, which are then used up."""
        gutter = "".join(level.gutter or level.indent for level in self.levels)
        indent = "".join(level.indent for level in self.levels)
        for level in self.levels:
            if level.indent != "▏ ":
                level.gutter = ""
        return Block(kind, content, gutter, indent)

    def _inline(self, token: Token) -> Content:
        pieces: list[Content] = []
        styles: list[str] = []
        for child in token.children or ():
            if child.type in _INLINE:
                styles.append(_INLINE[child.type])
            elif child.type in {"strong_close", "em_close", "s_close"}:
                styles.pop()
            else:
                text, style = _leaf(child, token.children or ())
                piece = Content(inert(text), strip_control_codes=False)
                pieces.append(piece.stylize(" ".join([*styles, style]).strip()))
        return filled(Content("").join(pieces), self.marked, tokens=self.tokens)


def _leaf(child: Token, siblings: Sequence[Token]) -> tuple[str, str]:
    """Return the text and the style of one inline token."""
    if child.type == "code_inline":
        return child.content, _CODE
    if child.type in {"softbreak", "hardbreak"}:
        return "\n", ""
    if child.type == "image":
        return f"[image not fetched: {child.content} ⟨{child.attrGet('src')}⟩]", _FAINT
    if child.type == "link_close":
        opening = _opening(child, siblings)
        target = str(opening.attrGet("href")) if opening else ""
        shown = "" if opening and opening.info == "auto" else f" ⟨{target}⟩"
        return shown, _FAINT
    return child.content, ""


def _opening(close: Token, siblings: Sequence[Token]) -> Token | None:
    found = None
    for token in siblings:
        if token is close:
            return found
        if token.type == "link_open":
            found = token
    return None


def _highlighted(code: str, language: str) -> Content:
    plain = Content(code, strip_control_codes=False)
    if not language or len(code) > 20_000:
        return plain
    from textual.highlight import highlight  # noqa: PLC0415  # loads Pygments

    coloured = highlight(code, language=language, theme=_quiet_theme())
    return coloured if coloured.plain == code else plain


@cache
def _quiet_theme() -> type[HighlightTheme]:
    """Return code colours without underlines: those mark private values, and nothing else."""
    from textual.highlight import HighlightTheme  # noqa: PLC0415  # loads Pygments

    quiet = {name: style.replace("underline", "") for name, style in HighlightTheme.STYLES.items()}
    return type("QuietTheme", (HighlightTheme,), {"STYLES": quiet})
