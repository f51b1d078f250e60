r"""Reading RTF: one pass over the tokens of a file, keeping known groups and known words only.

Text is decoded whatever way it is written (bytes of any code page, `\u` escapes). Invariant: what
is kept holds text in runs, and otherwise nothing but words this room knows.
"""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass, field

from maskwell.documents.rtf_tokens import BREAKS, CODE_PAGES, FORMATTING, GROUPS, Token, tokens
from maskwell.errors import InputTooLarge, InputUnreadable

__all__ = ["Reader", "Run"]

_SIGNS = {"~": "\u00a0", "_": "\u2011", "-": "", "{": "{", "}": "}", "\\": "\\", "\n": "\n",
          "\r": "\n", "\t": "\t"}  # fmt: skip
_WORDS = {"emdash": "\u2014", "endash": "\u2013", "bullet": "\u2022", "lquote": "\u2018",
          "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "emspace": "\u2003",
          "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c",
          "tab": "\t", "line": "\n", "softline": "\n"}  # fmt: skip
_ENDS = frozenset(BREAKS) - {"tab", "line"}
_REENCODED = frozenset({"ansi", "mac", "pc", "pca", "ansicpg", "u", "uc"})
"""Words about the old file's bytes; the copy says its own."""
_INLINE = frozenset({"field", "fldrslt", "listtext", "pntext"})
"""Groups whose text belongs to the paragraph they stand in."""
_DESTINATIONS_LATE = frozenset({"pict", "object", "info", "fldinst", "shppict", "objdata"})
"""Groups that may begin with a word of formatting before they say what they are."""


@dataclass(slots=True)
class Run:
    """Text that stands in one piece, as a reader sees it."""

    text: str


@dataclass(slots=True)
class _State:
    """What holds inside a group."""

    group: str = "rtf"
    is_dropped: bool = False
    is_fresh: bool = True
    """Nothing of the group was read yet: its first word says what it is."""
    is_deleted: bool = False
    skip: int = 1
    """How many characters stand for a `\\u` where it is not understood."""
    font: int | None = None


@dataclass(slots=True)
class Reader:
    """Goes through the tokens once, keeping what may be kept."""

    most_deep: int
    kept: list[str | Run] = field(default_factory=list)
    paragraphs: list[tuple[str, list[Run]]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    charset: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _paragraph: list[Run] = field(default_factory=list)
    """The runs of the paragraph under way."""
    _bytes: bytearray = field(default_factory=bytearray)
    _to_skip: int = 0
    _high: int = 0

    def read(self, data: bytes) -> None:
        """Read a whole file.

        Raises:
            InputUnreadable: groups do not close.
            InputTooLarge: they nest too deep.
        """
        for token in tokens(data):
            self._one(token)
            if token.kind == "close" and not self._stack:
                break
        self._end_paragraph()
        if self._stack:
            raise InputUnreadable("The RTF file is cut short.")

    def _one(self, token: Token) -> None:
        if token.kind != "byte" and not (token.kind == "text" and self._bytes):
            self._flush()
        match token.kind:
            case "open":
                self._enter()
            case "close":
                self._leave()
            case "word":
                self._word(token)
            case "sign":
                self._sign(token.word)
            case "byte":
                self._byte(token.data)
            case "text":
                self._text(token.data)
            case _:
                self.left_out["picture or object"] += 1

    def _enter(self) -> None:
        old = self._state
        self._stack.append(old)
        if len(self._stack) > self.most_deep:
            raise InputTooLarge("The RTF file's groups nest too deep; save it again and retry.")
        self._state = _State(
            old.group,
            old.is_dropped,
            True,
            old.is_deleted,
            old.skip,
            old.font,
        )
        self._to_skip = 0

    def _leave(self) -> None:
        if not self._stack:
            raise InputUnreadable("The RTF file is damaged.")
        was, self._state = self._state, self._stack.pop()
        if not was.is_dropped and not was.is_fresh:
            if was.group != self._state.group or not self._stack:
                self._end_paragraph(was.group)
            self.kept.append("}")
        self._state.is_fresh = False
        self._to_skip = 0

    def _begin(self, word: str) -> bool:
        """Decide about a group by its first word; return whether it is kept."""
        self._state.is_fresh = False
        if self._state.is_dropped:
            return False
        if word and word not in GROUPS and word not in FORMATTING:
            self._state.is_dropped = True
            self.left_out["group that is not text"] += 1
            return False
        if word in GROUPS - _INLINE and word != self._state.group:
            self._end_paragraph()
            self._state.group = word
        self.kept.append("{")
        return True

    def _word(self, token: Token) -> None:
        word, number = token.word, token.number
        if self._state.is_fresh and self._stack:
            if not self._begin(word):
                return
            if word in GROUPS:
                self.kept.append("\\rtf1\\ansi\\ansicpg1252\\uc1" if word == "rtf" else f"\\{word}")
                return
        if self._state.is_dropped:
            return
        self._heed(word, number)
        if word == "u":
            self._unicode(number or 0)
        elif word in _WORDS:
            self._say(_WORDS[word])
        elif word in FORMATTING and word not in _REENCODED:
            if word in _ENDS:
                self._end_paragraph()
            self.kept.append(f"\\{word}{'' if number is None else number}")
        elif word in _DESTINATIONS_LATE:
            self._state.is_dropped = True

    def _heed(self, word: str, number: int | None) -> None:
        """Note what changes how bytes and text are read."""
        state = self._state
        if word == "uc":
            state.skip = max(number or 0, 0)
        elif word == "f":
            state.font = number
        elif word == "plain":
            state.font, state.is_deleted = None, False
        elif word == "deleted":
            state.is_deleted = number != 0
            self.left_out["deleted text"] += 1
        elif word == "fcharset" and state.font is not None:
            self.fonts[state.font] = CODE_PAGES.get(number or 0, "cp1252")
        elif word == "ansicpg":
            self.charset = _known_codec(f"cp{number}")
        elif word in {"mac", "pc", "pca"}:
            self.charset = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]

    def _sign(self, sign: str) -> None:
        if sign == "*":
            if self._state.is_fresh and not self._state.is_dropped:
                self._state.is_dropped = True
                self._state.is_fresh = False
                self.left_out["group that is not text"] += 1
            return
        self._plainly()
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._say(_SIGNS.get(sign, ""))

    def _byte(self, data: bytes) -> None:
        self._plainly()
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes += data

    def _text(self, data: bytes) -> None:
        self._plainly()
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _plainly(self) -> None:
        """A group that begins with text is a run."""
        if self._state.is_fresh and self._stack:
            self._begin("")

    def _flush(self) -> None:
        """Decode the bytes gathered: a character may be several, and some of them letters."""
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            font = self._state.font
            codec = self.charset if font is None else self.fonts.get(font, self.charset)
            if not self._state.is_dropped:
                self._say(raw.decode(codec, "replace"))

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF
        self._to_skip = self._state.skip
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00 if self._high else 0xFFFD
        self._high = 0
        self._say(chr(code))

    def _say(self, text: str) -> None:
        state = self._state
        if state.is_dropped or state.is_deleted or not text or not self._stack:
            return
        if state.group == "colortbl":
            text = "".join(c for c in text if c == ";")
            self.kept.append(text)
            return
        run = self.kept[-1] if self.kept else ""
        if isinstance(run, Run):
            run.text += text
            return
        run = Run(text)
        self.kept.append(run)
        self._paragraph.append(run)

    def _end_paragraph(self, group: str = "") -> None:
        runs, self._paragraph = self._paragraph, []
        if runs:
            self.paragraphs.append((group or self._state.group, runs))


def _known_codec(name: str) -> str:
    try:
        return codecs.lookup("utf-8" if name == "cp65001" else name).name
    except LookupError:
        return "cp1252"
