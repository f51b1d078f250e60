"""RTF cut into its tokens, and the few words of it that a copy may hold.

The tokenizer is linear and knows no meaning. Whatever is not on the lists here is left out of
a copy: a word with its number, a group with all that is in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BREAKS", "CODE_PAGES", "FORMATTING", "GROUPS", "NAMING_GROUPS", "Token", "tokens"]

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|(?P<ends>[\r\n]+)"
    rb"|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token."""

    kind: str
    """"open", "close", "word", "byte", "sign", "text" or "data"."""
    word: str = ""
    """A control word's letters, or a control symbol's one character."""
    number: int | None = None
    data: bytes = b""
    """Characters as they stand, or the byte that two hexadecimal digits mean."""


def tokens(data: bytes) -> Iterator[Token]:
    r"""Yield the tokens; what `\bin` announces is one token, whatever it looks like.

    Raises:
        InputUnreadable: something is no RTF.
    """
    place = 0
    while place < len(data):
        found = _TOKEN.match(data, place)
        if found is None:
            raise InputUnreadable("The RTF file is damaged.")
        place = found.end()
        kind = found.lastgroup if found["word"] is None else "word"
        if kind == "word":
            number = None if found["number"] is None else int(found["number"])
            word = found["word"].decode()
            if word == "bin":
                size = max(number or 0, 0)
                yield Token("data", data=data[place : place + size])
                place += size
            else:
                yield Token("word", word, number)
        elif kind == "byte":
            yield Token("byte", data=bytes.fromhex(found["byte"].decode()))
        elif kind == "sign":
            yield Token("sign", found["sign"].decode("latin-1"))
        elif kind != "ends":
            yield Token(str(kind), data=found.group())


BREAKS = {"par": "\n", "line": "\n", "cell": "\n", "nestcell": "\n", "row": "\n", "nestrow": "\n",
          "sect": "\n", "page": "\n", "column": "\n", "tab": "\t"}  # fmt: skip
"""Words that part texts, and what a reader sees there; all but a tab and a line end a paragraph."""

GROUPS = frozenset(
    "rtf fonttbl colortbl stylesheet header headerl headerr headerf footer footerl footerr footerf "
    "footnote field fldrslt listtext pntext upr".split()
) - {"upr"}  # fmt: skip
"""Groups that are kept, for what they hold is understood."""

NAMING_GROUPS = frozenset({"fonttbl", "stylesheet"})
"""Groups whose text names things and tells nothing."""

FORMATTING = frozenset(
    """
    ansi mac pc pca ansicpg deff deflang deflangfe uc u
    f fs b i ul ulnone uldb ulw uld strike striked outl shad sub super nosupersub caps scaps v
    plain cf cb highlight chcbpat up dn expnd expndtw kerning lang langfe langnp charscalex
    par pard line tab page column sect sectd softline
    ql qr qc qj qd li ri fi sb sa sl slmult keep keepn pagebb widctlpar nowidctlpar tx tqc tqr tqdec
    tb tlhyph tldot tlul tleq hyphpar itap s cs ds intbl
    trowd row cell nestrow nestcell cellx trgaph trleft trrh trql trqc trqr trhdr trkeep
    clvertalt clvertalc clvertalb clmgf clmrg clvmgf clvmrg clbrdrt clbrdrb clbrdrl clbrdrr
    trbrdrt trbrdrb trbrdrl trbrdrr trbrdrh trbrdrv brdrs brdrth brdrdb brdrdot brdrdash brdrw
    brdrcf brdrnone brsp brdrt brdrb brdrl brdrr box clcbpat clshdng cbpat shading
    paperw paperh margl margr margt margb landscape gutter facingp headery footery titlepg
    pgwsxn pghsxn marglsxn margrsxn margtsxn margbsxn sbknone sbkpage sbkcol sbkeven sbkodd
    cols colsx pgnstarts pgnrestart pgndec chpgn chftn sectnum
    emdash endash bullet lquote rquote ldblquote rdblquote emspace enspace qmspace
    ltrpar rtlpar ltrch rtlch ltrrow rtlrow ltrsect rtlsect zwj zwnj
    red green blue fnil froman fswiss fmodern fscript fdecor ftech fbidi fcharset fprq
    snext sbasedon additive hidden viewkind revised
    """.split()
)
"""Words that shape text and name nobody."""

CODE_PAGES = {
    0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""From a font's charset number to the encoding of its bytes."""
